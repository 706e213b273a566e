package org.einloom.model;

import java.util.HashMap;
import java.util.Map;
import org.einloom.counts.ComponentCounts.Occupancy;
import org.einloom.counts.Flows;

/** Keeps the flows of one tensor, by component and instance, while its steps are walked through. */
final class Book implements Stepped {
  private record Place(int component, long instance) {}

  private final Compiled compiled;
  private final Compiled.Tensor tensor;
  private final Map<Place, Flows> flows = new HashMap<>();
  private final long[] largest;

  Book(Compiled compiled, Compiled.Tensor tensor) {
    this.compiled = compiled;
    this.tensor = tensor;
    largest = new long[tensor.depth.length];
  }

  void reads(int component, long instance, long words) {
    add(component, instance, new Flows(words, 0, 0, 0, 0, 0));
  }

  void fills(int component, long instance, long words) {
    add(component, instance, new Flows(0, words, 0, 0, 0, 0));
  }

  void update(int component, long instance, boolean complete) {
    add(component, instance, new Flows(0, 0, 1, 0, complete ? 1 : 0, 0));
  }

  void drain(int component, long instance, boolean complete) {
    add(component, instance, new Flows(0, 0, 0, 1, 0, complete ? 1 : 0));
  }

  void largest(int level, long words) {
    largest[level] = words;
  }

  private void add(int component, long instance, Flows f) {
    flows.merge(new Place(component, instance), f, Flows::plus);
  }

  /** Instances of spatial loops from those above one node to those above another. */
  long instancesBetween(int outer, int inner) {
    long n = 1;
    for (int l = 0; l < compiled.loopVariable.length; l++) {
      if (!compiled.temporal(l)
          && compiled.loopFanout[l] >= outer
          && compiled.loopFanout[l] < inner) {
        n *= compiled.loopCount[l];
      }
    }
    return n;
  }

  @Override
  public Flows flows(int component, long[] index) {
    long instance = 0;
    for (int l = 0; l < compiled.loopVariable.length; l++) {
      if (!compiled.temporal(l) && compiled.loopFanout[l] < component) {
        instance = instance * compiled.loopCount[l] + index[l];
      }
    }
    return flows.getOrDefault(new Place(component, instance), Flows.ZERO);
  }

  @Override
  public Occupancy occupancy(int level) {
    boolean partial =
        tensor.result
            && flows.entrySet().stream()
                .filter(e -> e.getKey().component() == tensor.memory[level])
                .anyMatch(
                    e ->
                        e.getValue().fills() > 0
                            || e.getValue().updates() > e.getValue().finalUpdates());
    return new Occupancy(largest[level], partial);
  }
}
