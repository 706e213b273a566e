package org.einloom.counts;

import java.util.Collections;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * Instances of one component that do exactly the same amount of work.
 *
 * @param instances how many
 * @param flows per instance, by tensor access name, sorted; tensors that never touch the component
 *     are absent, as are tensors whose flows are all zero
 */
public record InstanceClass(long instances, SequencedMap<String, Flows> flows) {
  public InstanceClass {
    var kept = new TreeMap<String, Flows>();
    for (Map.Entry<String, Flows> e : flows.entrySet()) {
      if (!e.getValue().equals(Flows.ZERO)) {
        kept.put(e.getKey(), e.getValue());
      }
    }
    flows = Collections.unmodifiableSequencedMap(kept);
  }
}
