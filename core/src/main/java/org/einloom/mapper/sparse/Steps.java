package org.einloom.mapper.sparse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * What comes next in a mapping in the making: some loops, and then one or more storage nodes.
 * {@link Orders} has the orders of the loops.
 */
final class Steps {
  /** What may be left out. */
  interface Judge {
    /** Whether what is placed fits, which does not depend on the order of loops. */
    boolean hasRoom(State s);

    /** Whether a state, some loops of which are in no order yet, may lead to something better. */
    boolean promising(State s);
  }

  private final State from;
  private final Structure structure;
  private final Judge judge;
  private final int crossTo;
  private final List<int[]> groups = new ArrayList<>();
  private final long[] chosen;
  private final Consumer<State> visitor;

  private Steps(State from, Judge judge, Consumer<State> visitor) {
    this.from = from;
    this.judge = judge;
    this.visitor = visitor;
    structure = from.structure;
    chosen = new long[structure.problem.variables];
    int next = Integer.MAX_VALUE;
    for (int t = 0; t < from.above.length; t++) {
      if (from.placed(t) < structure.chain[t].length) {
        next = Math.min(next, structure.segment(structure.chain[t][from.placed(t)]));
      }
    }
    crossTo = next;
    groups(0, new int[from.above.length]);
  }

  /** Shows every state that may come next, but for what the judge leaves out. */
  static void visit(State from, Judge judge, Consumer<State> visitor) {
    new Steps(from, judge, visitor).tiles(0);
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
        List<int[]> fitting = new ArrayList<>(groups);
        fitting.removeIf(g -> !judge.hasRoom(Gap.unordered(from, chosen, crossTo, g)));
        if (!fitting.isEmpty()) {
          Orders.visit(new Gap(from, chosen, crossTo, fitting), judge, visitor);
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
}
