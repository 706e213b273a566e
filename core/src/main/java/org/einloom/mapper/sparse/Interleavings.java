package org.einloom.mapper.sparse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.einloom.mapper.sparse.Spread.Loop;

/**
 * Every order of the loops of a mapping, cut in every way, with the same tiles of all storage
 * nodes: for what depends on the order of all loops ({@link ResultWindow}).
 *
 * <p>Below the last storage node only loops over variables of windows of the result matter, and
 * those that computes may share words by; all others stand outside these there, unless constraints
 * ask for an order.
 */
final class Interleavings {
  private final State from;
  private final Structure structure;
  private final Problem problem;
  private final Consumer<State> visitor;

  /** Where storage nodes stand in the mapping that is given, and in the one that is written. */
  private final int[] places;

  private final int[] written;

  // the loops so far
  private final List<long[]> loops = new ArrayList<>();
  private long left;

  private Interleavings(State from, long most, Consumer<State> visitor) {
    this.from = from;
    this.visitor = visitor;
    structure = from.structure;
    problem = structure.problem;
    left = most;
    var at = new TreeSet<Integer>();
    for (int[] above : from.above) {
      Arrays.stream(above).forEach(at::add);
    }
    places = at.stream().mapToInt(Integer::intValue).toArray();
    written = new int[places.length];
  }

  /**
   * @param most of them; with more, some are left out
   * @return whether none is
   */
  static boolean visit(State s, long most, Consumer<State> visitor) {
    var all = new Interleavings(s, most, visitor);
    all.gap(0);
    return all.left >= 0;
  }

  /** What mappings have in common that are orders of each other. */
  static List<Object> key(State s) {
    List<Object> key = new ArrayList<>();
    key.add(System.identityHashCode(s.structure));
    for (int[] above : s.above) {
      for (int a : above) {
        key.add(Arrays.stream(s.values(a)).boxed().toList());
      }
    }
    return key;
  }

  private void gap(int g) {
    if (left < 0) {
      return;
    }
    if (g == places.length) {
      if (--left >= 0) {
        visitor.accept(state());
      }
      return;
    }
    written[g] = loops.size();
    int to = g + 1 < places.length ? places[g + 1] : from.variable.length;
    long[] times = new long[problem.variables];
    Arrays.fill(times, 1);
    var fanouts = new TreeSet<Integer>();
    for (int i = places[g]; i < to; i++) {
      if (from.fanout[i] < 0) {
        times[from.variable[i]] *= from.count[i];
      } else {
        fanouts.add((int) from.fanout[i]);
      }
    }
    List<Across> across = new ArrayList<>();
    for (int f : fanouts) {
      Spread spread = structure.spread[f];
      for (Loop l : spread == null ? List.<Loop>of() : spread.loops()) {
        across.add(new Across(f, l.variable(), l.count()));
      }
    }
    int before = loops.size();
    if (g + 1 == places.length && !problem.loopDemands.any()) {
      for (int v = 0; v < times.length; v++) {
        if (times[v] > 1 && !matters(v)) {
          loops.add(new long[] {v, times[v], -1});
          times[v] = 1;
        }
      }
    }
    next(g, times, across, -1);
    while (loops.size() > before) {
      loops.removeLast();
    }
  }

  private record Across(int fanout, int variable, long count) {}

  private boolean matters(int v) {
    Ranks ranks = problem.ranks[problem.result];
    boolean matters = ranks.indexedBy(v) && ranks.window(ranks.rankOf[v]);
    for (int f : structure.active) {
      matters |= structure.placeMatters(f, v);
    }
    return matters;
  }

  private void next(int g, long[] times, List<Across> across, int last) {
    boolean done = across.isEmpty();
    for (long n : times) {
      done &= n == 1;
    }
    if (done) {
      gap(g + 1);
      return;
    }
    for (int v = 0; v < times.length && left >= 0; v++) {
      long all = times[v];
      for (long c = 2; c <= all && v != last; c++) {
        if (all % c == 0) {
          times[v] = all / c;
          loops.add(new long[] {v, c, -1});
          next(g, times, across, v);
          loops.removeLast();
          times[v] = all;
        }
      }
    }
    for (int i = 0; i < across.size() && left >= 0; i++) {
      Across a = across.get(i);
      if (a.fanout == across.getFirst().fanout && across.indexOf(a) == i) {
        var others = new ArrayList<>(across);
        others.remove(i);
        loops.add(new long[] {a.variable, a.count, a.fanout});
        next(g, times, others, -1);
        loops.removeLast();
      }
    }
  }

  private State state() {
    int n = loops.size();
    byte[] variable = new byte[n];
    long[] count = new long[n];
    byte[] fanout = new byte[n];
    for (int i = 0; i < n; i++) {
      variable[i] = (byte) loops.get(i)[0];
      count[i] = loops.get(i)[1];
      fanout[i] = (byte) loops.get(i)[2];
    }
    int[][] above = new int[from.above.length][];
    for (int t = 0; t < above.length; t++) {
      above[t] =
          Arrays.stream(from.above[t]).map(a -> written[Arrays.binarySearch(places, a)]).toArray();
    }
    return new State(structure, variable, count, fanout, from.left, from.crossed, above);
  }
}
