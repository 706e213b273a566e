package org.einloom.mapper.sparse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Orders of the loops below the last storage nodes that constraints tell apart. What a mapping
 * costs does not depend on them, nor on how loops are cut there, as long as temporal loops and
 * loops over children over one variable stay in order where that matters.
 */
final class Arrangements {
  private final State from;
  private final List<LoopOrder> orders;
  private final int first;

  /** By temporal loop, what is left of it. */
  private final long[] left;

  private final List<long[]> loops = new ArrayList<>();
  private final List<Integer> temporal = new ArrayList<>();
  private final Set<List<Object>> met = new HashSet<>();
  private final List<State> found = new ArrayList<>();

  private Arrangements(State from, List<LoopOrder> orders) {
    this.from = from;
    this.orders = orders;
    first = LoopDemands.places(from).last();
    left = from.count.clone();
  }

  /** A mapping with its innermost loops in an order of each kind. */
  static List<State> of(State s) {
    List<LoopOrder> orders = s.structure.problem.loopDemands.ordersBelow(s);
    if (orders.isEmpty()) {
      return List.of(s);
    }
    var all = new Arrangements(s, orders);
    all.next(all.first);
    return all.found;
  }

  /**
   * Puts one more loop inside those so far.
   *
   * @param at the loop after the last one over children that stands
   */
  private void next(int at) {
    int across = at;
    while (across < from.variable.length && from.fanout[across] < 0) {
      across++;
    }
    if (!met.add(key(across))) {
      return;
    }
    boolean all = across == from.variable.length;
    for (int i = first; i < left.length; i++) {
      if (from.fanout[i] < 0 && left[i] > 1) {
        all = false;
        if (isNext(i, across)) {
          temporal(i, across);
        }
      }
    }
    if (across < from.variable.length && mayStand(across)) {
      loops.add(loop(across, from.count[across]));
      next(across + 1);
      loops.removeLast();
    }
    if (all) {
      found.add(state());
    }
  }

  private List<Object> key(int across) {
    List<Object> key = new ArrayList<>();
    key.add(across);
    key.add(Arrays.stream(left).boxed().toList());
    key.add(last());
    orders.forEach(o -> key.add(o.summary(temporal)));
    return key;
  }

  private void temporal(int i, int across) {
    int v = from.variable[i];
    if (last() == v) {
      return; // one loop would do
    }
    long all = left[i];
    for (long c = all; c >= 2; c--) { // cut no more than it takes
      if (all % c == 0) {
        left[i] = all / c;
        loops.add(loop(i, c));
        temporal.add(v);
        next(across);
        temporal.removeLast();
        loops.removeLast();
        left[i] = all;
      }
    }
  }

  /** The variable of the innermost loop so far; -1 if it is over children, or there is none. */
  private int last() {
    boolean is = !loops.isEmpty() && loops.getLast()[2] < 0;
    return is ? (int) loops.getLast()[0] : -1;
  }

  private long[] loop(int i, long count) {
    return new long[] {from.variable[i], count, from.fanout[i]};
  }

  /** Whether loops over children that a temporal loop stands inside are all there. */
  private boolean isNext(int i, int across) {
    for (int j = first; j < i; j++) {
      boolean same = from.variable[j] == from.variable[i];
      if (same && from.fanout[j] >= 0 && j >= across && matters(j)) {
        return false;
      }
      if (same && from.fanout[j] < 0 && left[j] > 1) {
        return false;
      }
    }
    return true;
  }

  /** Whether temporal loops that a loop over children stands inside are all there. */
  private boolean mayStand(int across) {
    for (int j = first; j < across; j++) {
      boolean same = from.variable[j] == from.variable[across];
      if (same && from.fanout[j] < 0 && left[j] > 1 && matters(across)) {
        return false;
      }
    }
    return true;
  }

  private boolean matters(int across) {
    return from.structure.placeMatters(from.fanout[across], from.variable[across]);
  }

  private State state() {
    int n = first + loops.size();
    byte[] variable = Arrays.copyOf(from.variable, n);
    long[] count = Arrays.copyOf(from.count, n);
    byte[] fanout = Arrays.copyOf(from.fanout, n);
    for (int i = 0; i < loops.size(); i++) {
      variable[first + i] = (byte) loops.get(i)[0];
      count[first + i] = loops.get(i)[1];
      fanout[first + i] = (byte) loops.get(i)[2];
    }
    return new State(from.structure, variable, count, fanout, from.left, from.crossed, from.above);
  }
}
