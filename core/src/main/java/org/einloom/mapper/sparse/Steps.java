package org.einloom.mapper.sparse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What comes next in a mapping in the making: some loops, and then one or more storage nodes.
 *
 * <p>Of loops between two storage nodes, a cost depends on three things only: their tiles, what is
 * spread, and, for each tensor that has a node further in, which temporal loops stand inside the
 * last one that moves it (what is fixed while it keeps its tile). So they are written from the
 * inside out, as long as there is a tensor that none of them moves, and the rest in any one order.
 *
 * <p>If optimisations are at the innermost memories alone ({@link Structure#pointwise}), fills are
 * all done, so a cost never falls when a tensor gets its tile more often. Of loops over one
 * variable between the same storage nodes, the outer can then be joined to the inner one: tiles
 * below all of them stay as they are, tensors that the variable moves get theirs as often as
 * before, and others no more often. So loops are not cut. Otherwise they are: with smaller visits
 * more of what is further in may be left undone.
 */
final class Steps {
  private final State from;
  private final Structure structure;
  private final Problem problem;
  private final Predicate<State> room;
  private final Consumer<State> visitor;
  private final int crossTo;
  private final List<int[]> groups = new ArrayList<>();

  /** Of these, those that fit with the tiles chosen. */
  private List<int[]> fitting = List.of();

  private final boolean[] pending;

  // the gap: loops from the inside out, and the rest
  private final long[] chosen;
  private final long[] rest;
  private final int[] inVariable = new int[64];
  private final long[] inCount = new long[64];

  private Steps(State from, Predicate<State> room, Consumer<State> visitor) {
    this.from = from;
    this.room = room;
    this.visitor = visitor;
    structure = from.structure;
    problem = structure.problem;
    chosen = new long[problem.variables];
    rest = new long[problem.variables];
    pending = new boolean[problem.tensors.size()];
    int next = Integer.MAX_VALUE;
    for (int t = 0; t < pending.length; t++) {
      pending[t] = from.placed(t) < structure.chain[t].length;
      if (pending[t]) {
        next = Math.min(next, structure.segment(structure.chain[t][from.placed(t)]));
      }
    }
    crossTo = next;
    groups(0, new int[pending.length]);
  }

  /**
   * Shows every state that may come next.
   *
   * @param room whether what is placed fits, which does not depend on the order of loops
   */
  static void visit(State from, Predicate<State> room, Consumer<State> visitor) {
    var steps = new Steps(from, room, visitor);
    steps.tiles(0);
  }

  /** How far every tensor's chain is followed, at least one by at least one. */
  private void groups(int t, int[] more) {
    if (t == more.length) {
      if (Arrays.stream(more).sum() > 0) {
        groups.add(more.clone());
      }
      return;
    }
    int[] chain = structure.chain[t];
    groups(t + 1, more);
    int placed = from.placed(t);
    while (placed + more[t] < chain.length
        && structure.segment(chain[placed + more[t]]) == crossTo) {
      more[t]++;
      groups(t + 1, more);
    }
    more[t] = 0;
  }

  private void tiles(int v) {
    if (v == chosen.length) {
      boolean some = crossTo > from.crossed || (from.variable.length == 0 && first());
      for (long c : chosen) {
        some |= c > 1;
      }
      if (some) {
        System.arraycopy(chosen, 0, rest, 0, rest.length);
        fitting = new ArrayList<>(groups);
        fitting.removeIf(g -> !room.test(state(0, -1, g)));
        if (!fitting.isEmpty()) {
          order(pending.clone(), 0, 0, -1);
        }
      }
      return;
    }
    for (long c = 1; c <= from.left[v]; c++) {
      if (from.left[v] % c == 0) {
        chosen[v] = c;
        tiles(v + 1);
      }
    }
  }

  /** Whether storage nodes may follow at once: below the outermost memory. */
  private boolean first() {
    return Arrays.stream(from.above).allMatch(a -> a.length == 1);
  }

  /**
   * @param open tensors that none of the loops so far moves
   * @param loops so far
   * @param stretch variables of loops since {@code open} became what it is, as bits
   * @param last of these loops the last that left it as it is; -1 for none
   */
  private void order(boolean[] open, int loops, long stretch, int last) {
    boolean any = false;
    boolean left = false;
    for (int t = 0; t < open.length; t++) {
      any |= open[t];
    }
    for (long c : rest) {
      left |= c > 1;
    }
    if (!any || !left) {
      emit(loops, -1);
      return;
    }
    boolean stopped = false;
    for (int v = 0; v < rest.length; v++) {
      if (rest[v] <= 1 || (stretch >> v & 1) == 1) {
        continue;
      }
      boolean[] now = open.clone();
      boolean fewer = false;
      boolean none = true;
      for (int t = 0; t < now.length; t++) {
        fewer |= now[t] && problem.relevant[t][v];
        now[t] &= !problem.relevant[t][v];
        none &= !now[t];
      }
      if (none) {
        if (!stopped) {
          stopped = true;
          emit(loops, v); // which of those that move all the others is first does not matter
        }
        continue;
      }
      if (!fewer && v < last) {
        continue; // loops that move none of them, in one order
      }
      long all = rest[v];
      for (long c = structure.pointwise ? all : 2; c <= all; c++) {
        if (all % c == 0) {
          inVariable[loops] = v;
          inCount[loops] = c;
          rest[v] = all / c;
          order(now, loops + 1, (fewer ? 0 : stretch) | 1L << v, fewer ? -1 : v);
          rest[v] = all;
        }
      }
    }
  }

  /** With the rest outside, a loop over one of its variables innermost. */
  private void emit(int loops, int innermost) {
    for (int[] group : fitting) {
      visitor.accept(whole(state(loops, innermost, group)));
    }
  }

  private State state(int loops, int innermost, int[] group) {
    int n = from.variable.length;
    int more = loops;
    for (long c : rest) {
      more += c > 1 ? 1 : 0;
    }
    for (int f = from.crossed; f < crossTo; f++) {
      more += spatial(f);
    }
    byte[] variable = Arrays.copyOf(from.variable, n + more);
    long[] count = Arrays.copyOf(from.count, n + more);
    byte[] fanout = Arrays.copyOf(from.fanout, n + more);
    for (int v = 0; v < rest.length; v++) {
      if (rest[v] > 1 && v != innermost) {
        n = put(variable, count, fanout, n, v, rest[v], -1);
      }
    }
    if (innermost >= 0) {
      n = put(variable, count, fanout, n, innermost, rest[innermost], -1);
    }
    for (int i = loops - 1; i >= 0; i--) {
      n = put(variable, count, fanout, n, inVariable[i], inCount[i], -1);
    }
    for (int f = from.crossed; f < crossTo; f++) {
      n = cross(variable, count, fanout, n, structure.active[f]);
    }
    long[] left = from.left.clone();
    for (int v = 0; v < left.length; v++) {
      left[v] /= chosen[v];
    }
    int[][] above = from.above.clone();
    for (int t = 0; t < above.length; t++) {
      if (group[t] > 0) {
        above[t] = Arrays.copyOf(above[t], above[t].length + group[t]);
        Arrays.fill(above[t], above[t].length - group[t], above[t].length, n);
      }
    }
    return new State(structure, variable, count, fanout, left, crossTo, above);
  }

  private int spatial(int f) {
    int loops = 0;
    for (int v = 0; v < problem.variables; v++) {
      loops += structure.count(structure.active[f], v) > 1 ? 1 : 0;
    }
    return loops;
  }

  private static int put(
      byte[] variable, long[] count, byte[] fanout, int n, int v, long c, int node) {
    variable[n] = (byte) v;
    count[n] = c;
    fanout[n] = (byte) node;
    return n + 1;
  }

  private int cross(byte[] variable, long[] count, byte[] fanout, int n, int node) {
    int at = n;
    for (int v = 0; v < problem.variables; v++) {
      if (structure.count(node, v) > 1) {
        at = put(variable, count, fanout, at, v, structure.count(node, v), node);
      }
    }
    return at;
  }

  /** With all loops, if every node is placed; otherwise as it is. */
  private static State whole(State s) {
    return s.complete() ? completed(s) : s;
  }

  /** Below the last storage node, the order of loops changes nothing. */
  static State completed(State s) {
    Structure st = s.structure;
    int n = s.variable.length;
    int more = 0;
    for (long c : s.left) {
      more += c > 1 ? 1 : 0;
    }
    var last = new Steps(s, _ -> true, _ -> {});
    for (int f = s.crossed; f < st.active.length; f++) {
      more += last.spatial(f);
    }
    byte[] variable = Arrays.copyOf(s.variable, n + more);
    long[] count = Arrays.copyOf(s.count, n + more);
    byte[] fanout = Arrays.copyOf(s.fanout, n + more);
    long[] left = s.left.clone();
    for (int v = 0; v < left.length; v++) {
      if (left[v] > 1) {
        n = put(variable, count, fanout, n, v, left[v], -1);
        left[v] = 1;
      }
    }
    for (int f = s.crossed; f < st.active.length; f++) {
      n = last.cross(variable, count, fanout, n, st.active[f]);
    }
    return new State(st, variable, count, fanout, left, st.active.length, s.above);
  }
}
