package org.einloom.mapper.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.einloom.model.LongKey;
import org.jspecify.annotations.Nullable;

/**
 * What structures have in common that place nodes alike, have the same temporal iterations, and the
 * same children below their nodes: positions, tiles, and which nodes fit where. Which fanout
 * spreads what makes no difference to these; it does to what they cost.
 */
final class Terrain {
  final Lattice lattice;

  /** {@code [tensor][position]}: irrelevant iterations outside. */
  final double[][] rounds;

  /** The same by position and tensor. */
  final double[] roundsAt;

  /** {@code [tensor][position]}: relevant iterations below. */
  final double[][] tile;

  /** By tensor, all irrelevant iterations. */
  final double[] mostRounds;

  /** By position, the steps that are not done, as bits. */
  final int[] open;

  /** {@code [tensor][node]}: which of the memories that several tensors share it is in; or -1. */
  final int[][] capOf;

  /** By shared memory, how many nodes it holds. */
  final int[] capLast;

  /** {@code [tensor][node]}: bits of a tile of one iteration. */
  final double[][] nodeBits;

  /** The same of words that are complete. */
  final double[][] nodeBitsComplete;

  /** {@code [tensor][node]}: bits of its memory. */
  final double[][] capacity;

  final Fits fits;

  /** Of the operand whose tiles overlap. */
  final @Nullable Overlapping overlapping;

  private final int tensors;

  /**
   * What is known of the operand whose tiles overlap.
   *
   * @param ranks numbers by rank
   * @param relevant by position, its number for all ranks together
   * @param related by position, the least one with the same iterations of relevant variables
   * @param tile {@code [node][position]}: bits of its tile; 0 if they are not known yet
   * @param rank {@code [node][rank][number]}: words of the tile in one rank; 0 if not known yet
   */
  @SuppressWarnings("ArrayRecordComponent") // internal; never compared
  record Overlapping(
      RankNumbers ranks, int[] relevant, int[] related, double[][] tile, double[][][] rank) {}

  private Terrain(Structure s, boolean variablesOfAClass, boolean separate) {
    Problem p = s.problem;
    tensors = p.tensors.size();
    lattice = Lattice.of(s, variablesOfAClass, separate);
    open = lattice.open();
    rounds = new double[tensors][];
    tile = new double[tensors][];
    mostRounds = new double[tensors];
    for (int t = 0; t < tensors; t++) {
      boolean[] irrelevant = new boolean[p.variables];
      double most = 1;
      for (int v = 0; v < p.variables; v++) {
        irrelevant[v] = !p.relevant[t][v];
        most *= irrelevant[v] ? (double) s.temporal[v] : 1;
      }
      mostRounds[t] = most;
      tile[t] = lattice.products(p.relevant[t]);
      rounds[t] = lattice.products(irrelevant);
      for (int x = 0; x < lattice.positions; x++) {
        rounds[t][x] = most / rounds[t][x];
      }
    }
    roundsAt = new double[lattice.positions * tensors];
    for (int i = 0; i < roundsAt.length; i++) {
      roundsAt[i] = rounds[i % tensors][i / tensors];
    }
    overlapping = s.halo == null ? null : overlapping(s, s.halo);
    int[] slot = new int[p.nodes.size()];
    capLast = shared(s, slot);
    capOf = new int[tensors][];
    nodeBits = new double[tensors][];
    nodeBitsComplete = new double[tensors][];
    capacity = new double[tensors][];
    for (int t = 0; t < tensors; t++) {
      capacities(s, t, slot);
    }
    HaloReach reach = reach(s);
    fits = new Fits(s, reach, lattice, tile, leastBits(), capacity, capOf);
  }

  /** How far the operand whose tiles overlap reaches in a structure; null if there is none. */
  @Nullable HaloReach reach(Structure s) {
    return s.halo == null || overlapping == null
        ? null
        : new HaloReach(
            s.halo, overlapping.ranks.of(s), lattice, overlapping.relevant, overlapping.related);
  }

  /** {@code [tensor][node]}: bits of a tile of one iteration, at least. */
  double[][] leastBits() {
    double[][] least = new double[tensors][];
    for (int t = 0; t < tensors; t++) {
      least[t] = new double[nodeBits[t].length];
      for (int j = 0; j < least[t].length; j++) {
        least[t][j] = Math.min(nodeBits[t][j], nodeBitsComplete[t][j]);
      }
    }
    return least;
  }

  private Overlapping overlapping(Structure s, Halo halo) {
    var ranks = new RankNumbers(halo, lattice);
    int nodes = s.placement.chains()[halo.tensor].length;
    double[][][] rank = new double[nodes][ranks.count.length][];
    for (double[][] ofNode : rank) {
      for (int r = 0; r < ofNode.length; r++) {
        ofNode[r] = new double[ranks.count[r]];
      }
    }
    return new Overlapping(
        ranks,
        lattice.sums(ranks.relevantAdds),
        lattice.projections(s.problem.relevant[halo.tensor]),
        new double[nodes][lattice.positions],
        rank);
  }

  /**
   * The memories that tensors share: how many nodes each holds.
   *
   * @param slot to be filled: by memory, its number among them; or -1
   */
  private static int[] shared(Structure s, int[] slot) {
    Problem p = s.problem;
    int[] memoryTensors = new int[slot.length];
    for (int[] chain : s.placement.chains()) {
      for (int m : chain) {
        memoryTensors[m]++;
      }
    }
    List<Integer> last = new ArrayList<>();
    for (int m = 0; m < slot.length; m++) {
      slot[m] = -1;
      if (memoryTensors[m] > 1 && p.memory(m).capacityBits().isPresent()) {
        slot[m] = last.size();
        last.add(memoryTensors[m]);
      }
    }
    return last.stream().mapToInt(Integer::intValue).toArray();
  }

  private void capacities(Structure s, int t, int[] slot) {
    Problem p = s.problem;
    int[] chain = s.placement.chains()[t];
    capOf[t] = new int[chain.length];
    nodeBits[t] = new double[chain.length];
    nodeBitsComplete[t] = new double[chain.length];
    capacity[t] = new double[chain.length];
    for (int j = 0; j < chain.length; j++) {
      capOf[t][j] = slot[chain[j]];
      double below = below(s, t, j);
      nodeBits[t][j] = below * p.architecture.widths().partialOf(p.tensors.get(t));
      nodeBitsComplete[t][j] = below * p.architecture.widths().of(p.tensors.get(t));
      OptionalLong bits = p.memory(chain[j]).capacityBits();
      capacity[t][j] = bits.isPresent() ? (double) bits.getAsLong() : Double.POSITIVE_INFINITY;
    }
  }

  /** Words of a node's tile of one iteration. */
  private static double below(Structure s, int t, int j) {
    double below = 1;
    for (int v = 0; v < s.problem.variables; v++) {
      if (s.problem.relevant[t][v]) {
        below *= (double) s.below[t][j][v];
      }
    }
    return below;
  }

  /** Bits of a node's tile of one iteration, at least. */
  static double leastNodeBits(Structure s, int t, int j) {
    Problem p = s.problem;
    var widths = p.architecture.widths();
    int bits = Math.min(widths.of(p.tensors.get(t)), widths.partialOf(p.tensors.get(t)));
    return below(s, t, j) * bits;
  }

  /**
   * Bits of the tile of a node of the operand whose tiles overlap.
   *
   * @param s any structure that has this in common
   */
  double haloBits(Structure s, int t, int j, int position) {
    if (s.halo == null || overlapping == null) {
      throw new IllegalStateException();
    }
    double[] tiles = overlapping.tile[j];
    if (tiles[position] == 0) {
      double words = s.problem.architecture.widths().of(s.problem.tensors.get(t));
      double[][] known = overlapping.rank[j];
      for (int r = 0; r < known.length; r++) {
        int n = overlapping.ranks.of(r)[position];
        if (known[r][n] == 0) {
          long[] sizes = lattice.iterations(position);
          for (int v = 0; v < sizes.length; v++) {
            sizes[v] *= s.below[t][j][v];
          }
          known[r][n] = s.halo.tile(r, sizes);
        }
        words *= known[r][n];
      }
      tiles[position] = words;
    }
    return tiles[position];
  }

  /** Those of one problem, the last used of them. */
  static final class Atlas {
    /** Of so many positions together; one takes some 150 bytes. */
    private static final long MOST_POSITIONS = 1_000_000;

    private final boolean variablesOfAClass;
    private final boolean separate;
    private final long most;
    private final Map<Key, Terrain> known = new LinkedHashMap<>(64, 0.75f, true);
    private long positions;
    private @Nullable Problem problem;

    private record Key(Placement placement, LongKey data) {}

    Atlas() {
      this(true, true, MOST_POSITIONS);
    }

    /**
     * @param variablesOfAClass whether variables of one class count as one
     * @param separate whether loops that may all be outermost are no steps
     */
    Atlas(boolean variablesOfAClass, boolean separate) {
      this(variablesOfAClass, separate, MOST_POSITIONS);
    }

    /**
     * @param most positions that are remembered
     */
    Atlas(boolean variablesOfAClass, boolean separate, long most) {
      this.variablesOfAClass = variablesOfAClass;
      this.separate = separate;
      this.most = most;
    }

    Terrain of(Structure s) {
      if (problem != s.problem) {
        problem = s.problem;
        known.clear();
        positions = 0;
      }
      Terrain found = known.computeIfAbsent(key(s), k -> make(s));
      for (var eldest = known.entrySet().iterator(); positions > most && known.size() > 1; ) {
        positions -= eldest.next().getValue().lattice.positions;
        eldest.remove();
      }
      return found;
    }

    private Terrain make(Structure s) {
      var made = new Terrain(s, variablesOfAClass, separate);
      positions += made.lattice.positions;
      return made;
    }

    private static Key key(Structure s) {
      var data = new LongKey.Builder();
      for (int v = 0; v < s.temporal.length; v++) {
        data.add(s.temporal[v]);
        boolean spread = false;
        for (Spread f : s.spreads) {
          spread |= f.factor()[v] > 1;
        }
        data.add(spread);
      }
      for (long[][] tensor : s.below) {
        for (long[] node : tensor) {
          for (long x : node) {
            data.add(x);
          }
        }
      }
      return new Key(s.placement, data.key());
    }
  }
}
