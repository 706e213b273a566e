package org.einloom.mapper.sparse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.einloom.format.TensorFormat;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.mapping.MappingNode.Spatial;
import org.einloom.mapping.MappingNode.Storage;
import org.einloom.mapping.MappingNode.Temporal;
import org.einloom.sparsity.Sparsity;

/** Complete states as mappings. */
final class Realized {
  private static final int[] NONE = {};

  private Realized() {}

  /**
   * Ways to write a mapping down that cost the same. The model refuses regions that are no tiles,
   * if laws are not uniform; whether they are depends on whether spatial loops stand inside
   * temporal ones over the same variable, or outside.
   */
  static List<LoopTree> mappings(State s) {
    Problem p = s.structure.problem;
    List<Outside> ways = ways(s);
    if (!p.loopDemands.any()) {
      return ways.stream().map(w -> mapping(s, w, NONE)).distinct().toList();
    }
    List<LoopTree> all = new ArrayList<>();
    for (State arranged : s.structure.orderMatters() ? List.of(s) : Arrangements.of(s)) {
      for (int[] memories : p.loopDemands.assignments(arranged)) {
        ways.forEach(w -> all.add(mapping(arranged, w, memories)));
      }
    }
    return p.demands.satisfying(all);
  }

  /** Which loops over children stand as far out as they can. */
  private interface Outside {
    boolean stands(int variable);
  }

  /** Of windows of the result regions are asked for, too, whatever is of others. */
  private static List<Outside> ways(State s) {
    Problem p = s.structure.problem;
    Ranks ranks = p.ranks[p.result];
    Outside window = v -> ranks.indexedBy(v) && ranks.window(ranks.rankOf[v]);
    if (s.structure.orderMatters()) {
      return List.of(_ -> false);
    }
    return ranks.windows
        ? List.of(_ -> false, _ -> true, window, v -> !window.stands(v))
        : List.of(_ -> false, _ -> true);
  }

  /**
   * @param memories by place where storage nodes stand, the memory that the loops below are at;
   *     negative if it does not matter, as beyond the end
   */
  private static LoopTree mapping(State s, Outside spatialOutside, int[] memories) {
    Problem p = s.structure.problem;
    List<MappingNode> nodes = new ArrayList<>();
    long[] tile = p.extent.clone();
    int n = s.variable.length;
    int at = 0;
    int place = 0;
    while (true) {
      int last = place < memories.length ? memories[place] : -1;
      place++;
      store(s, at, last, false, nodes);
      store(s, at, last, true, nodes);
      if (at == n) {
        return new LoopTree(nodes);
      }
      int to = at + 1;
      while (to < n && !isPlace(s, to)) {
        to++;
      }
      for (int i : order(s, at, to, spatialOutside)) {
        add(s, i, tile, nodes);
      }
      at = to;
    }
  }

  /**
   * The storage nodes at a place in the order of the architecture.
   *
   * @param last the memory of those that are written last
   * @param theirs whether to write those; otherwise all others, and what is followed by others of
   *     its tensor
   */
  private static void store(State s, int at, int last, boolean theirs, List<MappingNode> nodes) {
    Problem p = s.structure.problem;
    for (int node = 0; node < p.architecture.nodes().size(); node++) {
      for (int t = 0; t < p.tensors.size(); t++) {
        int[] above = s.above[t];
        for (int k = 0; k < above.length; k++) {
          if (above[k] == at && s.structure.chain[t][k] == node) {
            boolean followed = k + 1 < above.length && above[k + 1] == at;
            if ((node == last && !followed) == theirs) {
              nodes.add(new Storage(p.node(node).name(), p.tensors.get(t).name()));
            }
          }
        }
      }
    }
  }

  /** Loops over children as far out as they can stand, if their place does not matter. */
  private static List<Integer> order(State s, int from, int to, Outside spatialOutside) {
    List<Integer> order = new ArrayList<>();
    int outermost = 0;
    for (int i = from; i < to; i++) {
      boolean spatial = s.fanout[i] >= 0;
      boolean moves = spatial && !s.structure.placeMatters(s.fanout[i], s.variable[i]);
      if (moves && spatialOutside.stands(s.variable[i])) {
        order.add(outermost++, i);
      } else {
        order.add(i);
        outermost = spatial ? order.size() : outermost;
      }
    }
    return order;
  }

  private static boolean isPlace(State s, int loops) {
    for (int[] above : s.above) {
      for (int a : above) {
        if (a == loops) {
          return true;
        }
      }
    }
    return false;
  }

  private static void add(State s, int i, long[] tile, List<MappingNode> nodes) {
    Problem p = s.structure.problem;
    int v = s.variable[i];
    if (s.fanout[i] < 0) {
      tile[v] /= s.count[i];
      nodes.add(new Temporal(p.variable(v), tile[v]));
      return;
    }
    Spread spread = s.structure.spread[s.fanout[i]];
    if (spread == null) {
      throw new IllegalStateException("a loop over a fanout that spreads nothing");
    }
    boolean whole = spread.count()[v] == s.count[i];
    String fanout = p.node(s.fanout[i]).name();
    for (Spread.Loop loop : spread.loops()) {
      // a fanout's loops over a variable stand together, or each for itself
      boolean stands = whole || (loop.count() == s.count[i] && isFree(p, fanout, loop, nodes));
      if (loop.variable() == v && stands) {
        tile[v] /= loop.count();
        nodes.add(new Spatial(fanout, loop.dimension(), p.variable(v), tile[v]));
        if (!whole) {
          return;
        }
      }
    }
  }

  private static boolean isFree(
      Problem p, String fanout, Spread.Loop loop, List<MappingNode> nodes) {
    return nodes.stream()
        .noneMatch(
            n ->
                n instanceof Spatial o
                    && o.fanout().equals(fanout)
                    && o.dimension().equals(loop.dimension())
                    && o.variable().equals(p.variable(loop.variable())));
  }

  /** What is chosen about zeros. */
  static Sparsity sparsity(State s, Option[] options) {
    Problem p = s.structure.problem;
    Map<Sparsity.Held, TensorFormat> formats = new HashMap<>();
    for (int t = 0; t < options.length; t++) {
      for (int k = 0; k < options[t].formats().length; k++) {
        if (options[t].formats()[k].compresses()) {
          formats.put(
              new Sparsity.Held(p.node(s.structure.chain[t][k]).name(), p.tensors.get(t).name()),
              options[t].formats()[k]);
        }
      }
    }
    return s.structure.variant.with(p.einsum, formats);
  }
}
