package org.einloom.mapper;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.einloom.arch.Architecture;
import org.einloom.arch.Fanout;
import org.einloom.arch.Memory;
import org.einloom.mapping.InvalidMappingException;
import org.einloom.mapping.Legality;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.mapping.MappingNode.Loop;
import org.einloom.mapping.MappingNode.Spatial;
import org.einloom.mapping.MappingNode.Storage;
import org.einloom.mapping.MappingNode.Temporal;
import org.einloom.workload.Einsum;
import org.einloom.workload.RankVariable;
import org.einloom.workload.TensorAccess;

/**
 * The mapspace once more, the other way round: every list of nodes there is, of which those stay
 * that {@link Legality} accepts and the rules of {@code docs/mapspace.md} do not exclude. For the
 * tiniest problems only.
 */
final class NaiveMappings {
  private final Einsum einsum;
  private final Architecture architecture;
  private final Tiling tiling;
  private final List<MappingNode> nodes = new ArrayList<>();
  private final Map<String, Long> tile = new HashMap<>();
  private final List<LoopTree> found = new ArrayList<>();

  private NaiveMappings(Einsum einsum, Architecture architecture, Tiling tiling) {
    this.einsum = einsum;
    this.architecture = architecture;
    this.tiling = tiling;
    einsum.variables().forEach(v -> tile.put(v.name(), v.extent()));
  }

  /** All of them, in all orders. */
  static List<LoopTree> of(Einsum einsum, Architecture architecture, Tiling tiling) {
    var naive = new NaiveMappings(einsum, architecture, tiling);
    naive.more();
    return naive.found;
  }

  private void more() {
    // the outermost memory keeps all tensors, before anything else
    boolean outermost = nodes.size() < einsum.tensors().size();
    var mapping = new LoopTree(nodes);
    if (!outermost && isInMapspace(mapping) && isLegal(mapping)) {
      found.add(mapping);
    }
    List<Memory> memories = architecture.memories();
    for (Memory memory :
        outermost ? memories.subList(0, 1) : memories.subList(1, memories.size())) {
      for (TensorAccess tensor : einsum.tensors()) {
        var storage = new Storage(memory.name(), tensor.name());
        if (!nodes.contains(storage)) {
          nodes.addLast(storage);
          more();
          nodes.removeLast();
        }
      }
    }
    for (RankVariable v : outermost ? List.<RankVariable>of() : einsum.variables()) {
      long outer = tile.get(v.name());
      for (long inner = 1; inner < outer; inner++) {
        tile.put(v.name(), inner);
        for (Loop loop : loops(v.name(), inner)) {
          nodes.addLast(loop);
          more();
          nodes.removeLast();
        }
      }
      tile.put(v.name(), outer);
    }
  }

  private List<Loop> loops(String variable, long inner) {
    List<Loop> loops = new ArrayList<>();
    loops.add(new Temporal(variable, inner));
    for (Fanout f : architecture.fanouts()) {
      f.dimensions().forEach(d -> loops.add(new Spatial(f.name(), d.name(), variable, inner)));
    }
    return loops;
  }

  private boolean isLegal(LoopTree mapping) {
    try {
      Legality.check(einsum, architecture, mapping);
      return true;
    } catch (InvalidMappingException e) {
      return false;
    }
  }

  private boolean isInMapspace(LoopTree mapping) {
    if (tile.values().stream().anyMatch(t -> t > 1)) {
      return false;
    }
    List<MappingNode> all = mapping.nodes();
    for (int i = 0; i < all.size(); i++) {
      if (i > 0
          && all.get(i) instanceof Temporal inner
          && all.get(i - 1) instanceof Temporal outer
          && inner.variable().equals(outer.variable())) {
        return false;
      }
    }
    return tilesDivide(mapping) && spreadsOnce(mapping);
  }

  private boolean tilesDivide(LoopTree mapping) {
    Map<String, Long> size = new HashMap<>();
    einsum.variables().forEach(v -> size.put(v.name(), v.extent()));
    for (MappingNode node : mapping.nodes()) {
      if (node instanceof Loop loop
          && size.put(loop.variable(), loop.tile()) % loop.tile() != 0
          && !tiling.imperfect(loop.variable())) {
        return false;
      }
    }
    return true;
  }

  private static boolean spreadsOnce(LoopTree mapping) {
    Set<Spatial> seen = new HashSet<>();
    return mapping.nodes().stream()
        .filter(Spatial.class::isInstance)
        .map(Spatial.class::cast)
        .allMatch(s -> seen.add(new Spatial(s.fanout(), s.dimension(), s.variable(), 1)));
  }

  /** The one of the orders that cost the same that {@link EveryMapping} writes down. */
  LoopTree canonical(LoopTree mapping) {
    List<MappingNode> sorted = new ArrayList<>();
    List<MappingNode> all = mapping.nodes();
    for (int from = 0; from < all.size(); ) {
      int to = from + 1;
      while (to < all.size() && commute(all.get(from), all.get(to))) {
        to++;
      }
      List<MappingNode> group = new ArrayList<>(all.subList(from, to));
      group.sort(Comparator.comparingInt(this::place)); // stable
      sorted.addAll(group);
      from = to;
    }
    return new LoopTree(sorted);
  }

  static NaiveMappings rules(Einsum einsum, Architecture architecture) {
    return new NaiveMappings(einsum, architecture, Tiling.PERFECT);
  }

  private boolean commute(MappingNode a, MappingNode b) {
    boolean windowed =
        einsum.output().ranks().stream().anyMatch(r -> r.expression().terms().size() > 1)
            || !einsum.output().ranksAreDisjoint();
    return switch (a) {
      case Storage _ -> b instanceof Storage;
      case Temporal _ -> false;
      case Spatial s -> !windowed && b instanceof Spatial t && s.fanout().equals(t.fanout());
    };
  }

  private int place(MappingNode node) {
    return switch (node) {
      case Storage s ->
          1000 * architecture.indexOf(s.memory())
              + einsum.tensors().indexOf(einsum.tensor(s.tensor()));
      case Loop l ->
          einsum.variables().stream().map(RankVariable::name).toList().indexOf(l.variable());
    };
  }
}
