package org.einloom.counts;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * What one memory, toll or fanout does.
 *
 * @param component the node's name
 * @param classes its used instances grouped by equal work, in a canonical order: two counts are
 *     equal exactly when every instance's work is. Instances whose flows are all zero are left out
 * @param occupancy by tensor kept, sorted: the largest tile any instance holds. Empty for a toll
 *     and a fanout
 */
public record ComponentCounts(
    String component, List<InstanceClass> classes, SequencedMap<String, Occupancy> occupancy) {
  /**
   * The largest tile of one tensor at one memory.
   *
   * @param words the largest number of words an instance holds at once
   * @param partial whether any word held is changed by a later reduction, so that words have the
   *     partial width
   */
  public record Occupancy(long words, boolean partial) {}

  public ComponentCounts {
    Map<SequencedMap<String, Flows>, Long> merged = new HashMap<>();
    for (InstanceClass c : classes) {
      if (c.instances() > 0 && !c.flows().isEmpty()) {
        merged.merge(c.flows(), c.instances(), Math::addExact);
      }
    }
    var list = new ArrayList<InstanceClass>();
    merged.forEach((flows, n) -> list.add(new InstanceClass(n, flows)));
    list.sort(ComponentCounts::compare);
    classes = List.copyOf(list);
    occupancy = Collections.unmodifiableSequencedMap(new TreeMap<>(occupancy));
  }

  private static int compare(InstanceClass a, InstanceClass b) {
    var names = new java.util.TreeSet<String>(a.flows().keySet());
    names.addAll(b.flows().keySet());
    for (String name : names) {
      int c =
          a.flows()
              .getOrDefault(name, Flows.ZERO)
              .compareTo(b.flows().getOrDefault(name, Flows.ZERO));
      if (c != 0) {
        return -c;
      }
    }
    return 0;
  }

  /** The flows of one tensor over all instances. */
  public Flows total(String tensor) {
    Flows sum = Flows.ZERO;
    for (InstanceClass c : classes) {
      Flows flows = c.flows().get(tensor);
      if (flows != null) {
        sum = sum.plus(flows.times(c.instances()));
      }
    }
    return sum;
  }
}
