package org.einloom.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.einloom.counts.ComponentCounts.Occupancy;
import org.einloom.counts.Flows;

/** Keeps the flows of one tensor, by component and instance, while its steps are walked through. */
final class Book implements Stepped {
  private static final int READS = 0;
  private static final int FILLS = 1;
  private static final int UPDATES = 2;
  private static final int DRAINS = 3;
  private static final int FINAL_UPDATES = 4;
  private static final int FINAL_DRAINS = 5;
  private static final int LINKS = 6;

  private final Chain chain;
  private final List<Map<Long, long[]>> flows = new ArrayList<>();
  private final long[] largest;

  Book(Chain chain) {
    this.chain = chain;
    largest = new long[chain.levels];
    for (int i = 0; i < chain.compiled.architecture.nodes().size(); i++) {
      flows.add(new HashMap<>());
    }
  }

  private long[] page(int component, long instance) {
    return flows.get(component).computeIfAbsent(instance, k -> new long[LINKS + 1]);
  }

  void reads(int component, long instance, long words) {
    long[] page = page(component, instance);
    page[READS] = Limits.add(page[READS], words);
  }

  void links(int component, long instance, long words) {
    long[] page = page(component, instance);
    page[LINKS] = Limits.add(page[LINKS], words);
  }

  void fills(int component, long instance, long words) {
    long[] page = page(component, instance);
    page[FILLS] = Limits.add(page[FILLS], words);
  }

  void update(int component, long instance, boolean complete) {
    long[] page = page(component, instance);
    page[UPDATES]++;
    page[FINAL_UPDATES] += complete ? 1 : 0;
  }

  void drain(int component, long instance, boolean complete) {
    long[] page = page(component, instance);
    page[DRAINS]++;
    page[FINAL_DRAINS] += complete ? 1 : 0;
  }

  void holds(int level, long words) {
    largest[level] = Math.max(largest[level], words);
  }

  /**
   * Adds the flows of another book so many times, at the instances that many computes further on.
   */
  void addMoved(Book other, long computes, long times) {
    for (int component = 0; component < flows.size(); component++) {
      long moved = computes / chain.computesOf(component);
      for (Map.Entry<Long, long[]> e : other.flows.get(component).entrySet()) {
        long[] page = page(component, e.getKey() + moved);
        for (int i = 0; i < page.length; i++) {
          page[i] = Limits.add(page[i], Limits.multiply(e.getValue()[i], times));
        }
      }
    }
  }

  @Override
  public Flows flows(int component, long[] index) {
    Compiled c = chain.compiled;
    long instance = 0;
    for (int l = 0; l < c.loopVariable.length; l++) {
      if (!c.temporal(l) && c.loopFanout[l] < component) {
        instance = instance * c.loopCount[l] + index[l];
      }
    }
    long[] p = flows.get(component).get(instance);
    return p == null
        ? Flows.ZERO
        : new Flows(
            p[READS], p[FILLS], p[UPDATES], p[DRAINS], p[FINAL_UPDATES], p[FINAL_DRAINS], p[LINKS]);
  }

  @Override
  public Occupancy occupancy(int level) {
    boolean partial =
        chain.tensor.result
            && flows.get(chain.node(level)).values().stream()
                .anyMatch(p -> p[FILLS] > 0 || p[UPDATES] > p[FINAL_UPDATES]);
    return new Occupancy(largest[level], partial);
  }
}
