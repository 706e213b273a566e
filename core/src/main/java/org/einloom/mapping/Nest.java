package org.einloom.mapping;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.einloom.arch.Architecture;
import org.einloom.mapping.MappingNode.Loop;
import org.einloom.workload.Einsum;
import org.einloom.workload.RankVariable;

/**
 * A LoopTree's loops with the sizes that follow from their places.
 *
 * @param loops all loops, outermost first
 */
public record Nest(List<Bound> loops) {
  /**
   * One loop.
   *
   * @param loop as written
   * @param node its index in the LoopTree
   * @param outer the size of a full tile above it: the tile of the next loop out over the same
   *     variable, or the extent
   * @param count the number of iterations over a full tile, {@code ceil(outer / tile)}; over a
   *     smaller last tile there may be fewer
   */
  public record Bound(Loop loop, int node, long outer, long count) {}

  public Nest {
    loops = List.copyOf(loops);
  }

  /** The loops of a mapping that is legal for the Einsum. */
  public static Nest of(Einsum einsum, LoopTree mapping) {
    Map<String, Long> size = new HashMap<>();
    for (RankVariable v : einsum.variables()) {
      size.put(v.name(), v.extent());
    }
    List<Bound> bounds = new ArrayList<>();
    for (int i = 0; i < mapping.nodes().size(); i++) {
      if (mapping.nodes().get(i) instanceof Loop loop) {
        Long known = size.put(loop.variable(), loop.tile());
        long outer = known == null ? loop.tile() : known;
        bounds.add(new Bound(loop, i, outer, Math.ceilDiv(outer, loop.tile())));
      }
    }
    return new Nest(bounds);
  }

  /** The number of instances the spatial loops of the fanouts before this node use. */
  public long usedInstances(Architecture architecture, int architectureNode) {
    long used = 1;
    for (Bound b : loops) {
      if (b.loop() instanceof MappingNode.Spatial s
          && architecture.indexOf(s.fanout()) < architectureNode) {
        used *= b.count();
      }
    }
    return used;
  }
}
