package org.einloom.mapper;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.einloom.arch.Architecture;
import org.einloom.arch.Fanout;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.mapping.MappingNode.Spatial;
import org.einloom.mapping.MappingNode.Storage;
import org.einloom.mapping.MappingNode.Temporal;
import org.einloom.workload.Einsum;
import org.einloom.workload.RankVariable;
import org.einloom.workload.TensorAccess;

/**
 * Writes down every mapping of the mapspace of {@code docs/mapspace.md}, node by node, outermost
 * first. Shares no code with any mapper and prunes nothing.
 *
 * <p>Of mappings that differ in two orders only, which no count can depend on, one is written:
 *
 * <ul>
 *   <li><em>Neighbouring storage nodes</em> stand in the order of the architecture, then of the
 *       tensors. No loop is between them, so each has the same steps, instances and tiles in every
 *       order, and a tensor's counts depend on its own nodes and on the loops alone.
 *   <li><em>Neighbouring spatial loops of one fanout over different variables</em> stand in the
 *       order of the variables. An index of one loop means the same values of its variable wherever
 *       the other stands, so the instances are the same but for the order of their indices. That
 *       order is used for one thing: of several instances that a word of the result enters, the
 *       lowest gets the starting value. While every rank of the result has at most one variable,
 *       and no variable two ranks, the word says which index the loops over its variables have, and
 *       of the others those that are in range are the first ones of each loop; so the lowest
 *       instance is the lowest in every loop at once, in any order. Results of other shapes are
 *       written in all orders.
 * </ul>
 */
final class EveryMapping {
  private final Architecture architecture;
  private final Tiling tiling;
  private final List<RankVariable> variables;
  private final List<TensorAccess> tensors;
  private final Predicate<LoopTree> visitor;
  private final boolean spatialOrderMatters;

  private final List<MappingNode> nodes = new ArrayList<>();

  /** By variable: the size of the tile so far. */
  private final long[] tile;

  /** By tensor: where in the architecture the innermost storage so far is. */
  private final int[] deepest;

  private int deepestStorage;
  private int deepestFanout = -1;

  private EveryMapping(
      Einsum einsum, Architecture architecture, Tiling tiling, Predicate<LoopTree> visitor) {
    this.architecture = architecture;
    this.tiling = tiling;
    this.visitor = visitor;
    variables = einsum.variables();
    tensors = einsum.tensors();
    tile = variables.stream().mapToLong(RankVariable::extent).toArray();
    deepest = new int[tensors.size()];
    spatialOrderMatters =
        !einsum.output().ranksAreDisjoint()
            || einsum.output().ranks().stream().anyMatch(r -> r.expression().terms().size() > 1);
  }

  /**
   * Shows every mapping to the visitor, until it says false.
   *
   * @return whether it never did
   */
  static boolean visit(
      Einsum einsum, Architecture architecture, Tiling tiling, Predicate<LoopTree> visitor) {
    var every = new EveryMapping(einsum, architecture, tiling, visitor);
    Memory outermost = architecture.memories().getFirst();
    for (TensorAccess tensor : every.tensors) {
      if (!outermost.keep().allows(tensor)) {
        return true;
      }
      every.nodes.add(new Storage(outermost.name(), tensor.name()));
    }
    return every.more();
  }

  /** How many there are; {@code limit} if at least so many. */
  static long count(Einsum einsum, Architecture architecture, Tiling tiling, long limit) {
    long[] count = {0};
    visit(einsum, architecture, tiling, m -> ++count[0] < limit);
    return count[0];
  }

  private boolean more() {
    if (LongStream.of(tile).allMatch(t -> t == 1) && keepsAllAbove(architecture.nodes().size())) {
      if (!visitor.test(new LoopTree(nodes))) {
        return false;
      }
    }
    return store() && iterate() && spread();
  }

  private boolean store() {
    for (int at = Math.max(1, deepestFanout); at < architecture.nodes().size(); at++) {
      if (!(architecture.nodes().get(at) instanceof Memory memory)) {
        continue;
      }
      for (int t = 0; t < tensors.size(); t++) {
        if (!memory.keep().allows(tensors.get(t)) || deepest[t] >= at || !canonicalAfter(at, t)) {
          continue;
        }
        int above = deepest[t];
        int storage = deepestStorage;
        deepest[t] = at;
        deepestStorage = Math.max(storage, at);
        boolean goOn = with(new Storage(memory.name(), tensors.get(t).name()));
        deepest[t] = above;
        deepestStorage = storage;
        if (!goOn) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean canonicalAfter(int at, int tensor) {
    if (!(nodes.getLast() instanceof Storage s)) {
      return true;
    }
    int last = architecture.indexOf(s.memory());
    return last < at || (last == at && indexOf(s.tensor()) < tensor);
  }

  private int indexOf(String tensor) {
    int t = 0;
    while (!tensors.get(t).name().equals(tensor)) {
      t++;
    }
    return t;
  }

  private boolean iterate() {
    for (int v = 0; v < tile.length; v++) {
      String name = variables.get(v).name();
      if (nodes.getLast() instanceof Temporal t && t.variable().equals(name)) {
        continue;
      }
      for (long below = 1; below < tile[v]; below++) {
        if (mayCut(v, below) && !cut(v, below, new Temporal(name, below))) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean spread() {
    for (int at = Math.max(0, deepestFanout); at < architecture.nodes().size(); at++) {
      if (!(architecture.nodes().get(at) instanceof Fanout fanout)
          || at < deepestStorage
          || !keepsAllAbove(at)) {
        continue;
      }
      for (Fanout.Dimension dimension : fanout.dimensions()) {
        for (int v = 0; v < tile.length; v++) {
          if (mayStand(fanout, dimension, v) && !spread(at, fanout, dimension, v)) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private boolean spread(int at, Fanout fanout, Fanout.Dimension dimension, int v) {
    long room = dimension.size() / used(fanout, dimension);
    for (long below = 1; below < tile[v]; below++) {
      if (mayCut(v, below) && Math.ceilDiv(tile[v], below) <= room) {
        int above = deepestFanout;
        deepestFanout = at;
        String name = variables.get(v).name();
        boolean goOn = cut(v, below, new Spatial(fanout.name(), dimension.name(), name, below));
        deepestFanout = above;
        if (!goOn) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean mayStand(Fanout fanout, Fanout.Dimension dimension, int v) {
    String variable = variables.get(v).name();
    boolean inOrder =
        spatialOrderMatters
            || !(nodes.getLast() instanceof Spatial last)
            || !last.fanout().equals(fanout.name())
            || variables.stream().map(RankVariable::name).toList().indexOf(last.variable()) <= v;
    return inOrder
        && tensors.stream().allMatch(t -> dimension.allows(t, variable))
        && nodes.stream()
            .noneMatch(
                n ->
                    n instanceof Spatial s
                        && s.fanout().equals(fanout.name())
                        && s.dimension().equals(dimension.name())
                        && s.variable().equals(variable));
  }

  /** Children that the loops so far use along the dimension. */
  private long used(Fanout fanout, Fanout.Dimension dimension) {
    long[] size = variables.stream().mapToLong(RankVariable::extent).toArray();
    long used = 1;
    for (MappingNode node : nodes) {
      if (node instanceof MappingNode.Loop loop) {
        int v = variables.stream().map(RankVariable::name).toList().indexOf(loop.variable());
        if (loop instanceof Spatial s
            && s.fanout().equals(fanout.name())
            && s.dimension().equals(dimension.name())) {
          used *= Math.ceilDiv(size[v], s.tile());
        }
        size[v] = loop.tile();
      }
    }
    return used;
  }

  private boolean mayCut(int v, long below) {
    return tile[v] % below == 0 || tiling.imperfect(variables.get(v).name());
  }

  /** Whether the memories above a place keep what they must. */
  private boolean keepsAllAbove(int at) {
    for (Node node : architecture.nodes().subList(0, at)) {
      if (node instanceof Memory memory) {
        for (TensorAccess tensor : tensors) {
          if (memory.keep().requires(tensor)
              && !nodes.contains(new Storage(memory.name(), tensor.name()))) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private boolean cut(int v, long below, MappingNode loop) {
    long above = tile[v];
    tile[v] = below;
    boolean goOn = with(loop);
    tile[v] = above;
    return goOn;
  }

  private boolean with(MappingNode node) {
    nodes.addLast(node);
    boolean goOn = more();
    nodes.removeLast();
    return goOn;
  }
}
