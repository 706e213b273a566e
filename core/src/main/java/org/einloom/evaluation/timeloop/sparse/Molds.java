package org.einloom.evaluation.timeloop.sparse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.einloom.evaluation.timeloop.sparse.SparseNest.Loop;
import org.einloom.workload.Affine;
import org.einloom.workload.TensorAccess;

/** Which values of each dimension loops cover, and which boxes of tensors that makes. */
final class Molds {
  private final SparseNest nest;

  Molds(SparseNest nest) {
    this.nest = nest;
  }

  /** One value of each dimension. */
  static Map<String, Long> point() {
    return new HashMap<>();
  }

  /** What the loops of all levels inside, and of this level up to this loop, cover. */
  Map<String, Long> upTo(int level, int loop) {
    Map<String, Long> values = below(level);
    List<Loop> loops = nest.levels().get(level).loops();
    for (int i = 0; i <= loop; i++) {
      multiply(values, loops.get(i).dimension(), loops.get(i).count());
    }
    return values;
  }

  /** What a level's loops and all inside cover. */
  Map<String, Long> of(int level) {
    return below(level + 1);
  }

  /** What the loops of levels inside of this one cover. */
  Map<String, Long> below(int level) {
    Map<String, Long> values = point();
    for (int l = 0; l < level; l++) {
      for (Loop loop : nest.levels().get(l).loops()) {
        multiply(values, loop.dimension(), loop.count());
      }
    }
    return values;
  }

  static Map<String, Long> of(List<Loop> loops) {
    Map<String, Long> values = point();
    loops.forEach(l -> multiply(values, l.dimension(), l.count()));
    return values;
  }

  static void multiply(Map<String, Long> values, String dimension, long by) {
    values.merge(dimension, by, Math::multiplyExact);
  }

  /** The box of a tensor that so many values of each dimension touch, gaps included. */
  static Tile tile(TensorAccess tensor, Map<String, Long> values) {
    List<Long> extents = new ArrayList<>();
    for (TensorAccess.Rank rank : tensor.ranks()) {
      long extent = 1;
      for (Affine.Term t : rank.expression().terms()) {
        extent += t.coefficient() * (values.getOrDefault(t.variable(), 1L) - 1);
      }
      extents.add(extent);
    }
    return new Tile(extents);
  }
}
