package org.einloom.mapper.sparse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Loops between storage nodes in the making: some in an order, from the inside out, and the rest
 * outside. Loops over children of fanouts stand innermost, but for those whose place among the
 * temporal loops matters.
 */
final class Gap {
  final State from;
  final Structure structure;
  final int crossTo;

  /** Storage nodes that may follow: by tensor, how many. */
  final List<int[]> groups;

  /** By variable: iterations of temporal loops that are in no order yet. */
  final long[] rest;

  /** Loops over children whose place matters; those that stand in the sequence are marked. */
  final List<Across> across = new ArrayList<>();

  final boolean[] placed;

  // from the inside out
  private final int[] inVariable = new int[64];
  private final long[] inCount = new long[64];
  private final int[] inFanout = new int[64];
  private int loops;

  /**
   * A loop over children.
   *
   * @param segment the number of the fanout among the active ones
   */
  record Across(int segment, int variable, long count) {}

  Gap(State from, long[] chosen, int crossTo, List<int[]> groups) {
    this.from = from;
    this.structure = from.structure;
    this.crossTo = crossTo;
    this.groups = groups;
    rest = chosen.clone();
    for (int f = from.crossed; f < crossTo; f++) {
      Spread spread = structure.spread[structure.active[f]];
      for (Spread.Loop l : spread == null ? List.<Spread.Loop>of() : spread.loops()) {
        if (structure.placeMatters(structure.active[f], l.variable())) {
          across.add(new Across(f, l.variable(), l.count()));
        }
      }
    }
    placed = new boolean[across.size()];
  }

  /** With all loops, in some order. */
  static State unordered(State from, long[] chosen, int crossTo, int[] group) {
    return new Gap(from, chosen, crossTo, List.of(group)).state(-1, group, false);
  }

  /** Puts a temporal loop outside those in the sequence. */
  void push(int variable, long count) {
    put(variable, count, -1);
    rest[variable] /= count;
  }

  void push(int i) {
    placed[i] = true;
    put(across.get(i).variable(), across.get(i).count(), across.get(i).segment());
  }

  private void put(int variable, long count, int segment) {
    inVariable[loops] = variable;
    inCount[loops] = count;
    inFanout[loops] = segment;
    loops++;
  }

  void pop() {
    loops--;
    rest[inVariable[loops]] *= inCount[loops];
  }

  void pop(int i) {
    loops--;
    placed[i] = false;
  }

  int loops() {
    return loops;
  }

  /** The variables of temporal loops in the sequence, outermost first. */
  List<Integer> temporal() {
    var found = new ArrayList<Integer>();
    for (int i = loops - 1; i >= 0; i--) {
      if (inFanout[i] < 0) {
        found.add(inVariable[i]);
      }
    }
    return found;
  }

  /** Whether a loop over children can stand next: the last in the sequence makes a difference. */
  boolean follows(int variable) {
    return loops == 0 || inFanout[loops - 1] >= 0 || inVariable[loops - 1] == variable;
  }

  boolean left() {
    for (long c : rest) {
      if (c > 1) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a loop over children has no place yet, and temporal loops over its variable neither.
   */
  boolean open(int i) {
    return !placed[i] && rest[across.get(i).variable()] > 1;
  }

  /** How many values of a variable are left below all of these loops. */
  long below(int v) {
    long below = from.values(from.variable.length)[v] / chosen(v);
    for (int f = from.crossed; f < crossTo; f++) {
      below /= structure.count(structure.active[f], v);
    }
    return below;
  }

  private long chosen(int v) {
    long chosen = rest[v];
    for (int i = 0; i < loops; i++) {
      chosen *= inVariable[i] == v && inFanout[i] < 0 ? inCount[i] : 1;
    }
    return chosen;
  }

  /**
   * @param innermost of the rest, a variable whose loop stands innermost; -1 for any order
   * @param loose whether the rest is in no order yet
   */
  State state(int innermost, int[] group, boolean loose) {
    // from the inside out
    List<long[]> inside = new ArrayList<>();
    int segment = crossTo - 1;
    while (segment >= from.crossed && early(segment)) {
      flush(segment--, inside);
    }
    for (int i = 0; i < loops; i++) {
      for (; inFanout[i] >= 0 && segment > inFanout[i]; segment--) {
        flush(segment, inside);
      }
      int fanout = inFanout[i] < 0 ? -1 : structure.active[inFanout[i]];
      inside.add(new long[] {inVariable[i], inCount[i], fanout});
    }
    for (; segment >= from.crossed; segment--) {
      flush(segment, inside);
    }
    int ordered = inside.size();
    if (innermost >= 0) {
      inside.add(new long[] {innermost, rest[innermost], -1});
    }
    for (int v = rest.length - 1; v >= 0; v--) {
      if (rest[v] > 1 && v != innermost) {
        inside.add(new long[] {v, rest[v], -1});
      }
    }
    return state(inside, group, loose ? ordered : -1);
  }

  private State state(List<long[]> inside, int[] group, int ordered) {
    int n = from.variable.length;
    int to = n + inside.size();
    byte[] variable = Arrays.copyOf(from.variable, to);
    long[] count = Arrays.copyOf(from.count, to);
    byte[] fanout = Arrays.copyOf(from.fanout, to);
    for (int i = 0; i < inside.size(); i++) {
      long[] loop = inside.get(i);
      variable[to - 1 - i] = (byte) loop[0];
      count[to - 1 - i] = loop[1];
      fanout[to - 1 - i] = (byte) loop[2];
    }
    long[] left = from.left.clone();
    for (int v = 0; v < left.length; v++) {
      left[v] /= chosen(v);
    }
    int[][] above = from.above.clone();
    for (int t = 0; t < above.length; t++) {
      if (group[t] > 0) {
        above[t] = Arrays.copyOf(above[t], above[t].length + group[t]);
        Arrays.fill(above[t], above[t].length - group[t], above[t].length, to);
      }
    }
    boolean loose = ordered >= 0 && ordered < inside.size();
    return new State(
        structure,
        variable,
        count,
        fanout,
        left,
        crossTo,
        above,
        loose ? n : Integer.MAX_VALUE,
        loose ? to - ordered : 0);
  }

  /** Whether all loops over children of a fanout may stand innermost. */
  private boolean early(int segment) {
    for (int i = 0; i < across.size(); i++) {
      if (across.get(i).segment() == segment) {
        boolean inside = placed[i];
        for (int j = 0; j < loops; j++) {
          inside |= inVariable[j] == across.get(i).variable();
        }
        if (inside) {
          return false;
        }
      }
    }
    return true;
  }

  /** The loops over children of a fanout that do not stand in the sequence. */
  private void flush(int segment, List<long[]> inside) {
    int node = structure.active[segment];
    for (int v = rest.length - 1; v >= 0; v--) {
      if (structure.count(node, v) > 1 && !structure.placeMatters(node, v)) {
        inside.add(new long[] {v, structure.count(node, v), node});
      }
    }
    for (int i = 0; i < across.size(); i++) {
      if (across.get(i).segment() == segment && !placed[i]) {
        inside.add(new long[] {across.get(i).variable(), across.get(i).count(), node});
      }
    }
  }
}
