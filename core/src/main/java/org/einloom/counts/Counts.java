package org.einloom.counts;

import java.util.List;

/**
 * Everything a mapping makes the hardware do.
 *
 * @param components the memories, tolls and fanouts, in the architecture's order
 * @param computes points of the iteration space, over all compute instances
 * @param busiestComputes points that the busiest compute instance handles
 * @param usedComputes compute instances that handle at least one point
 */
public record Counts(
    List<ComponentCounts> components, long computes, long busiestComputes, long usedComputes) {
  public Counts {
    components = List.copyOf(components);
  }

  /** The counts of one memory, toll or fanout. */
  public ComponentCounts component(String name) {
    for (ComponentCounts c : components) {
      if (c.component().equals(name)) {
        return c;
      }
    }
    throw new IllegalArgumentException("no counts for component " + name);
  }
}
