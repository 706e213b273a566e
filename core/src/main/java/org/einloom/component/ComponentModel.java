package org.einloom.component;

import java.util.List;
import org.einloom.workload.InvalidSpecException;

/** Knows what components of one class cost. Has no state, or none that shows. */
public interface ComponentModel {
  /** As files call it: lower case, digits and {@code _}. */
  String componentClass();

  /** One line for a list of classes. */
  String description();

  /** The model with its version, as provenance names it. */
  String model();

  /** The attributes it knows, in the order to show them. */
  List<Attribute> attributes();

  /**
   * What such a component costs. Called by several threads at once.
   *
   * @param attributes of the kinds and within the bounds that {@link #attributes} sets, defaults
   *     filled in
   * @throws InvalidSpecException if there is no such component, saying why and what would be
   */
  Costs estimate(Attributes attributes);
}
