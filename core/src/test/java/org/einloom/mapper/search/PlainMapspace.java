package org.einloom.mapper.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.einloom.arch.Architecture;
import org.einloom.arch.Fanout;
import org.einloom.arch.Memory;
import org.einloom.mapper.Tiling;
import org.einloom.mapping.Legality;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.mapping.MappingNode.Loop;
import org.einloom.mapping.MappingNode.Spatial;
import org.einloom.mapping.MappingNode.Storage;
import org.einloom.mapping.MappingNode.Temporal;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;

/** Every mapping of the mapspace, by trying every node everywhere. No argument, no cleverness. */
final class PlainMapspace {
  private final Einsum einsum;
  private final Architecture architecture;
  private final Tiling tiling;
  private final Consumer<LoopTree> visitor;
  private final long most;
  private final List<MappingNode> nodes = new ArrayList<>();
  private final Map<String, Long> tile = new HashMap<>();
  private long visited;

  private PlainMapspace(
      Einsum einsum,
      Architecture architecture,
      Tiling tiling,
      long most,
      Consumer<LoopTree> visitor) {
    this.einsum = einsum;
    this.architecture = architecture;
    this.tiling = tiling;
    this.most = most;
    this.visitor = visitor;
  }

  /** Shows every mapping; false when there are more than so many. */
  static boolean visit(
      Einsum einsum,
      Architecture architecture,
      Tiling tiling,
      long most,
      Consumer<LoopTree> visitor) {
    var space = new PlainMapspace(einsum, architecture, tiling, most, visitor);
    String outermost = architecture.nodes().getFirst().name();
    einsum.tensors().forEach(t -> space.nodes.add(new Storage(outermost, t.name())));
    einsum.variables().forEach(v -> space.tile.put(v.name(), v.extent()));
    space.extend();
    return space.visited <= most;
  }

  private void extend() {
    if (visited > most) {
      return;
    }
    if (tile.values().stream().allMatch(t -> t == 1) && legal()) {
      visited++;
      visitor.accept(new LoopTree(nodes));
    }
    for (Memory memory : architecture.memories()) {
      for (var tensor : einsum.tensors()) {
        with(new Storage(memory.name(), tensor.name()));
      }
    }
    for (var v : einsum.variables()) {
      long size = tile.get(v.name());
      for (long t = 1; t < size; t++) {
        if (!tiling.imperfect(v.name()) && size % t != 0) {
          continue;
        }
        if (!(nodes.getLast() instanceof Temporal last && last.variable().equals(v.name()))) {
          with(new Temporal(v.name(), t));
        }
        for (Fanout fanout : architecture.fanouts()) {
          for (var d : fanout.dimensions()) {
            with(new Spatial(fanout.name(), d.name(), v.name(), t));
          }
        }
      }
    }
  }

  private void with(MappingNode node) {
    nodes.add(node);
    Long before = node instanceof Loop l ? tile.put(l.variable(), l.tile()) : null;
    if (begins()) {
      extend();
    }
    if (node instanceof Loop l) {
      tile.put(l.variable(), before);
    }
    nodes.removeLast();
  }

  /** Whether the nodes so far break no rule that more nodes could not mend. */
  private boolean begins() {
    Set<String> once = new HashSet<>();
    for (MappingNode n : nodes) {
      if (n instanceof Spatial s
          && !once.add(s.fanout() + "." + s.dimension() + "." + s.variable())) {
        return false;
      }
    }
    List<MappingNode> full = new ArrayList<>(nodes);
    tile.forEach(
        (v, t) -> {
          if (t > 1) {
            full.add(new Temporal(v, 1));
          }
        });
    try {
      Legality.check(einsum, architecture, new LoopTree(full));
      return true;
    } catch (InvalidSpecException e) {
      return e.getMessage().contains("must keep tensor");
    }
  }

  private boolean legal() {
    try {
      Legality.check(einsum, architecture, new LoopTree(nodes));
      return true;
    } catch (InvalidSpecException e) {
      return false;
    }
  }
}
