package org.einloom.component;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What a model answers.
 *
 * @param actions by name, at least one
 * @param areaUm2 of the whole component
 * @param leakageUw of the whole component
 * @param notes one line each
 */
public record Costs(
    SequencedMap<String, ActionEstimate> actions,
    Derivation areaUm2,
    Derivation leakageUw,
    List<String> notes) {
  /** Of a component with one action. */
  public static Costs of(
      String name, ActionEstimate action, Derivation areaUm2, Derivation leakageUw) {
    var actions = new LinkedHashMap<String, ActionEstimate>();
    actions.put(name, action);
    return new Costs(actions, areaUm2, leakageUw, List.of());
  }

  /** Of a component that is read and written. */
  public static Costs ofMemory(
      ActionEstimate read, ActionEstimate write, Derivation areaUm2, Derivation leakageUw) {
    var actions = new LinkedHashMap<String, ActionEstimate>();
    actions.put("read", read);
    actions.put("write", write);
    return new Costs(actions, areaUm2, leakageUw, List.of());
  }

  /** This with notes. */
  public Costs noting(List<String> more) {
    return new Costs(actions, areaUm2, leakageUw, more);
  }
}
