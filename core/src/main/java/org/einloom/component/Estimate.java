package org.einloom.component;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What a component costs.
 *
 * @param componentClass its class
 * @param model the model that said so, with its version
 * @param attributes all that it was computed from, defaults included
 * @param actions by name
 * @param areaUm2 of the whole component
 * @param leakageUw of the whole component; for memory chips, power without traffic
 * @param notes one line each: an organisation found, what is left out
 */
public record Estimate(
    String componentClass,
    String model,
    Attributes attributes,
    SequencedMap<String, ActionEstimate> actions,
    Derivation areaUm2,
    Derivation leakageUw,
    List<String> notes) {
  public Estimate {
    actions = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(actions));
    notes = List.copyOf(notes);
  }
}
