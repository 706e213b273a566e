package org.einloom.mapper.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.einloom.arch.Fanout;
import org.einloom.mapping.Legality;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.mapping.MappingNode.Spatial;
import org.einloom.mapping.MappingNode.Storage;
import org.einloom.mapping.MappingNode.Temporal;
import org.einloom.workload.InvalidSpecException;

/**
 * Turns a mapping that was made for something similar into one of the mapspace at hand: tiles are
 * cut down to the extents and, where they have to divide, to divisors; loops that then iterate once
 * are left out.
 */
final class Repair {
  private final Problem problem;
  private final Tiles tiles;

  Repair(Problem problem, Tiles tiles) {
    this.problem = problem;
    this.tiles = tiles;
  }

  /** The nearest mapping of the mapspace that is easily found; empty if none is. */
  Optional<LoopTree> into(LoopTree mapping) {
    return of(mapping).filter(this::isMember);
  }

  private Optional<LoopTree> of(LoopTree mapping) {
    long[] tile = problem.extent.clone();
    int[] last = new int[tile.length];
    Arrays.fill(last, -1);
    Map<String, Long> room = new HashMap<>();
    Set<String> taken = new HashSet<>();
    List<MappingNode> nodes = new ArrayList<>();
    for (MappingNode node : mapping.nodes()) {
      switch (node) {
        case Storage s -> nodes.add(s);
        case Temporal l -> {
          int v = problem.number(l.variable());
          if (v < 0) {
            return Optional.empty();
          }
          long t = fit(v, tile[v], l.tile(), Long.MAX_VALUE);
          if (t < tile[v]) {
            if (nodes.getLast() instanceof Temporal above
                && above.variable().equals(l.variable())) {
              nodes.removeLast();
            }
            nodes.add(new Temporal(l.variable(), t));
            last[v] = nodes.size() - 1;
            tile[v] = t;
          }
        }
        case Spatial s -> {
          int v = problem.number(s.variable());
          String place = s.fanout() + "/" + s.dimension();
          long left = room.getOrDefault(place, size(s));
          if (v < 0 || left < 1) {
            return Optional.empty();
          }
          long t = fit(v, tile[v], s.tile(), left);
          if (t < tile[v] && taken.add(place + "/" + s.variable())) {
            room.put(place, left / Math.ceilDiv(tile[v], t));
            nodes.add(new Spatial(s.fanout(), s.dimension(), s.variable(), t));
            last[v] = nodes.size() - 1;
            tile[v] = t;
          }
        }
      }
    }
    for (int v = 0; v < tile.length; v++) {
      if (tile[v] > 1) {
        String name = problem.variable(v);
        if (last[v] == nodes.size() - 1 && nodes.getLast() instanceof Temporal) {
          nodes.removeLast();
        }
        nodes.add(new Temporal(name, 1));
      }
    }
    return Optional.of(new LoopTree(nodes));
  }

  private long size(Spatial s) {
    return problem.nodes.stream()
        .filter(n -> n instanceof Fanout f && f.name().equals(s.fanout()))
        .flatMap(n -> ((Fanout) n).dimensions().stream())
        .filter(d -> d.name().equals(s.dimension()))
        .mapToLong(Fanout.Dimension::size)
        .findFirst()
        .orElse(0);
  }

  /** The largest tile up to the one asked for that may cut this one into at most so many. */
  private long fit(int v, long size, long asked, long most) {
    if (asked >= size) {
      return size;
    }
    long best = size;
    boolean found = false;
    for (long t : tiles.below(v, size)) {
      boolean fits = Math.ceilDiv(size, t) <= most;
      if (fits && (t <= asked || !found)) {
        best = t;
        found = true;
      }
    }
    return best;
  }

  /** Whether it is a mapping of the mapspace, whatever it costs. */
  boolean isMember(LoopTree mapping) {
    int tensors = problem.tensors.size();
    String outermost = problem.nodes.get(problem.memories[0]).name();
    Map<String, Long> tile = new HashMap<>();
    for (int v = 0; v < problem.variables; v++) {
      tile.put(problem.variable(v), problem.extent[v]);
    }
    Set<String> taken = new HashSet<>();
    List<MappingNode> nodes = mapping.nodes();
    for (int i = 0; i < nodes.size(); i++) {
      switch (nodes.get(i)) {
        case Storage s -> {
          if (i < tensors != s.memory().equals(outermost)) {
            return false;
          }
        }
        case MappingNode.Loop l -> {
          Long size = tile.put(l.variable(), l.tile());
          boolean repeats =
              l instanceof Temporal
                  && nodes.get(i - 1) instanceof Temporal above
                  && above.variable().equals(l.variable());
          boolean twice =
              l instanceof Spatial s
                  && !taken.add(s.fanout() + "/" + s.dimension() + "/" + s.variable());
          if (i < tensors
              || size == null
              || l.tile() >= size
              || repeats
              || twice
              || (size % l.tile() != 0 && !tiles.imperfect(problem.number(l.variable())))) {
            return false;
          }
        }
      }
    }
    try {
      Legality.check(problem.einsum, problem.architecture, mapping);
      return true;
    } catch (InvalidSpecException e) {
      return false;
    }
  }
}
