package org.einloom.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.mapping.MappingNode.Loop;
import org.einloom.mapping.MappingNode.Spatial;
import org.einloom.mapping.MappingNode.Storage;
import org.einloom.mapping.MappingNode.Temporal;
import org.einloom.workload.Einsum;

/** Fewer and plainer nodes in the mapping. */
final class SimplerMapping {
  private SimplerMapping() {}

  static List<Supplier<RandomCase>> of(RandomCase c) {
    List<Supplier<RandomCase>> attempts = new ArrayList<>();
    List<MappingNode> nodes = c.mapping().nodes();
    for (int i = 0; i < nodes.size(); i++) {
      int at = i;
      attempts.add(() -> with(c, at, List.of()));
    }
    for (int i = 0; i < nodes.size(); i++) {
      int at = i;
      switch (nodes.get(i)) {
        case Spatial s -> {
          attempts.add(() -> with(c, at, List.of(new Temporal(s.variable(), s.tile()))));
          attempts.add(
              () ->
                  with(
                      c,
                      at,
                      List.of(new Spatial(s.fanout(), s.dimension(), s.variable(), s.tile() - 1))));
        }
        case Temporal t ->
            attempts.add(() -> with(c, at, List.of(new Temporal(t.variable(), t.tile() - 1))));
        case Storage _ -> {}
      }
    }
    return attempts;
  }

  private static RandomCase with(RandomCase c, int at, List<MappingNode> instead) {
    var nodes = new ArrayList<MappingNode>(c.mapping().nodes());
    nodes.remove(at);
    nodes.addAll(at, instead);
    return new RandomCase(c.seed(), c.einsum(), c.architecture(), fit(c.einsum(), nodes));
  }

  /**
   * The nodes with tiles that fit: none larger than what it cuts, the innermost of a variable 1.
   */
  static LoopTree fit(Einsum einsum, List<MappingNode> nodes) {
    Map<String, Long> outer = new HashMap<>();
    einsum.variables().forEach(v -> outer.put(v.name(), v.extent()));
    var fitting = new ArrayList<MappingNode>();
    for (MappingNode node : nodes) {
      if (node instanceof Loop loop && outer.containsKey(loop.variable())) {
        long tile = Math.min(loop.tile(), outer.getOrDefault(loop.variable(), 1L));
        outer.put(loop.variable(), tile);
        fitting.add(tiled(loop, tile));
      } else if (node instanceof Storage) {
        fitting.add(node);
      }
    }
    Set<String> seen = new HashSet<>();
    for (int i = fitting.size() - 1; i >= 0; i--) {
      if (fitting.get(i) instanceof Loop loop && seen.add(loop.variable())) {
        fitting.set(i, tiled(loop, 1));
      }
    }
    return new LoopTree(fitting);
  }

  private static Loop tiled(Loop loop, long tile) {
    return switch (loop) {
      case Temporal t -> new Temporal(t.variable(), tile);
      case Spatial s -> new Spatial(s.fanout(), s.dimension(), s.variable(), tile);
    };
  }

  static long size(LoopTree mapping) {
    long size = 0;
    for (MappingNode node : mapping.nodes()) {
      size +=
          switch (node) {
            case Storage _ -> 1000;
            case Temporal t -> 1000 + t.tile();
            case Spatial s -> 1500 + s.tile();
          };
    }
    return size;
  }
}
