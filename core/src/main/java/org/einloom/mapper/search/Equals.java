package org.einloom.mapper.search;

import org.einloom.constraint.Constraint;
import org.einloom.mapper.search.Walk.For;
import org.einloom.mapper.search.Walk.Keep;
import org.einloom.mapper.search.Walk.Move;
import org.einloom.mapper.search.Walk.Par;

/**
 * Mappings that cost the same, count by count: of each group a {@link Walk} visits at least one.
 * Each rule names a pattern of neighbouring nodes and what can stand for it; replacing pattern by
 * pattern comes to an end, because storage nodes only ever move in, temporal loops out, and what is
 * left is sorted; and every replacement is itself in the mapspace.
 *
 * <ol>
 *   <li><b>Neighbouring storage nodes</b> have the same loops above them in any order. They are
 *       sorted by memory and tensor.
 *   <li><b>A storage node above a temporal loop over a variable that its tensor does not use</b>
 *       holds the same words at the same times as below it: when the loop advances, its tile stays.
 *       An instance that the loop leaves idle keeps what it has, which is that tile. So it stands
 *       below.
 *   <li><b>A temporal loop below a spatial loop over another variable</b> could stand above it:
 *       steps are vectors of temporal indices, instances of spatial ones, and which indices are in
 *       range is decided variable by variable. So it stands above.
 *   <li><b>Neighbouring temporal loops over two variables</b> could be swapped where no tensor
 *       tells the difference: one without storage nodes further in, whose computes ask for every
 *       word in every step; one that neither variable indexes, whose tile stays; or one that both
 *       index so that tiles at different places have nothing in common: the same tiles come up,
 *       each once. Only for a result whose words are regular, and where the number of its parts is
 *       the same in each step ({@link #partsAlike}). They are sorted by variable.
 *   <li><b>Neighbouring spatial loops of a fanout over two variables</b> number the same instances
 *       in another order, which matters only to the question which of several has the lowest index.
 *       Where these are a product of indices per variable (a regular result, at most one imperfect
 *       reduction), it is the one with the lowest of each. They are sorted by variable. Where
 *       neighbours hand on words, their order along one dimension says who is next to whom, and
 *       stays.
 *   <li><b>Temporal loops below all storage nodes and spatial loops</b> only say in which order
 *       each compute handles its points, which rule 4 says does not matter. One arrangement stands
 *       for all: of each variable the rest in one loop ({@link #ordersOnly}).
 * </ol>
 *
 * <p>Two temporal loops over one variable that become neighbours are one loop if tiles are perfect;
 * otherwise such a mapping is not in the mapspace, and the pattern stays as it is. Rules 1, 2, 4
 * and 6 change which memory a loop is at, or the order of loops there, and are put aside where a
 * constraint asks for these.
 */
final class Equals {
  private final Walk walk;
  private final Problem problem;
  private final Tiles tiles;
  private final boolean atMemories;
  private final boolean ordered;
  private final boolean fewImperfectReductions;
  private final boolean linked;
  private final boolean[][] separates;

  Equals(Walk walk, Tiles tiles) {
    this.walk = walk;
    this.problem = walk.problem;
    this.tiles = tiles;
    ordered =
        problem.options.constraints().all().stream()
            .anyMatch(c -> c instanceof Constraint.LoopOrder);
    atMemories =
        ordered
            || problem.options.constraints().all().stream()
                .anyMatch(c -> c instanceof Constraint.TemporalFactor);
    int imperfect = 0;
    for (int v = 0; v < problem.variables; v++) {
      imperfect += !problem.relevant[problem.result][v] && tiles.imperfect(v) ? 1 : 0;
    }
    fewImperfectReductions = imperfect <= 1;
    linked = problem.linked();
    separates = new boolean[problem.tensors.size()][problem.variables];
    for (int t = 0; t < separates.length; t++) {
      for (int v = 0; v < problem.variables; v++) {
        separates[t][v] = separates(problem, t, v);
      }
    }
  }

  /** Whether something else stands for all mappings that go on like this. */
  boolean leavesOut(Move move) {
    int n = walk.path.size();
    if (n == 0) {
      return false;
    }
    int owed = owed();
    if (owed >= 0 && !(move instanceof For l && l.variable() == owed)) {
      return true;
    }
    return switch (move) {
      case Keep k ->
          walk.path.get(n - 1) instanceof Keep before && !atMemories && unsorted(before, k);
      case Par s ->
          walk.path.get(n - 1) instanceof Par before
              && before.fanout() == s.fanout()
              && s.variable() < before.variable()
              && !(linked && before.dimension() == s.dimension())
              && fewImperfectReductions
              && problem.regular[problem.result];
      case For l ->
          switch (walk.path.get(n - 1)) {
            case Keep k -> !atMemories && sinks(l, n);
            case Par s -> s.variable() != l.variable() && !follows(l, n - 2);
            case For before ->
                !tiles.imperfect(before.variable()) && unsorted(before, l) && !follows(l, n - 2);
          };
    };
  }

  /**
   * The variable that the next loop has to iterate for the path to be visited: the loops before are
   * unsorted, which is right only if sorting them would bring two loops over it together. -1 for
   * any.
   */
  int owed() {
    int n = walk.path.size();
    return n >= 2
            && walk.path.get(n - 1) instanceof For last
            && walk.path.get(n - 2) instanceof For before
            && tiles.imperfect(before.variable())
            && unsorted(before, last)
            && !follows(last, n - 3)
        ? before.variable()
        : -1;
  }

  /** Whether all that may follow are loops whose order and tiles matter to nobody. */
  boolean ordersOnly() {
    for (int t = 0; t < walk.placed.length; t++) {
      if (walk.placed[t] < walk.chain[t].length) {
        return false;
      }
    }
    for (int v = 0; v < problem.variables; v++) {
      if (walk.tile[v] > 1 && walk.mayFollow(v)) {
        return false;
      }
    }
    return !atMemories && walk.atStorage() && problem.regular[problem.result] && partsAlike();
  }

  private boolean unsorted(For before, For now) {
    return now.variable() < before.variable() && swaps(before.variable(), now.variable());
  }

  private boolean unsorted(Keep before, Keep now) {
    int outer = walk.chain[before.tensor()][walk.placed[before.tensor()] - 1];
    int inner = walk.chain[now.tensor()][walk.placed[now.tensor()]];
    return outer > inner || (outer == inner && before.tensor() > now.tensor());
  }

  /** Whether a loop over the same imperfect variable stands there, so that it may not move up. */
  private boolean follows(For loop, int at) {
    return at >= 0
        && walk.path.get(at) instanceof For above
        && above.variable() == loop.variable()
        && tiles.imperfect(loop.variable());
  }

  /** Whether one of the storage nodes just above does not use the loop's variable. */
  private boolean sinks(For loop, int n) {
    int first = n;
    boolean some = false;
    while (first > 0 && walk.path.get(first - 1) instanceof Keep k) {
      some |= !problem.relevant[k.tensor()][loop.variable()];
      first--;
    }
    return some && !(n - first == 1 && follows(loop, first - 1));
  }

  private boolean swaps(int u, int v) {
    // an idle instance may hand on what it has kept, and how long it is idle depends on the order
    if (linked && tiles.anyImperfect()) {
      return false;
    }
    if (ordered || !problem.regular[problem.result] || !partsAlike()) {
      return false;
    }
    for (int t = 0; t < walk.placed.length; t++) {
      if (walk.placed[t] < walk.chain[t].length && !tilesAlike(t, u, v)) {
        return false;
      }
    }
    return true;
  }

  private boolean tilesAlike(int t, int u, int v) {
    if (problem.relevant[t][u] || problem.relevant[t][v]) {
      return separates[t][u] && separates[t][v];
    }
    return problem.regular[t] || (!tiles.imperfect(u) && !tiles.imperfect(v));
  }

  /** Whether tiles at different places along the variable have no word in common. */
  static boolean separates(Problem p, int t, int v) {
    if (!p.relevant[t][v]) {
      return false;
    }
    return p.regular[t]
        || p.tensors.get(t).ranks().stream()
            .anyMatch(
                r ->
                    r.expression().uses(p.variable(v))
                        && r.expression().terms().stream()
                            .allMatch(
                                a ->
                                    p.number(a.variable()) == v
                                        || p.extent[p.number(a.variable())] == 1));
  }

  /**
   * Whether in each step all instances that hold parts of one sum are active, or none: no spatial
   * loop over an imperfect reduction stands anywhere, or can follow.
   */
  private boolean partsAlike() {
    for (int v = 0; v < problem.variables; v++) {
      if (!problem.relevant[problem.result][v] && tiles.imperfect(v) && walk.mayBeSpread(v)) {
        return false;
      }
    }
    return true;
  }
}
