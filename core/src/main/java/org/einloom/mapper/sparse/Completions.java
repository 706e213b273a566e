package org.einloom.mapper.sparse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Loops below the last storage node. Their order changes nothing, except that computes that share
 * some words of a window share more or fewer of them by where loops over children stand among the
 * temporal ones over the same variable.
 */
final class Completions {
  private final State from;
  private final Structure structure;
  private final Consumer<State> visitor;

  /** Loops over children whose place matters, from the outside in. */
  private final List<Gap.Across> across = new ArrayList<>();

  /** By these, and one more for what is inside all: temporal iterations outside it. */
  private final List<long[]> outside = new ArrayList<>();

  private Completions(State from, Consumer<State> visitor) {
    this.from = from;
    this.visitor = visitor;
    structure = from.structure;
  }

  /** One of them. */
  static State any(State from) {
    return new Completions(from, _ -> {}).state();
  }

  /** All that differ in what is counted. */
  static void visit(State from, Consumer<State> visitor) {
    var all = new Completions(from, visitor);
    all.segment(from.crossed);
  }

  private void segment(int f) {
    if (f == structure.active.length) {
      if (across.isEmpty()) {
        visitor.accept(state());
      } else {
        split(0, new long[across.size() + 1][], from.left.clone());
      }
      return;
    }
    Spread spread = structure.spread[structure.active[f]];
    List<Gap.Across> here = new ArrayList<>();
    for (Spread.Loop l : spread == null ? List.<Spread.Loop>of() : spread.loops()) {
      if (structure.placeMatters(structure.active[f], l.variable())) {
        here.add(new Gap.Across(f, l.variable(), l.count()));
      }
    }
    permute(f, here);
  }

  private void permute(int f, List<Gap.Across> here) {
    if (here.isEmpty()) {
      segment(f + 1);
      return;
    }
    for (Gap.Across next : List.copyOf(here)) {
      if (here.indexOf(next) == firstOver(here, next)) {
        var others = new ArrayList<>(here);
        others.remove(next);
        across.add(next);
        permute(f, others);
        across.removeLast();
      }
    }
  }

  /** Only loops over one variable differ by their order; of others the first comes first. */
  private static int firstOver(List<Gap.Across> here, Gap.Across next) {
    int v = here.getFirst().variable();
    return next.variable() == v ? here.indexOf(next) : -1;
  }

  private void split(int i, long[][] times, long[] left) {
    if (i == across.size()) {
      times[i] = left;
      outside.clear();
      outside.addAll(Arrays.asList(times));
      visitor.accept(state());
      return;
    }
    int v = across.get(i).variable();
    for (long c = 1; c <= left[v]; c++) {
      if (left[v] % c == 0) {
        long[] here = new long[left.length];
        Arrays.fill(here, 1);
        here[v] = c;
        long[] rest = left.clone();
        rest[v] /= c;
        times[i] = here;
        split(i + 1, times, rest);
      }
    }
  }

  private State state() {
    List<long[]> loops = new ArrayList<>();
    if (across.isEmpty()) {
      temporal(from.left, loops);
    }
    int at = 0;
    for (int f = from.crossed; f < structure.active.length; f++) {
      int node = structure.active[f];
      boolean some = false;
      for (; at < across.size() && across.get(at).segment() == f; at++) {
        temporal(outside.get(at), loops);
        loops.add(new long[] {across.get(at).variable(), across.get(at).count(), node});
        some = true;
      }
      for (int v = 0; v < from.left.length; v++) {
        boolean placed = some && structure.placeMatters(node, v);
        if (structure.count(node, v) > 1 && !placed) {
          loops.add(new long[] {v, structure.count(node, v), node});
        }
      }
    }
    if (!across.isEmpty()) {
      temporal(outside.getLast(), loops);
    }
    int n = from.variable.length;
    byte[] variable = Arrays.copyOf(from.variable, n + loops.size());
    long[] count = Arrays.copyOf(from.count, n + loops.size());
    byte[] fanout = Arrays.copyOf(from.fanout, n + loops.size());
    for (long[] loop : loops) {
      variable[n] = (byte) loop[0];
      count[n] = loop[1];
      fanout[n++] = (byte) loop[2];
    }
    long[] left = new long[from.left.length];
    Arrays.fill(left, 1);
    return new State(structure, variable, count, fanout, left, structure.active.length, from.above);
  }

  private static void temporal(long[] times, List<long[]> loops) {
    for (int v = 0; v < times.length; v++) {
      if (times[v] > 1) {
        loops.add(new long[] {v, times[v], -1});
      }
    }
  }
}
