package org.einloom.component.custom;

import java.util.List;
import java.util.Optional;

/**
 * What a compound does: actions of its parts, one after the other.
 *
 * @param name as files call it
 * @param uses at least one
 * @param widthBits what it moves; empty: the widest of what the parts move
 */
public record CompoundAction(String name, List<Use> uses, Optional<PartValue.Computed> widthBits) {
  public CompoundAction {
    uses = List.copyOf(uses);
  }

  /**
   * An action of a part.
   *
   * @param part its name
   * @param action of its class
   * @param times how often, for each time of the whole
   * @param place where it stands, as messages call it
   */
  public record Use(String part, String action, PartValue.Computed times, String place) {}
}
