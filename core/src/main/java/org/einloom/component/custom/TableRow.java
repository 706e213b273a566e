package org.einloom.component.custom;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import org.einloom.component.Value;

/**
 * A row of a user's table.
 *
 * @param line where it stands in its file
 * @param attributes what it is for
 * @param action what it is for
 * @param energyPj of the action
 * @param latencyNs of the action, where given
 * @param areaUm2 of the component, where given
 * @param leakageUw of the component, where given
 */
public record TableRow(
    int line,
    SequencedMap<String, Value> attributes,
    String action,
    double energyPj,
    OptionalDouble latencyNs,
    OptionalDouble areaUm2,
    OptionalDouble leakageUw) {
  public TableRow {
    attributes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(attributes));
  }
}
