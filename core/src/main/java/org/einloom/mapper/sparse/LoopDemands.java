package org.einloom.mapper.sparse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.einloom.constraint.Constraint;
import org.einloom.constraint.Constraints;

/**
 * What constraints ask of temporal loops. A loop is at the memory of the last storage node above
 * it. Of nodes that stand together any may be written last that no other of its tensor follows
 * there, so the loops below belong to one of several memories: to which is open until all loops are
 * known, and a state may hold what is asked if they can be given to memories so that it does.
 */
final class LoopDemands {
  private static final int ANY = -1;

  /** The product of the iterations of loops over a variable at a memory. */
  private record Factor(int node, int variable, long least, long most) {}

  private final List<Factor> factors = new ArrayList<>();
  private final List<LoopOrder> orders = new ArrayList<>();

  /** By node: whether anything is asked of its loops. */
  private final boolean[] asked;

  LoopDemands(Problem problem, Constraints constraints) {
    int nodes = problem.architecture.nodes().size();
    asked = new boolean[nodes];
    for (Constraint c : constraints.all()) {
      if (c instanceof Constraint.TemporalFactor f && problem.number(f.variable()) >= 0) {
        int node = problem.nodeNamed(f.memory());
        factors.add(new Factor(node, problem.number(f.variable()), f.least(), f.most()));
        asked[node] = true;
      } else if (c instanceof Constraint.LoopOrder o) {
        int[] variables =
            o.variables().stream()
                .mapToInt(problem::number)
                .filter(v -> v >= 0 && problem.extent[v] > 1)
                .toArray();
        int node = problem.nodeNamed(o.memory());
        orders.add(new LoopOrder(node, variables, o.innermost()));
        asked[node] = true;
      }
    }
  }

  /** Whether anything is asked of loops. */
  boolean any() {
    return !factors.isEmpty() || !orders.isEmpty();
  }

  /**
   * The orders that loops below the last storage nodes of a state may have to be in, whichever of
   * its memories they belong to.
   */
  List<LoopOrder> ordersBelow(State s) {
    if (orders.isEmpty()) {
      return List.of();
    }
    int[] memories = memories(s, places(s).last());
    return orders.stream().filter(o -> contains(memories, o.node())).toList();
  }

  private static boolean contains(int[] memories, int node) {
    return Arrays.stream(memories).anyMatch(m -> m == node);
  }

  /** Where storage nodes stand, by the loops above. */
  static NavigableSet<Integer> places(State s) {
    var places = new TreeSet<Integer>();
    for (int[] above : s.above) {
      for (int a : above) {
        places.add(a);
      }
    }
    return places;
  }

  /**
   * The memories that loops below a place may be at, of those of which nothing is asked one at
   * most, as {@link #ANY}.
   */
  private int[] memories(State s, int place) {
    boolean inner = false;
    for (int[] above : s.above) {
      inner |= place == 0 && above.length > 1 && above[1] == 0;
    }
    var found = new TreeSet<Integer>();
    for (int t = 0; t < s.above.length; t++) {
      int last = -1;
      for (int k = inner ? 1 : 0; k < s.above[t].length; k++) {
        last = s.above[t][k] == place ? k : last;
      }
      if (last >= 0) {
        int node = s.structure.chain[t][last];
        found.add(asked[node] ? node : ANY);
      }
    }
    return found.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * Whether a state may become a mapping of which all holds.
   *
   * @param inOrder whether its loops are in the order that they will have
   */
  boolean mayHold(State s, boolean inOrder) {
    return !any() || !assignments(s, inOrder, true).isEmpty();
  }

  /**
   * The ways to give the loops below each place to a memory, by place from the outside in, so that
   * what is asked may hold.
   */
  List<int[]> assignments(State s) {
    return any() ? assignments(s, true, false) : List.of(new int[0]);
  }

  private List<int[]> assignments(State s, boolean inOrder, boolean one) {
    int[] places = places(s).stream().mapToInt(Integer::intValue).toArray();
    List<int[]> memories = new ArrayList<>();
    for (int p : places) {
      memories.add(memories(s, p));
    }
    var found = new ArrayList<int[]>();
    assign(s, places, memories, new int[places.length], 0, inOrder, one, found);
    return found;
  }

  private void assign(
      State s,
      int[] places,
      List<int[]> memories,
      int[] chosen,
      int i,
      boolean inOrder,
      boolean one,
      List<int[]> found) {
    if (i == places.length) {
      if (holds(s, places, chosen, inOrder)) {
        found.add(chosen.clone());
      }
      return;
    }
    for (int m : memories.get(i)) {
      chosen[i] = m;
      assign(s, places, memories, chosen, i + 1, inOrder, one, found);
      if (one && !found.isEmpty()) {
        return;
      }
    }
  }

  private boolean holds(State s, int[] places, int[] chosen, boolean inOrder) {
    // with all nodes placed, the loops below may not be there yet
    boolean complete = s.complete() && Arrays.stream(s.left).allMatch(l -> l == 1);
    long[][] missing = new long[asked.length][s.left.length];
    for (Factor f : factors) {
      long product = 1;
      for (int i = 0; i < places.length; i++) {
        int to = i + 1 < places.length ? places[i + 1] : s.variable.length;
        for (int j = places[i]; chosen[i] == f.node && j < to; j++) {
          product *= s.fanout[j] < 0 && s.variable[j] == f.variable ? s.count[j] : 1;
        }
      }
      if (product > f.most) {
        return false;
      }
      int v = f.variable;
      missing[f.node][v] = Math.max(missing[f.node][v], Math.ceilDiv(f.least, product));
    }
    // what loops to come have to bring to one memory they cannot bring to another
    for (Factor f : factors) {
      double all = 1;
      for (long[] of : missing) {
        all *= (double) Math.max(1, of[f.variable]);
      }
      if (all > (double) (complete ? 1 : s.left[f.variable])) {
        return false;
      }
    }
    for (LoopOrder o : orders) {
      if (inOrder && !mayHold(o, s, places, chosen, complete)) {
        return false;
      }
    }
    return true;
  }

  /** Loops below the last places of a mapping are in any order, so they are not looked at. */
  private boolean mayHold(LoopOrder o, State s, int[] places, int[] chosen, boolean complete) {
    int end = complete ? places.length - 1 : places.length;
    boolean known = complete && chosen[end] != o.node();
    var seen = new ArrayList<Integer>();
    for (int i = 0; i < end; i++) {
      int to = i + 1 < places.length ? places[i + 1] : s.variable.length;
      for (int j = places[i]; chosen[i] == o.node() && j < to; j++) {
        if (s.fanout[j] < 0) {
          seen.add((int) s.variable[j]);
        }
      }
    }
    return known ? o.holds(seen) : o.mayBegin(seen);
  }
}
