package org.einloom.mapper.search;

import java.util.ArrayList;
import java.util.List;
import org.einloom.arch.Fanout;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;

/** Puts a mapping together from what a search has chosen. */
final class Assembly {
  private Assembly() {}

  /** What stands in a mapping apart from spatial loops. */
  sealed interface Step {}

  /** A temporal loop. */
  record Loop(int variable, long bound) implements Step {}

  /** The first place for spatial loops of a fanout: all nodes below it are further in. */
  record Begin(int fanout) implements Step {}

  /** The spatial loops of a fanout over a variable. */
  record Spatial(int fanout, int variable) implements Step {}

  /** The next storage node of a tensor, counted from outside. */
  record Node(int tensor) implements Step {}

  /**
   * The mapping: all tensors in the outermost memory, the loops that the steps leave, the steps;
   * the spatial loops of each fanout that no step tells of just above the first node below it.
   *
   * @param steps outermost first
   */
  static LoopTree mapping(Structure s, List<Step> steps) {
    Problem p = s.problem;
    List<MappingNode> nodes = new ArrayList<>();
    for (var t : p.tensors) {
      nodes.add(new MappingNode.Storage(p.memory(p.memories[0]).name(), t.name()));
    }
    long[] tile = p.extent.clone();
    long[] left = s.temporal.clone();
    int[] classes = p.classes();
    int[] variable = new int[steps.size()];
    for (int i = 0; i < variable.length; i++) {
      if (steps.get(i) instanceof Loop l) {
        int v = l.variable;
        // a loop of a class is over any variable that has the prime
        for (int u = 0; u < left.length && left[v] % l.bound != 0; u++) {
          v = classes[u] == classes[l.variable] && left[u] % l.bound == 0 ? u : v;
        }
        variable[i] = v;
        left[v] /= l.bound;
      }
    }
    for (int v = 0; v < left.length; v++) {
      temporal(p, nodes, tile, v, left[v]);
    }
    boolean[] told = new boolean[p.fanouts.length];
    for (Step step : steps) {
      if (step instanceof Spatial x) {
        told[x.fanout] = true;
      }
    }
    int fanout = 0;
    int[] next = new int[p.tensors.size()];
    for (int t = 0; t < next.length; t++) {
      next[t] = s.placement.chains()[t].length - 1;
    }
    for (int i = 0; i < variable.length; i++) {
      switch (steps.get(i)) {
        case Loop l -> temporal(p, nodes, tile, variable[i], l.bound);
        case Begin b -> throw new IllegalArgumentException(b.toString());
        case Spatial x -> {
          for (; fanout <= x.fanout; fanout++) {
            spatial(s, fanout, told[fanout], nodes, tile);
          }
          spatial(s, x.fanout, x.variable, nodes, tile);
        }
        case Node n -> {
          int node = s.placement.chains()[n.tensor][next[n.tensor]--];
          for (; fanout < p.fanouts.length && p.fanouts[fanout] < node; fanout++) {
            spatial(s, fanout, told[fanout], nodes, tile);
          }
          nodes.add(new MappingNode.Storage(p.memory(node).name(), p.tensors.get(n.tensor).name()));
        }
      }
    }
    for (; fanout < p.fanouts.length; fanout++) {
      spatial(s, fanout, told[fanout], nodes, tile);
    }
    return new LoopTree(nodes);
  }

  private static void temporal(Problem p, List<MappingNode> nodes, long[] tile, int v, long bound) {
    if (bound == 1) {
      return;
    }
    tile[v] /= bound;
    if (nodes.getLast() instanceof MappingNode.Temporal t && t.variable().equals(p.variable(v))) {
      nodes.removeLast();
    }
    nodes.add(new MappingNode.Temporal(p.variable(v), tile[v]));
  }

  private static void spatial(
      Structure s, int f, boolean told, List<MappingNode> nodes, long[] tile) {
    for (int v = 0; v < tile.length && !told; v++) {
      spatial(s, f, v, nodes, tile);
    }
  }

  private static void spatial(Structure s, int f, int v, List<MappingNode> nodes, long[] tile) {
    Problem p = s.problem;
    Fanout fanout = p.fanout(p.fanouts[f]);
    long[][] by = s.spreads[f].byDimension();
    for (int d = 0; d < by.length; d++) {
      if (by[d][v] > 1) {
        tile[v] /= by[d][v];
        nodes.add(
            new MappingNode.Spatial(
                fanout.name(), fanout.dimensions().get(d).name(), p.variable(v), tile[v]));
      }
    }
  }
}
