package org.einloom.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.counts.ComponentCounts;
import org.einloom.counts.ComponentCounts.Occupancy;
import org.einloom.counts.Flows;
import org.einloom.counts.InstanceClass;

/** All tallies of a run, by component and tensor. */
final class Board {
  private final Map<String, SequencedMap<String, Tally>> tallies = new HashMap<>();

  /** A new tally; there is one for each tensor at a component. */
  Tally open(String component, String tensor, int instances) {
    var tally = new Tally(instances);
    if (tallies.computeIfAbsent(component, c -> new TreeMap<>()).put(tensor, tally) != null) {
      throw new IllegalStateException(tensor + " is counted twice at " + component);
    }
    return tally;
  }

  /** What every memory, toll and fanout did, in the architecture's order. */
  List<ComponentCounts> components(Architecture architecture) {
    var components = new ArrayList<ComponentCounts>();
    for (Node node : architecture.nodes()) {
      if (!(node instanceof Compute)) {
        components.add(component(node, tallies.getOrDefault(node.name(), new TreeMap<>())));
      }
    }
    return components;
  }

  private static ComponentCounts component(Node node, SequencedMap<String, Tally> tallies) {
    int instances = tallies.values().stream().mapToInt(Tally::instances).max().orElse(0);
    var classes = new ArrayList<InstanceClass>();
    for (int i = 0; i < instances; i++) {
      SequencedMap<String, Flows> flows = new TreeMap<>();
      for (Map.Entry<String, Tally> e : tallies.entrySet()) {
        flows.put(e.getKey(), e.getValue().flows(i));
      }
      classes.add(new InstanceClass(1, flows));
    }
    SequencedMap<String, Occupancy> occupancy = new TreeMap<>();
    if (node instanceof Memory) {
      tallies.forEach((tensor, tally) -> occupancy.put(tensor, tally.occupancy()));
    }
    return new ComponentCounts(node.name(), classes, occupancy);
  }
}
