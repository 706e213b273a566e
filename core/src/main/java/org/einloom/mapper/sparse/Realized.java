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
  private Realized() {}

  /**
   * Ways to write a mapping down that cost the same. The model refuses regions that are no tiles,
   * if laws are not uniform; whether they are depends on whether spatial loops stand inside
   * temporal ones over the same variable, or outside.
   */
  static List<LoopTree> mappings(State s) {
    return List.of(mapping(s, false), mapping(s, true));
  }

  private static LoopTree mapping(State s, boolean spatialOutside) {
    Problem p = s.structure.problem;
    List<MappingNode> nodes = new ArrayList<>();
    long[] tile = p.extent.clone();
    int n = s.variable.length;
    int at = 0;
    while (true) {
      for (int node = 0; node < p.architecture.nodes().size(); node++) {
        for (int t = 0; t < p.tensors.size(); t++) {
          for (int k = 0; k < s.above[t].length; k++) {
            if (s.above[t][k] == at && s.structure.chain[t][k] == node) {
              nodes.add(new Storage(p.node(node).name(), p.tensors.get(t).name()));
            }
          }
        }
      }
      if (at == n) {
        return new LoopTree(nodes);
      }
      int to = at + 1;
      while (to < n && !isPlace(s, to)) {
        to++;
      }
      for (int pass = 0; pass < 2; pass++) {
        boolean spatial = (pass == 0) == spatialOutside;
        for (int i = at; i < to; i++) {
          if (s.fanout[i] >= 0 == spatial) {
            add(s, i, tile, nodes);
          }
        }
      }
      at = to;
    }
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
    for (Spread.Loop loop : spread.loops()) {
      if (loop.variable() == v) {
        tile[v] /= loop.count();
        nodes.add(
            new Spatial(p.node(s.fanout[i]).name(), loop.dimension(), p.variable(v), tile[v]));
      }
    }
  }

  /** What is chosen about zeros. */
  static Sparsity sparsity(State s, Pricer.Option[] options) {
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
    Sparsity variant = s.structure.variant;
    return new Sparsity(variant.densities(), formats, variant.savings(), variant.compute());
  }
}
