package org.einloom.component.custom;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.einloom.component.ComponentModel;

/**
 * Components of one class in a compound.
 *
 * @param name unique in the compound
 * @param model what they are
 * @param values what their attributes are
 * @param count how many there are: area and leakage go with it, an action is of one of them, and of
 *     none it costs nothing
 * @param place where it is defined, as messages call it
 */
public record CompoundPart(
    String name,
    ComponentModel model,
    SequencedMap<String, PartValue> values,
    PartValue.Computed count,
    String place) {
  public CompoundPart {
    values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
  }
}
