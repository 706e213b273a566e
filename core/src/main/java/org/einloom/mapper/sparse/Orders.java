package org.einloom.mapper.sparse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The orders of loops between two storage nodes.
 *
 * <p>Where tiles do not overlap, a cost depends on three things only: their tiles, what is spread,
 * and, for each tensor that has a node further in, which temporal loops stand inside the last one
 * that moves it (what is fixed while it keeps its tile). So they are written from the inside out,
 * as long as there is a tensor that none of them moves, and the rest in any one order.
 *
 * <p>If optimisations are at the innermost memories alone ({@link Structure#pointwise}), fills are
 * all done, so a cost never falls when a tensor gets its tile more often. Of loops over one
 * variable between the same storage nodes, the outer can then be joined to the inner one: tiles
 * below all of them stay as they are, tensors that the variable moves get theirs as often as
 * before, and others no more often. So loops are not cut. Otherwise they are: with smaller visits
 * more of what is further in may be left undone.
 *
 * <p>Of a tensor whose tiles overlap, it matters by how much each loop moves them, so all orders
 * are written, with loops cut, until every loop that is left moves them altogether ({@link
 * #settled}). Loops next to each other that do not index it move it alike, and stand in one order.
 *
 * <p>Where constraints ask for an order of loops here, none of that leaves any out: sequences, cut
 * in every way, stand for each other only if a cost is the same, the same loops are left to be
 * placed, and constraints do not tell them apart ({@link LoopOrder#summary}).
 */
final class Orders {
  private final Gap gap;
  private final Problem problem;
  private final Structure structure;
  private final Steps.Judge judge;
  private final Consumer<State> visitor;

  /** By tensor: whether it has overlapping tiles, and a node further in. */
  private final boolean[] window;

  /** By tensor with such tiles: the extents of the tile below; none for one with gaps. */
  private final long[][] extents;

  /** By tensor with such tiles and rank: how far the sequence moves them. */
  private final long[][] reach;

  /** By variable: the tile of the next loop over it. */
  private final long[] tile;

  private final boolean windows;

  /** What constraints ask of the order of these loops, whichever memory they are at. */
  private final List<LoopOrder> asked;

  /** If they do: of the sequence so far, what a cost depends on. */
  private final List<Object> matters = new ArrayList<>();

  private final Set<List<Object>> met = new HashSet<>();

  private Orders(Gap gap, Steps.Judge judge, Consumer<State> visitor) {
    this.gap = gap;
    this.judge = judge;
    this.visitor = visitor;
    structure = gap.structure;
    problem = structure.problem;
    windows = problem.windows();
    asked = problem.loopDemands.ordersBelow(gap.from);
    int tensors = problem.tensors.size();
    window = new boolean[tensors];
    extents = new long[tensors][];
    reach = new long[tensors][];
    tile = new long[problem.variables];
    for (int v = 0; v < tile.length; v++) {
      tile[v] = gap.below(v);
    }
    for (int t = 0; t < tensors; t++) {
      if (pending(t) && problem.ranks[t].windows) {
        window[t] = true;
        long[] below = problem.ranks[t].extents(tile);
        extents[t] = below == null ? new long[0] : below;
        reach[t] = new long[problem.ranks[t].variable.length];
      }
    }
  }

  static void visit(Gap gap, Steps.Judge judge, Consumer<State> visitor) {
    var orders = new Orders(gap, judge, visitor);
    boolean[] open = new boolean[orders.window.length];
    for (int t = 0; t < open.length; t++) {
      open[t] = orders.pending(t) && !orders.window[t];
    }
    orders.order(open, 0, -1);
  }

  private boolean pending(int t) {
    return gap.from.placed(t) < structure.chain[t].length;
  }

  /**
   * @param open tensors without overlaps that none of the loops so far moves
   * @param stretch variables of loops since {@code open} became what it is, as bits
   * @param last of these loops the last that left it as it is; -1 for none
   */
  private void order(boolean[] open, long stretch, int last) {
    boolean overlapping = overlapping();
    boolean any = overlapping || anyOpen();
    for (boolean o : open) {
      any |= o;
    }
    boolean whole = !gap.left();
    if (whole || (!any && asked.isEmpty())) {
      if (asked.isEmpty() || met.add(key(open, true))) {
        emit(-1);
      }
      return;
    }
    boolean placing = overlapping || anyOpen();
    if (!asked.isEmpty() && !placing && !met.add(key(open, false))) {
      return;
    }
    if (windows && !promising()) {
      return;
    }
    for (int i = 0; i < gap.placed.length; i++) {
      if (gap.open(i) && gap.follows(gap.across.get(i).variable()) && next(i)) {
        gap.push(i);
        matters.add(i);
        tile[gap.across.get(i).variable()] *= gap.across.get(i).count();
        order(open, 0, -1);
        tile[gap.across.get(i).variable()] /= gap.across.get(i).count();
        matters.removeLast();
        gap.pop(i);
      }
    }
    boolean stopped = false;
    for (int v = 0; v < gap.rest.length; v++) {
      if (gap.rest[v] <= 1 || (stretch >> v & 1) == 1) {
        continue;
      }
      if (asked.isEmpty() && lastToMatter(open, v)) {
        if (!stopped) {
          stopped = true;
          emit(v); // which of those that move all the others is first does not matter
        }
        continue;
      }
      boolean[] now = open.clone();
      boolean moves = false;
      for (int t = 0; t < now.length; t++) {
        moves |= (now[t] || (window[t] && !settled(t))) && problem.relevant[t][v];
        now[t] &= !problem.relevant[t][v];
      }
      boolean apart = false;
      for (int i = 0; i < gap.placed.length; i++) {
        apart |= gap.open(i) && gap.across.get(i).variable() == v;
      }
      moves |= apart || !asked.isEmpty();
      if (!moves && v < last) {
        continue; // loops that move none of them, in one order
      }
      long all = gap.rest[v];
      boolean joined = structure.pointwise && !overlapping && !apart && asked.isEmpty();
      for (long c = joined ? all : 2; c <= all; c++) {
        if (all % c == 0) {
          matters.add(placing ? List.of(v, c) : moved(open, now));
          gap.push(v, c);
          move(v, c, 1);
          tile[v] *= c;
          order(now, (moves ? 0 : stretch) | 1L << v, moves ? -1 : v);
          tile[v] /= c;
          move(v, c, -1);
          gap.pop();
          matters.removeLast();
        }
      }
    }
  }

  /** The tensors that a loop is the first to move, and what stands inside it. */
  private List<Object> moved(boolean[] open, boolean[] now) {
    return Arrays.equals(open, now)
        ? List.of()
        : List.of(bits(now), Arrays.stream(gap.rest).boxed().toList());
  }

  private static long bits(boolean[] of) {
    long bits = 0;
    for (int i = 0; i < of.length; i++) {
      bits |= of[i] ? 1L << i : 0;
    }
    return bits;
  }

  private List<Object> key(boolean[] open, boolean whole) {
    List<Object> key = new ArrayList<>();
    key.add(matters.stream().filter(m -> !m.equals(List.of())).toList());
    key.add(bits(open));
    key.add(Arrays.stream(gap.rest).boxed().toList());
    List<Integer> loops = gap.temporal();
    key.add(whole || loops.isEmpty() ? -1 : loops.getFirst());
    asked.forEach(o -> key.add(o.summary(loops)));
    return key;
  }

  private boolean anyOpen() {
    for (int i = 0; i < gap.placed.length; i++) {
      if (gap.open(i)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a loop over children is the next to be placed: none further in comes later. */
  private boolean next(int i) {
    for (int j = 0; j < gap.placed.length; j++) {
      boolean further = gap.across.get(j).segment() > gap.across.get(i).segment();
      boolean same = j < i && gap.across.get(j).equals(gap.across.get(i));
      if (gap.open(j) && (further || same)) {
        return false;
      }
    }
    return true;
  }

  private boolean overlapping() {
    for (int t = 0; t < window.length; t++) {
      if (window[t] && !settled(t)) {
        return true;
      }
    }
    return false;
  }

  /** Whether, with a loop over a variable next, the order of the others does not matter. */
  private boolean lastToMatter(boolean[] open, int v) {
    for (int t = 0; t < open.length; t++) {
      if (open[t] && !problem.relevant[t][v]) {
        return false;
      }
      if (window[t] && !settled(t)) {
        int r = problem.ranks[t].rankOf[v];
        if (extents[t].length == 0 || r < 0 || problem.ranks[t].window(r)) {
          return false;
        }
      }
    }
    return !anyOpen();
  }

  private void move(int v, long count, int sign) {
    for (int t = 0; t < window.length; t++) {
      int r = window[t] ? problem.ranks[t].rankOf[v] : -1;
      if (r >= 0) {
        reach[t][r] += sign * problem.ranks[t].factor[v] * tile[v] * (count - 1);
      }
    }
  }

  /**
   * Whether every loop that is left moves the tile altogether, here and further in. In a rank that
   * the loops so far have moved by the whole tile, each loop over another rank does, since these
   * are then set back by as much; where that is so in two ranks, each loop does; so do those over
   * the one variable of a rank that has no other, since it goes on where these ended. A tile
   * further in is smaller by as much as it is moved more.
   */
  private boolean settled(int t) {
    if (extents[t].length == 0) {
      return false;
    }
    Ranks ranks = problem.ranks[t];
    int far = 0;
    boolean others = false;
    for (int r = 0; r < extents[t].length; r++) {
      for (long c : ranks.coefficient[r]) {
        if (c < 0) {
          return false; // what goes up and down can come back
        }
      }
      if (reach[t][r] >= extents[t][r]) {
        far += ranks.window(r) ? 1 : 2;
        for (int v : ranks.variable[r]) {
          others |= gap.rest[v] > 1;
        }
      }
    }
    return far > 1 || (far == 1 && !others);
  }

  private boolean promising() {
    if (anyOpen()) {
      return true; // where it will stand makes a difference to what is merged
    }
    for (int[] group : gap.groups) {
      if (judge.promising(gap.state(-1, group, true))) {
        return true;
      }
    }
    return false;
  }

  /** With the rest outside, a loop over one of its variables innermost. */
  private void emit(int innermost) {
    for (int[] group : gap.groups) {
      State s = gap.state(innermost, group, false);
      if (s.complete()) {
        Completions.visit(s, visitor);
      } else {
        visitor.accept(s);
      }
    }
  }
}
