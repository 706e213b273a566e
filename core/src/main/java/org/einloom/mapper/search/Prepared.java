package org.einloom.mapper.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Structure} made ready for {@link TemporalSearch}: what rounds, tiles and ports cost by
 * position, which nodes fit where, and what is bounded for all ways together.
 */
final class Prepared {
  final Structure s;
  private final Terrain terrain;
  final Lattice lattice;
  final int tensors;

  /** {@code [tensor][position]}: irrelevant iterations outside. */
  final double[][] rounds;

  /** {@code [tensor][position]}: relevant iterations below. */
  final double[][] tile;

  /** By tensor, all irrelevant iterations. */
  final double[] mostRounds;

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

  /** {@code [tensor][node]}: whether it is placed only when its tile would grow too large. */
  final boolean[][] late;

  /** {@code [tensor][node][tensor]}: how many nodes of the other have to be placed before. */
  final int[][][] needs;

  final FillBound fill;
  final @Nullable RankNumbers numbers;
  final @Nullable HaloReach reach;
  // what only labels need

  private final boolean latePlacement;
  private final boolean idlePorts;

  /** Dimensions of cost that matter; energy first. */
  int[] dims = new int[0];

  /** {@code [tensor][node][of these]}. */
  double[][][] perRound = new double[0][][];

  /** Cycles that are needed whatever the loops. */
  double floorCycles;

  /** {@code [of these][tensor]}: the last link that adds to it. */
  int[][] lastLink = new int[0][];

  @Nullable HaloWay way;

  /**
   * @param terrain what it has in common with others
   * @param latePlacement whether nodes are placed as far out as they fit
   * @param idlePorts whether ports are left out that are never the slowest
   */
  Prepared(Structure structure, Terrain terrain, boolean latePlacement, boolean idlePorts) {
    this.latePlacement = latePlacement;
    this.idlePorts = idlePorts;
    s = structure;
    Problem p = s.problem;
    tensors = p.tensors.size();
    this.terrain = terrain;
    lattice = terrain.lattice;
    rounds = terrain.rounds;
    tile = terrain.tile;
    mostRounds = terrain.mostRounds;
    numbers = terrain.overlapping == null ? null : terrain.overlapping.ranks().of(s);
    reach = terrain.reach(s);
    capOf = terrain.capOf;
    capLast = terrain.capLast;
    nodeBits = terrain.nodeBits;
    nodeBitsComplete = terrain.nodeBitsComplete;
    capacity = terrain.capacity;
    needs = new int[tensors][][];
    late = new boolean[tensors][];
    nodes(p);
    fill = new FillBound(s, reach, terrain);
  }

  /** The same where every node has so much room for itself, whatever others take. */
  private Prepared(Prepared shared, double[][] roomBits) {
    latePlacement = shared.latePlacement;
    idlePorts = shared.idlePorts;
    s = shared.s;
    tensors = shared.tensors;
    lattice = shared.lattice;
    rounds = shared.rounds;
    tile = shared.tile;
    mostRounds = shared.mostRounds;
    numbers = shared.numbers;
    reach = shared.reach;
    nodeBits = shared.nodeBits;
    nodeBitsComplete = shared.nodeBitsComplete;
    needs = shared.needs;
    terrain = shared.terrain;
    capLast = new int[0];
    capacity = roomBits;
    capOf = new int[tensors][];
    late = new boolean[tensors][];
    for (int t = 0; t < tensors; t++) {
      capOf[t] = new int[roomBits[t].length];
      Arrays.fill(capOf[t], -1);
      late[t] = new boolean[roomBits[t].length];
      for (int j = 0; j < late[t].length; j++) {
        late[t][j] = isLate(t, j);
      }
    }
    dims = shared.dims;
    perRound = shared.perRound;
    floorCycles = shared.floorCycles;
    lastLink = shared.lastLink;
    way = shared.way;
    fill = shared.fill.within(terrain.fits.within(terrain.leastBits(), roomBits, capOf));
  }

  /**
   * The same structure where memories that tensors share are divided among them.
   *
   * @param roomBits {@code [tensor][node]}: what each node has for itself
   */
  Prepared within(double[][] roomBits) {
    return new Prepared(this, roomBits);
  }

  /** Whether a node is placed only where its tile would grow too large otherwise. */
  private boolean isLate(int t, int j) {
    boolean late = latePlacement && capOf[t][j] < 0 && nodeBitsComplete[t][j] >= nodeBits[t][j];
    for (double pj : s.perRound[t][j]) {
      late &= pj >= 0;
    }
    return late;
  }

  /**
   * Takes up what labels need besides.
   *
   * @param best what is known: what costs more is of no interest; null if it is not asked
   */
  Prepared forLabels(@Nullable Incumbents best) {
    int[] before = dims;
    ports(best);
    if (!Arrays.equals(before, dims)) {
      way =
          reach == null || numbers == null || s.halo == null
              ? null
              : new HaloWay(s.halo, reach, numbers, lattice, rounds[s.halo.tensor], dims);
    }
    return this;
  }

  /** How overlapping tiles cost what they do; null if none do. */
  @Nullable HaloWay way() {
    return dims.length > 0 ? way : forLabels(null).way;
  }

  private void ports(@Nullable Incumbents best) {
    floorCycles = s.computeCycles;
    double[] least = new double[s.dimensions];
    double[] most = new double[s.dimensions];
    for (int d = 0; d < s.dimensions; d++) {
      least[d] = s.constant[d];
      most[d] = s.constant[d];
      if (s.halo != null) {
        for (Halo.Measure m : s.halo.measures) {
          if (m.costPerWord()[d] > 0) {
            least[d] += m.costPerWord()[d] * m.least();
            most[d] = Double.POSITIVE_INFINITY;
          }
        }
      }
      for (int t = 0; t < tensors; t++) {
        for (double[] link : s.perRound[t]) {
          least[d] += link[d] >= 0 ? link[d] : link[d] * mostRounds[t];
          most[d] += link[d] >= 0 ? link[d] * mostRounds[t] : link[d];
        }
      }
      if (d > 0) {
        floorCycles = Math.max(floorCycles, least[d]);
      }
    }
    // a port that can never be the slowest is none of our business
    List<Integer> kept = new ArrayList<>();
    kept.add(0);
    for (int d = 1; d < s.dimensions; d++) {
      if (!idlePorts || (most[d] > floorCycles && mayBeSlowest(d, least, best))) {
        kept.add(d);
      }
    }
    dims = kept.stream().mapToInt(Integer::intValue).toArray();
    perRound = new double[tensors][][];
    for (int t = 0; t < tensors; t++) {
      perRound[t] = new double[s.perRound[t].length][dims.length];
      for (int j = 0; j < perRound[t].length; j++) {
        for (int d = 0; d < dims.length; d++) {
          perRound[t][j][d] = s.perRound[t][j][dims[d]];
        }
      }
    }
    lastLink = new int[dims.length][tensors];
    for (int d = 1; d < dims.length; d++) {
      for (int t = 0; t < tensors; t++) {
        for (int j = 0; j < perRound[t].length; j++) {
          boolean used = perRound[t][j][d] != 0;
          if (s.halo != null && s.halo.tensor == t) {
            for (Halo.Measure m : s.halo.measures) {
              used |= m.link() == j + 1 && m.costPerWord()[dims[d]] != 0;
            }
          }
          lastLink[d][t] = used ? j + 1 : lastLink[d][t];
        }
      }
    }
  }

  /**
   * Whether a port can be the slowest in a mapping that is better than what is known. Every link
   * and every measure that takes more of the port's time than the least takes more energy, too; if
   * all that it takes for the port to exceed the time that is needed anyway is too dear, it never
   * does.
   *
   * @param least by dimension, the least cost
   */
  private boolean mayBeSlowest(int d, double[] least, @Nullable Incumbents best) {
    double cyclesPerPj = 0;
    for (int t = 0; t < tensors; t++) {
      for (double[] link : s.perRound[t]) {
        if (link[d] != 0) {
          cyclesPerPj = Math.max(cyclesPerPj, link[d] / link[0]);
          if (!(link[0] * link[d] > 0)) {
            return true;
          }
        }
      }
    }
    if (s.halo != null) {
      for (Halo.Measure m : s.halo.measures) {
        if (m.costPerWord()[d] > 0) {
          if (m.costPerWord()[0] <= 0) {
            return true;
          }
          cyclesPerPj = Math.max(cyclesPerPj, m.costPerWord()[d] / m.costPerWord()[0]);
        }
      }
    }
    double pj = least[0] + (floorCycles - least[d]) / cyclesPerPj * (1 - 1e-9);
    return best == null
        || (cyclesPerPj > 0 && !best.prunes(pj + s.leakPjPerCycle * floorCycles, floorCycles));
  }

  private void nodes(Problem p) {
    for (int t = 0; t < tensors; t++) {
      int[] chain = s.placement.chains()[t];
      needs[t] = new int[chain.length][tensors];
      late[t] = new boolean[chain.length];
      for (int j = 0; j < chain.length; j++) {
        late[t][j] = isLate(t, j);
        // a fanout in use stands above all nodes below it
        int lowest = -1;
        for (int f = 0; f < p.fanouts.length; f++) {
          if (p.fanouts[f] > chain[j] && s.spreads[f].used() > 1) {
            lowest = p.fanouts[f];
            break;
          }
        }
        for (int u = 0; u < tensors && lowest >= 0; u++) {
          for (int m : s.placement.chains()[u]) {
            if (m > lowest) {
              needs[t][j][u]++;
            }
          }
        }
      }
    }
  }

  /** See {@link Terrain.Overlapping}. */
  int[] related() {
    return Objects.requireNonNull(terrain.overlapping).related();
  }

  /** Bits of a node's tile at a position, at least. */
  double leastBits(int t, int j, int position) {
    return s.problem.regular[t]
        ? tile[t][position] * Math.min(nodeBits[t][j], nodeBitsComplete[t][j])
        : haloBits(t, j, position);
  }

  /** Bits of the tile of a node of the operand whose tiles overlap. */
  double haloBits(int t, int j, int position) {
    return terrain.haloBits(s, t, j, position);
  }

  /**
   * By position, whether the tile of the innermost node of the operand that overlaps fits; null if
   * there is none, or it does not decide.
   */
  boolean @Nullable [] sliding() {
    if (s.halo == null || numbers == null || reach == null) {
      return null;
    }
    int t = s.halo.tensor;
    if (late[t].length == 0 || !late[t][0]) {
      return null;
    }
    boolean[] fits = new boolean[lattice.positions];
    int[] related = related();
    for (int x = 0; x < fits.length; x++) {
      fits[x] = related[x] == x ? haloBits(t, 0, x) <= capacity[t][0] : fits[related[x]];
    }
    return fits;
  }
}
