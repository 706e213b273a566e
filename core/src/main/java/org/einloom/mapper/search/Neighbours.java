package org.einloom.mapper.search;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.einloom.arch.Fanout;
import org.einloom.arch.Memory;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.mapping.MappingNode.Loop;
import org.einloom.mapping.MappingNode.Spatial;
import org.einloom.mapping.MappingNode.Storage;
import org.einloom.mapping.MappingNode.Temporal;

/** The mappings that differ from one by a single change: a tile, a place, a node more or less. */
final class Neighbours {
  private final Problem problem;
  private final Tiles tiles;

  Neighbours(Problem problem, Tiles tiles) {
    this.problem = problem;
    this.tiles = tiles;
  }

  /** All that are one change away, in a fixed order; {@link Repair} makes members of them. */
  List<LoopTree> of(LoopTree mapping) {
    Set<LoopTree> found = new LinkedHashSet<>();
    List<MappingNode> nodes = mapping.nodes();
    for (int i = problem.tensors.size(); i < nodes.size(); i++) {
      if (nodes.get(i) instanceof Loop l) {
        for (long t : near(number(l), outer(nodes, i), l.tile())) {
          add(found, with(nodes, i, retiled(l, t)));
        }
      }
    }
    for (int i = problem.tensors.size(); i < nodes.size(); i++) {
      List<MappingNode> without = new ArrayList<>(nodes);
      MappingNode node = without.remove(i);
      add(found, without);
      for (int j = problem.tensors.size(); j <= without.size(); j++) {
        if (j != i) {
          List<MappingNode> moved = new ArrayList<>(without);
          moved.add(j, node);
          add(found, moved);
        }
      }
    }
    for (int i = problem.tensors.size(); i <= nodes.size(); i++) {
      insert(found, nodes, i);
    }
    found.remove(mapping);
    return List.copyOf(found);
  }

  private void insert(Set<LoopTree> found, List<MappingNode> nodes, int at) {
    for (int m : problem.memories) {
      Memory memory = problem.memory(m);
      for (var tensor : problem.tensors) {
        MappingNode storage = new Storage(memory.name(), tensor.name());
        if (memory.keep().allows(tensor) && !nodes.contains(storage)) {
          add(found, inserted(nodes, at, storage));
        }
      }
    }
    for (int v = 0; v < problem.variables; v++) {
      String name = problem.variable(v);
      long size = size(nodes, at, name);
      for (long t : near(v, size, size / 2)) {
        add(found, inserted(nodes, at, new Temporal(name, t)));
        for (int f = 0; f < problem.fanouts.length; f++) {
          Fanout fanout = problem.fanout(problem.fanouts[f]);
          for (int d = 0; d < fanout.dimensions().size(); d++) {
            Fanout.Dimension dimension = fanout.dimensions().get(d);
            if (tiles.mayLoop(f, d, v) && Math.ceilDiv(size, t) <= dimension.size()) {
              add(
                  found,
                  inserted(nodes, at, new Spatial(fanout.name(), dimension.name(), name, t)));
            }
          }
        }
      }
    }
  }

  private static void add(Set<LoopTree> found, List<MappingNode> nodes) {
    found.add(new LoopTree(nodes));
  }

  /** Tiles near one, and those that cut the size into a few more or fewer. */
  private Set<Long> near(int v, long size, long tile) {
    Set<Long> near = new TreeSet<>();
    long[] all = size > 1 ? tiles.below(v, size) : new long[0];
    if (all.length <= 12) {
      for (long t : all) {
        near.add(t);
      }
    } else {
      long count = Math.ceilDiv(size, Math.max(1, tile));
      for (long n : new long[] {2, 3, 4, count - 1, count + 1, count / 2, count * 2, count * 3}) {
        if (n >= 2) {
          near.add(nearest(all, Math.ceilDiv(size, n)));
        }
      }
      near.add(nearest(all, tile - 1));
      near.add(nearest(all, tile + 1));
      near.add(1L);
    }
    near.remove(tile == size ? 0 : tile);
    return near;
  }

  private static long nearest(long[] all, long wanted) {
    int i = java.util.Arrays.binarySearch(all, wanted);
    return all[Math.clamp(i >= 0 ? i : -i - 1, 0, all.length - 1)];
  }

  private int number(Loop l) {
    return problem.number(l.variable());
  }

  private long outer(List<MappingNode> nodes, int at) {
    return nodes.get(at) instanceof Loop l ? size(nodes, at, l.variable()) : 1;
  }

  private long size(List<MappingNode> nodes, int at, String variable) {
    for (int i = at - 1; i >= 0; i--) {
      if (nodes.get(i) instanceof Loop l && l.variable().equals(variable)) {
        return l.tile();
      }
    }
    return problem.extent[problem.number(variable)];
  }

  private static Loop retiled(Loop loop, long tile) {
    return switch (loop) {
      case Temporal t -> new Temporal(t.variable(), tile);
      case Spatial s -> new Spatial(s.fanout(), s.dimension(), s.variable(), tile);
    };
  }

  private static List<MappingNode> with(List<MappingNode> nodes, int at, MappingNode node) {
    List<MappingNode> with = new ArrayList<>(nodes);
    with.set(at, node);
    return with;
  }

  private static List<MappingNode> inserted(List<MappingNode> nodes, int at, MappingNode node) {
    List<MappingNode> with = new ArrayList<>(nodes);
    with.add(at, node);
    return with;
  }
}
