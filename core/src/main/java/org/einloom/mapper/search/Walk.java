package org.einloom.mapper.search;

import java.util.ArrayList;
import java.util.List;
import org.einloom.arch.Fanout;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;

/**
 * A mapping in the making, from the outside in: which memories keep what is decided, the nodes so
 * far are here, and {@link #moves} says what may come next. Following every move to the end visits
 * every mapping of the mapspace with this placement, but for those that {@link Equals} leaves out.
 */
final class Walk {
  /** What comes next. */
  sealed interface Move {}

  /** The next storage node of a tensor. */
  record Keep(int tensor) implements Move {}

  /** A temporal loop. */
  record For(int variable, long tile) implements Move {}

  /** A spatial loop. */
  record Par(int fanout, int dimension, int variable, long tile) implements Move {}

  final Problem problem;

  /** By tensor, the nodes of the architecture that keep it, outermost first. */
  final int[][] chain;

  /** By tensor, how many of these are placed. */
  final int[] placed;

  /** By variable, the tile of the innermost loop so far. */
  final long[] tile;

  /** Those after the outermost storage nodes, outermost first. */
  final List<Move> path = new ArrayList<>();

  /** {@code [fanout][dimension]}: children that loops so far use. */
  final long[][] used;

  private final boolean[][][] taken;
  final Equals equals;
  private final Tiles tiles;

  /** How deep spatial loops and storage reach; indices of nodes of the architecture. */
  private int deepestFanout = -1;

  private int deepestStorage;

  Walk(Problem problem, Placement placement, Tiles tiles) {
    this.problem = problem;
    this.tiles = tiles;
    int tensors = problem.tensors.size();
    chain = new int[tensors][];
    placed = new int[tensors];
    deepestStorage = problem.memories[0];
    for (int t = 0; t < tensors; t++) {
      int[] inner = placement.chains()[t];
      chain[t] = new int[inner.length + 1];
      chain[t][0] = problem.memories[0];
      for (int i = 0; i < inner.length; i++) {
        chain[t][i + 1] = inner[inner.length - 1 - i];
      }
      placed[t] = 1;
    }
    tile = problem.extent.clone();
    used = new long[problem.fanouts.length][];
    taken = new boolean[problem.fanouts.length][][];
    for (int f = 0; f < used.length; f++) {
      int dimensions = problem.fanout(problem.fanouts[f]).dimensions().size();
      used[f] = new long[dimensions];
      java.util.Arrays.fill(used[f], 1);
      taken[f] = new boolean[dimensions][problem.variables];
    }
    equals = new Equals(this, tiles);
  }

  /** Whether {@link #mapping} stands for all that begin so. */
  boolean complete() {
    if (equals.ordersOnly()) {
      return true;
    }
    if (equals.owed() >= 0) {
      return false;
    }
    for (int t = 0; t < placed.length; t++) {
      if (placed[t] < chain[t].length) {
        return false;
      }
    }
    for (long left : tile) {
      if (left > 1) {
        return false;
      }
    }
    return true;
  }

  /** What may come next, in a fixed order, but for what {@link Equals} leaves out. */
  List<Move> moves() {
    List<Move> moves = allMoves();
    moves.removeIf(equals::leavesOut);
    return moves;
  }

  /** Everything that may come next. */
  List<Move> allMoves() {
    List<Move> moves = new ArrayList<>();
    for (int t = 0; t < placed.length; t++) {
      if (placed[t] < chain[t].length && chain[t][placed[t]] > deepestFanout && !isTooLarge(t)) {
        moves.add(new Keep(t));
      }
    }
    for (int f = 0; f < used.length; f++) {
      if (mayUse(problem.fanouts[f])) {
        spatial(moves, f);
      }
    }
    for (int v = 0; v < tile.length; v++) {
      boolean again = !path.isEmpty() && path.getLast() instanceof For last && last.variable == v;
      if (!again) {
        for (long t : tiles.below(v, tile[v])) {
          moves.add(new For(v, t));
        }
      }
    }
    return moves;
  }

  /** Whether everything above a fanout is placed and nothing below it is. */
  private boolean mayUse(int fanout) {
    if (fanout < deepestFanout || fanout < deepestStorage) {
      return false;
    }
    for (int t = 0; t < placed.length; t++) {
      if (placed[t] < chain[t].length && chain[t][placed[t]] < fanout) {
        return false;
      }
    }
    return true;
  }

  private void spatial(List<Move> moves, int f) {
    Fanout fanout = problem.fanout(problem.fanouts[f]);
    for (int d = 0; d < used[f].length; d++) {
      long room = fanout.dimensions().get(d).size() / used[f][d];
      for (int v = 0; v < tile.length && room > 1; v++) {
        if (tile[v] > 1 && !taken[f][d][v] && tiles.mayLoop(f, d, v)) {
          for (long t : tiles.below(v, tile[v])) {
            if (Math.ceilDiv(tile[v], t) <= room) {
              moves.add(new Par(f, d, v, t));
            }
          }
        }
      }
    }
  }

  /** What {@link #back} needs. */
  record Before(long tile, int deepestFanout, int deepestStorage) {}

  /** Takes a move. */
  Before go(Move move) {
    Before before =
        switch (move) {
          case Keep k -> new Before(0, deepestFanout, deepestStorage);
          case For l -> new Before(tile[l.variable], deepestFanout, deepestStorage);
          case Par s -> new Before(tile[s.variable], deepestFanout, deepestStorage);
        };
    path.add(move);
    switch (move) {
      case Keep k -> deepestStorage = Math.max(deepestStorage, chain[k.tensor][placed[k.tensor]++]);
      case For l -> tile[l.variable] = l.tile;
      case Par s -> {
        used[s.fanout][s.dimension] *= Math.ceilDiv(tile[s.variable], s.tile);
        taken[s.fanout][s.dimension][s.variable] = true;
        tile[s.variable] = s.tile;
        deepestFanout = problem.fanouts[s.fanout];
      }
    }
    return before;
  }

  /** Takes the last move back. */
  void back(Before before) {
    switch (path.removeLast()) {
      case Keep k -> placed[k.tensor]--;
      case For l -> tile[l.variable] = before.tile;
      case Par s -> {
        used[s.fanout][s.dimension] /= Math.ceilDiv(before.tile, s.tile);
        taken[s.fanout][s.dimension][s.variable] = false;
        tile[s.variable] = before.tile;
      }
    }
    deepestFanout = before.deepestFanout;
    deepestStorage = before.deepestStorage;
  }

  /** Whether a spatial loop over the variable stands on the path, or may follow. */
  boolean mayBeSpread(int variable) {
    for (int f = 0; f < used.length; f++) {
      boolean open = isOpen(f);
      Fanout fanout = problem.fanout(problem.fanouts[f]);
      for (int d = 0; d < used[f].length; d++) {
        if (taken[f][d][variable]
            || (open
                && tiles.mayLoop(f, d, variable)
                && fanout.dimensions().get(d).size() / used[f][d] > 1)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether a spatial loop over the variable may follow. */
  boolean mayFollow(int variable) {
    for (int f = 0; f < used.length; f++) {
      Fanout fanout = problem.fanout(problem.fanouts[f]);
      for (int d = 0; d < used[f].length && isOpen(f); d++) {
        if (!taken[f][d][variable]
            && tiles.mayLoop(f, d, variable)
            && fanout.dimensions().get(d).size() / used[f][d] > 1) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether a tensor has one instance only of whatever is below its innermost placed node. */
  boolean isAlone(int tensor) {
    int last = chain[tensor][placed[tensor] - 1];
    for (int f = 0; f < used.length; f++) {
      if (problem.fanouts[f] > last) {
        for (long n : used[f]) {
          if (isOpen(f) || n > 1) {
            return false;
          }
        }
      }
    }
    return true;
  }

  /** Whether the next node of a tensor is too large for its memory whatever else is there. */
  boolean isTooLarge(int t) {
    var capacity = problem.memory(chain[t][placed[t]]).capacityBits();
    if (capacity.isEmpty() || !problem.regular[t]) {
      return false;
    }
    var widths = problem.architecture.widths();
    var tensor = problem.tensors.get(t);
    double bits = Math.min(widths.of(tensor), widths.partialOf(tensor));
    for (int v = 0; v < tile.length; v++) {
      bits *= problem.relevant[t][v] ? (double) tile[v] : 1;
    }
    return bits > (double) capacity.getAsLong();
  }

  /** Whether loops of the fanout may still follow. */
  boolean isOpen(int f) {
    int fanout = problem.fanouts[f];
    return fanout >= deepestFanout && fanout > deepestStorage;
  }

  /** How many times more computes the fanouts that are left could use at most. */
  double room() {
    double room = 1;
    double left = 1;
    for (int v = 0; v < tile.length; v++) {
      left *= (double) tile[v];
    }
    for (int f = 0; f < used.length; f++) {
      if (isOpen(f)) {
        Fanout fanout = problem.fanout(problem.fanouts[f]);
        for (int d = 0; d < used[f].length; d++) {
          long children = fanout.dimensions().get(d).size() / used[f][d];
          room *= (double) children;
        }
      }
    }
    return Math.min(room, left);
  }

  /** Iterations of a spatial loop on the path. */
  long countOf(Par loop) {
    long size = problem.extent[loop.variable];
    for (Move move : path) {
      if (move.equals(loop)) {
        break;
      }
      size =
          switch (move) {
            case Keep k -> size;
            case For l -> l.variable == loop.variable ? l.tile : size;
            case Par s -> s.variable == loop.variable ? s.tile : size;
          };
    }
    return Math.ceilDiv(size, loop.tile);
  }

  /** Whether the last node is a storage node. */
  boolean atStorage() {
    return path.isEmpty() || path.getLast() instanceof Keep;
  }

  /** Whether any spatial loop may follow. */
  boolean mayBeSpreadFurther() {
    for (int v = 0; v < tile.length; v++) {
      if (tile[v] > 1 && mayFollow(v)) {
        return true;
      }
    }
    return false;
  }

  /** The mapping; of unfinished ones with what is left in temporal loops. */
  LoopTree mapping() {
    return mapping(false);
  }

  /** The same with the next node of every tensor that lacks some before what is left. */
  LoopTree mappingWithNext() {
    return mapping(true);
  }

  private LoopTree mapping(boolean withNext) {
    Problem p = problem;
    List<MappingNode> nodes = new ArrayList<>();
    for (var t : p.tensors) {
      nodes.add(new MappingNode.Storage(p.memory(p.memories[0]).name(), t.name()));
    }
    int[] next = new int[placed.length];
    for (Move move : path) {
      nodes.add(
          switch (move) {
            case Keep k ->
                new MappingNode.Storage(
                    p.memory(chain[k.tensor][++next[k.tensor]]).name(),
                    p.tensors.get(k.tensor).name());
            case For l -> new MappingNode.Temporal(p.variable(l.variable), l.tile);
            case Par s -> {
              Fanout fanout = p.fanout(p.fanouts[s.fanout]);
              yield new MappingNode.Spatial(
                  fanout.name(),
                  fanout.dimensions().get(s.dimension).name(),
                  p.variable(s.variable),
                  s.tile);
            }
          });
    }
    for (int t = 0; t < placed.length && withNext; t++) {
      if (placed[t] < chain[t].length) {
        nodes.add(
            new MappingNode.Storage(p.memory(chain[t][placed[t]]).name(), p.tensors.get(t).name()));
      }
    }
    for (int v = 0; v < tile.length; v++) {
      if (tile[v] > 1) {
        nodes.add(new MappingNode.Temporal(p.variable(v), 1));
      }
    }
    return new LoopTree(nodes);
  }
}
