package org.einloom.mapper;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.einloom.arch.Architecture;
import org.einloom.arch.Fanout;
import org.einloom.arch.Memory;
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
 *       order of the variables. An index of one means the same values of its variable wherever the
 *       other stands, so the instances are the same but for the order of their indices. That order
 *       is used for one thing: of several instances that a word of the result enters, the lowest
 *       gets the starting value. While every rank of the result has at most one variable and no
 *       variable two ranks, the word fixes the indices of the loops over its variables; and of the
 *       instances that differ in other indices, the one where these are 0 is among those that the
 *       word enters: it is active when any other is, and when it holds the word already, so do all
 *       that are active now, for they were active when it entered there (all loops further in than
 *       the one that advanced then were at their start). It is the lowest in any order of the
 *       indices. Results of other shapes are written in all orders, and so are loops along one
 *       dimension of a fanout whose neighbours hand on words: their order says who is next to whom.
 * </ul>
 */
public final class EveryMapping {
  private static final int STORAGE = -1;
  private static final int TEMPORAL = -2;

  private final Architecture architecture;
  private final List<TensorAccess> tensors;
  private final List<String> variables;
  private final boolean[] imperfect;
  private final boolean spatialOrderMatters;
  private final Predicate<Supplier<LoopTree>> visitor;

  private final List<MappingNode> nodes = new ArrayList<>();

  /** By variable: the size of the tile so far. */
  private final long[] tile;

  /** By place in the architecture and tensor. */
  private final boolean[][] kept;

  /** By tensor: where in the architecture the innermost storage so far is. */
  private final int[] deepest;

  /** By place in the architecture and dimension: children that the loops so far use. */
  private final long[][] used;

  /** By place in the architecture, dimension and variable. */
  private final boolean[][][] spread;

  private int deepestStorage;
  private int deepestFanout = -1;

  /** What the last node is: {@link #STORAGE}, {@link #TEMPORAL}, or the place of a fanout. */
  private int lastKind = STORAGE;

  /** The place of the last node's memory, or the last node's variable. */
  private int last;

  /** The last node's tensor, if it is storage. */
  private int lastTensor;

  private EveryMapping(
      Einsum einsum,
      Architecture architecture,
      Tiling tiling,
      Predicate<Supplier<LoopTree>> visitor) {
    this.architecture = architecture;
    this.visitor = visitor;
    tensors = einsum.tensors();
    variables = einsum.variables().stream().map(RankVariable::name).toList();
    imperfect = new boolean[variables.size()];
    for (int v = 0; v < imperfect.length; v++) {
      imperfect[v] = tiling.imperfect(variables.get(v));
    }
    spatialOrderMatters =
        !einsum.output().ranksAreDisjoint()
            || einsum.output().ranks().stream().anyMatch(r -> r.expression().terms().size() > 1);
    int places = architecture.nodes().size();
    tile = einsum.variables().stream().mapToLong(RankVariable::extent).toArray();
    kept = new boolean[places][tensors.size()];
    deepest = new int[tensors.size()];
    used = new long[places][];
    spread = new boolean[places][][];
    for (int at = 0; at < places; at++) {
      if (architecture.nodes().get(at) instanceof Fanout f) {
        used[at] = new long[f.dimensions().size()];
        Arrays.fill(used[at], 1);
        spread[at] = new boolean[f.dimensions().size()][tile.length];
      }
    }
  }

  /**
   * Shows every mapping to the visitor, until it says false.
   *
   * @return whether it never did
   */
  public static boolean visit(
      Einsum einsum, Architecture architecture, Tiling tiling, Predicate<LoopTree> visitor) {
    return visitLazily(einsum, architecture, tiling, m -> visitor.test(m.get()));
  }

  /** How many there are; {@code limit} if at least so many. */
  public static long count(Einsum einsum, Architecture architecture, Tiling tiling, long limit) {
    long[] count = {0};
    visitLazily(einsum, architecture, tiling, m -> ++count[0] < limit);
    return count[0];
  }

  private static boolean visitLazily(
      Einsum einsum,
      Architecture architecture,
      Tiling tiling,
      Predicate<Supplier<LoopTree>> visitor) {
    var every = new EveryMapping(einsum, architecture, tiling, visitor);
    Memory outermost = architecture.memories().getFirst();
    for (int t = 0; t < every.tensors.size(); t++) {
      if (!outermost.keep().allows(every.tensors.get(t))) {
        return true;
      }
      every.kept[0][t] = true;
      every.lastTensor = t;
      every.nodes.add(new Storage(outermost.name(), every.tensors.get(t).name()));
    }
    return every.more();
  }

  private boolean more() {
    boolean whole = keepsAllAbove(architecture.nodes().size());
    for (long t : tile) {
      whole &= t == 1;
    }
    return (!whole || visitor.test(() -> new LoopTree(nodes))) && store() && iterate() && spread();
  }

  private boolean store() {
    for (int at = Math.max(1, deepestFanout); at < kept.length; at++) {
      if (architecture.nodes().get(at) instanceof Memory memory) {
        for (int t = 0; t < deepest.length; t++) {
          boolean inOrder = lastKind != STORAGE || last < at || (last == at && lastTensor < t);
          if (inOrder
              && deepest[t] < at
              && memory.keep().allows(tensors.get(t))
              && !store(at, memory, t)) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private boolean store(int at, Memory memory, int tensor) {
    int above = deepest[tensor];
    int storage = deepestStorage;
    deepest[tensor] = at;
    deepestStorage = Math.max(storage, at);
    kept[at][tensor] = true;
    boolean goOn =
        with(new Storage(memory.name(), tensors.get(tensor).name()), STORAGE, at, tensor);
    kept[at][tensor] = false;
    deepestStorage = storage;
    deepest[tensor] = above;
    return goOn;
  }

  private boolean iterate() {
    for (int v = 0; v < tile.length; v++) {
      if (lastKind == TEMPORAL && last == v) {
        continue; // neighbours over one variable
      }
      for (long below = 1; below < tile[v]; below++) {
        if (mayCut(v, below) && !cut(v, below, new Temporal(variables.get(v), below), TEMPORAL)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean spread() {
    for (int at = Math.max(deepestStorage, deepestFanout); at < kept.length; at++) {
      if (architecture.nodes().get(at) instanceof Fanout fanout && keepsAllAbove(at)) {
        for (int d = 0; d < fanout.dimensions().size(); d++) {
          for (int v = 0; v < tile.length; v++) {
            if (mayStand(at, fanout, d, v) && !spread(at, fanout, d, v)) {
              return false;
            }
          }
        }
      }
    }
    return true;
  }

  private boolean mayStand(int at, Fanout fanout, int d, int v) {
    Fanout.Dimension dimension = fanout.dimensions().get(d);
    boolean inOrder =
        spatialOrderMatters
            || lastKind != at
            || last <= v
            || (fanout.links().isPresent()
                && nodes.getLast() instanceof Spatial s
                && s.dimension().equals(dimension.name()));
    return inOrder
        && !spread[at][d][v]
        && tensors.stream().allMatch(t -> dimension.allows(t, variables.get(v)));
  }

  private boolean spread(int at, Fanout fanout, int d, int v) {
    Fanout.Dimension dimension = fanout.dimensions().get(d);
    for (long below = 1; below < tile[v]; below++) {
      long count = Math.ceilDiv(tile[v], below);
      if (mayCut(v, below) && count <= dimension.size() / used[at][d]) {
        int above = deepestFanout;
        deepestFanout = at;
        spread[at][d][v] = true;
        used[at][d] *= count;
        var loop = new Spatial(fanout.name(), dimension.name(), variables.get(v), below);
        boolean goOn = cut(v, below, loop, at);
        used[at][d] /= count;
        spread[at][d][v] = false;
        deepestFanout = above;
        if (!goOn) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean mayCut(int v, long below) {
    return tile[v] % below == 0 || imperfect[v];
  }

  /** Whether the memories above a place keep what they must. */
  private boolean keepsAllAbove(int place) {
    for (int at = 0; at < place; at++) {
      if (architecture.nodes().get(at) instanceof Memory memory) {
        for (int t = 0; t < deepest.length; t++) {
          if (!kept[at][t] && memory.keep().requires(tensors.get(t))) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private boolean cut(int v, long below, MappingNode loop, int kind) {
    long above = tile[v];
    tile[v] = below;
    boolean goOn = with(loop, kind, v, -1);
    tile[v] = above;
    return goOn;
  }

  private boolean with(MappingNode node, int kind, int what, int tensor) {
    int kindBefore = lastKind;
    int before = last;
    int tensorBefore = lastTensor;
    nodes.addLast(node);
    lastKind = kind;
    last = what;
    lastTensor = tensor;
    boolean goOn = more();
    nodes.removeLast();
    lastKind = kindBefore;
    last = before;
    lastTensor = tensorBefore;
    return goOn;
  }
}
