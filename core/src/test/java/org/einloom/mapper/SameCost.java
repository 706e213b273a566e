package org.einloom.mapper;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.einloom.arch.Architecture;
import org.einloom.arch.Fanout;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.mapping.MappingNode.Spatial;
import org.einloom.mapping.MappingNode.Temporal;

/**
 * A plainer way to write a mapping down, at the same cost: what is evaluated once only. By the
 * definitions of {@code docs/model.md} alone:
 *
 * <ul>
 *   <li><em>A spatial loop moves outwards past a temporal one over another variable.</em> A step is
 *       a vector of temporal indices wherever they stand among the spatial ones, an instance the
 *       other way round; what an index means depends on loops over the same variable only.
 *   <li><em>Neighbouring temporal loops over one variable are one loop</em> where the inner tile
 *       divides the outer: the same tiles follow each other in the same steps. Steps that are left
 *       out were out of range for every instance.
 *   <li><em>Dimensions of a fanout</em> are names without a cost, unless neighbours along them hand
 *       on words.
 * </ul>
 */
final class SameCost {
  private SameCost() {}

  /** Where no neighbours hand on anything. */
  static LoopTree plain(LoopTree mapping) {
    return plain(mapping, Set.of());
  }

  static LoopTree plain(LoopTree mapping, Architecture architecture) {
    return plain(
        mapping,
        architecture.fanouts().stream()
            .filter(f -> f.links().isPresent())
            .map(Fanout::name)
            .collect(Collectors.toSet()));
  }

  private static LoopTree plain(LoopTree mapping, Set<String> linked) {
    List<MappingNode> nodes = new ArrayList<>();
    for (MappingNode node : mapping.nodes()) {
      add(
          nodes,
          node instanceof Spatial s && !linked.contains(s.fanout())
              ? new Spatial(s.fanout(), "", s.variable(), s.tile())
              : node);
    }
    for (int i = nodes.size() - 1; i > 0; i--) {
      if (nodes.get(i) instanceof Temporal inner
          && nodes.get(i - 1) instanceof Temporal outer
          && inner.variable().equals(outer.variable())
          && outer.tile() % inner.tile() == 0) {
        nodes.remove(i - 1);
      }
    }
    return new LoopTree(nodes);
  }

  private static void add(List<MappingNode> nodes, MappingNode node) {
    int at = nodes.size();
    if (node instanceof Spatial s) {
      while (nodes.get(at - 1) instanceof Temporal t && !t.variable().equals(s.variable())) {
        at--;
      }
    }
    nodes.add(at, node);
  }
}
