package org.einloom.mapper.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.einloom.evaluation.Objective;
import org.einloom.mapping.LoopTree;

/**
 * Costs every tile shape of a structure whose loops and storage nodes have an order: each way to
 * share the temporal iterations of every variable among its loops, one by one, none left out. Where
 * all tensors are regular, what a mapping costs is linear in the rounds of its links ({@link
 * Structure}); these are products of bounds. So of one variable, all ways to share it are costed at
 * once, as sums of arrays, with those of the others fixed.
 *
 * <p>It proves nothing that a search does not, and takes no argument to leave anything out: what is
 * said of tile shapes is found so, and searches are held against it.
 */
final class TileSweep {
  /** Where a storage node stands: so many loops are inside. */
  private final int[][] inside;

  /** By place, the variable of the loop there, innermost first. */
  private final int[] loops;

  private final Structure s;
  private final Problem p;
  private final Terrain terrain;
  private final int places;
  private final int variables;

  /** By variable. */
  private final Factorizations[] ways;

  /** The variables, that with most ways last; its ways are costed together. */
  private final int[] order;

  private final int last;

  // of the ways at hand
  private final int[] way;
  private final double[][] accumulated;
  private final boolean[] used;
  private final double[] base;

  /** The dimensions of cost that matter. */
  private final int[] dims;

  /** {@code [dimension][way of the last variable]}. */
  private final double[][] cost;

  private final double[] cycles;
  private final double[] bits;
  private final double[] excess;
  private final double[] ones;
  private final double[] value;

  /** How many ways the last variable has. */
  private final int all;

  /** {@code [memory]}: bits that it has. */
  private final double[] capacity;

  private long evaluated;
  private long fitting;
  private double least = Double.POSITIVE_INFINITY;
  private long leastAt = -1;

  /**
   * @param loops the variable of each temporal loop, innermost first
   * @param inside {@code [tensor][node, innermost first]}: how many loops are inside
   */
  TileSweep(Structure s, Terrain terrain, int[] loops, int[][] inside) {
    this.s = s;
    this.terrain = terrain;
    this.inside = inside;
    this.loops = loops;
    p = s.problem;
    places = loops.length;
    variables = p.variables;
    ways = new Factorizations[variables];
    int most = 0;
    for (int v = 0; v < variables; v++) {
      List<Integer> own = new ArrayList<>();
      for (int x = 0; x < loops.length; x++) {
        if (loops[x] == v) {
          own.add(x);
        }
      }
      ways[v] = new Factorizations(s.temporal[v], own, places);
      most = ways[v].count > ways[most].count ? v : most;
    }
    last = most;
    order = new int[variables];
    int n = 0;
    for (int v = 0; v < variables; v++) {
      if (v != last) {
        order[n++] = v;
      }
    }
    order[n] = last;
    way = new int[variables];
    accumulated = new double[places + 1][s.dimensions];
    used = new boolean[places + 1];
    base = new double[s.dimensions];
    all = ways[last].count;
    dims = dims();
    cost = new double[s.dimensions][all];
    cycles = new double[all];
    bits = new double[all];
    excess = new double[all];
    ones = new double[all];
    value = new double[all];
    Arrays.fill(ones, 1);
    capacity = new double[p.nodes.size()];
    Arrays.fill(capacity, Double.POSITIVE_INFINITY);
    for (int t = 0; t < inside.length; t++) {
      for (int j = 0; j < inside[t].length; j++) {
        capacity[s.placement.chains()[t][j]] = terrain.capacity[t][j];
      }
    }
  }

  /** Whether what such structures cost is what this adds up. */
  static boolean covers(Structure s) {
    boolean covered = s.halo == null && !s.impossible;
    for (int t = 0; t < s.perRound.length; t++) {
      covered &= s.problem.regular[t];
      for (int j = 0; j < s.perRound[t].length; j++) {
        covered &= !s.cannotFill[t][j] && !s.parentCannotRead[t][j];
      }
    }
    return covered;
  }

  /** How many tile shapes there are. */
  double count() {
    double count = 1;
    for (Factorizations f : ways) {
      count *= f.count;
    }
    return count;
  }

  long evaluated() {
    return evaluated;
  }

  /** How many of those fit into all memories. */
  long fitting() {
    return fitting;
  }

  /** The least value of those that fit. */
  double least() {
    return least;
  }

  /** Which of them has it: see {@link #bounds}. */
  long leastAt() {
    return leastAt;
  }

  /**
   * Costs all.
   *
   * @param values as many, to be filled with their values, infinite where one does not fit; or none
   */
  void run(Objective objective, double clockHz, double[] values) {
    Arrays.fill(way, 0);
    long index = 0;
    do {
      evaluated += all;
      if (room()) {
        cost();
        take(objective, clockHz, index, values);
      } else if (values.length > 0) {
        Arrays.fill(values, (int) index, (int) index + all, Double.POSITIVE_INFINITY);
      }
      index += all;
    } while (next());
  }

  /** The bounds of all loops of a tile shape, innermost first. */
  long[] bounds(long index) {
    long[] bounds = new long[places];
    long left = index;
    for (int i = variables - 1; i >= 0; i--) {
      Factorizations f = ways[order[i]];
      long[] own = f.bounds((int) (left % f.count));
      left /= f.count;
      for (int x = 0, n = 0; x < places; x++) {
        if (loops[x] == order[i]) {
          bounds[x] = own[n++];
        }
      }
    }
    return bounds;
  }

  /** The mapping with a tile shape. */
  LoopTree mapping(long index) {
    long[] bounds = bounds(index);
    List<Assembly.Step> steps = new ArrayList<>();
    for (int x = places; x >= 0; x--) {
      // those of memories further out first, as fanouts between them ask for
      for (int m : p.memories) {
        for (int t = 0; t < inside.length; t++) {
          for (int j = 0; j < inside[t].length; j++) {
            if (inside[t][j] == x && s.placement.chains()[t][j] == m) {
              steps.add(new Assembly.Node(t));
            }
          }
        }
      }
      if (x > 0 && bounds[x - 1] > 1) {
        steps.add(new Assembly.Loop(loops[x - 1], bounds[x - 1]));
      }
    }
    return Assembly.mapping(s, steps);
  }

  /** The next ways of all variables but the last; false if there are no more. */
  private boolean next() {
    for (int i = variables - 2; i >= 0; i--) {
      int v = order[i];
      if (++way[v] < ways[v].count) {
        return true;
      }
      way[v] = 0;
    }
    return false;
  }

  /** The place of the first loop that moves the tile of a node; behind all if there is none. */
  private int mover(int t, int x, int g) {
    int mover = places;
    for (int v = 0; v < variables; v++) {
      if (p.relevant[t][v]) {
        int group = v == last ? g : ways[v].groupOf[way[v]];
        mover = Math.min(mover, ways[v].first[group][x]);
      }
    }
    return mover;
  }

  /** Rounds of a link, but for the last variable's share if that is irrelevant. */
  private double rounds(int t, int from) {
    double rounds = 1;
    for (int v = 0; v < variables; v++) {
      if (v != last && !p.relevant[t][v]) {
        rounds *= ways[v].outside[from][way[v]];
      }
    }
    return rounds;
  }

  /** Adds up energy and cycles of all of the last variable's ways. */
  private void cost() {
    Factorizations ways = this.ways[last];
    for (int t = 0; t < inside.length; t++) {
      for (int j = 0; j < inside[t].length && !p.relevant[t][last]; j++) {
        int mover = mover(t, inside[t][j], 0);
        if (!used[mover]) {
          used[mover] = true;
          Arrays.fill(accumulated[mover], 0);
        }
        add(s.perRound[t][j], rounds(t, mover), accumulated[mover]);
      }
    }
    for (int g = 0; g + 1 < ways.group.length; g++) {
      System.arraycopy(s.constant, 0, base, 0, base.length);
      for (int t = 0; t < inside.length; t++) {
        for (int j = 0; j < inside[t].length && p.relevant[t][last]; j++) {
          int mover = mover(t, inside[t][j], g);
          add(s.perRound[t][j], rounds(t, mover), base);
        }
      }
      for (int d : dims) {
        Arrays.fill(cost[d], ways.group[g], ways.group[g + 1], base[d]);
      }
    }
    Arrays.fill(cycles, s.computeCycles);
    for (int d : dims) {
      double[] of = cost[d];
      for (int x = 0; x <= places; x++) {
        double by = used[x] ? accumulated[x][d] : 0;
        if (by != 0) {
          addProduct(by, ways.outside[x], of);
        }
      }
      if (d > 0) {
        for (int k = 0; k < of.length; k++) {
          cycles[k] = Math.max(cycles[k], of[k]);
        }
      }
    }
    addProduct(s.leakPjPerCycle, cycles, cost[0]);
    Arrays.fill(used, false);
  }

  private static void add(double[] link, double rounds, double[] sum) {
    for (int d = 0; d < link.length; d++) {
      sum[d] += link[d] * rounds;
    }
  }

  private static void addProduct(double by, double[] of, double[] into) {
    for (int k = 0; k < into.length; k++) {
      into[k] += by * of[k];
    }
  }

  /** Finds by how much each of the last variable's ways does not fit; false if none does. */
  private boolean room() {
    Arrays.fill(excess, 0);
    for (int m : p.memories) {
      if (capacity[m] == Double.POSITIVE_INFINITY) {
        continue;
      }
      Arrays.fill(bits, -capacity[m]);
      for (int t = 0; t < inside.length; t++) {
        int[] chain = s.placement.chains()[t];
        for (int j = 0; j < chain.length; j++) {
          if (chain[j] == m) {
            addTile(t, j);
          }
        }
      }
      for (int k = 0; k < excess.length; k++) {
        excess[k] = Math.max(excess[k], bits[k]);
      }
    }
    for (double e : excess) {
      if (e <= 0) {
        return true;
      }
    }
    return false;
  }

  /** Adds what a node's tile takes of its memory. */
  private void addTile(int t, int j) {
    double tile = 1;
    for (int v = 0; v < variables; v++) {
      if (v != last && p.relevant[t][v]) {
        tile *= ways[v].inside[inside[t][j]][way[v]];
      }
    }
    // where the last variable is irrelevant, it has no share
    double[] share = p.relevant[t][last] ? ways[last].inside[inside[t][j]] : ones;
    if (t != p.result || terrain.nodeBitsComplete[t][j] == terrain.nodeBits[t][j]) {
      addProduct(tile * terrain.nodeBits[t][j], share, bits);
      return;
    }
    int[] group = ways[last].group;
    for (int g = 0; g + 1 < group.length; g++) {
      double[] word = isComplete(t, j, g) ? terrain.nodeBitsComplete[t] : terrain.nodeBits[t];
      for (int k = group[g]; k < group[g + 1]; k++) {
        bits[k] += tile * word[j] * share[k];
      }
    }
  }

  /** Whether all words that a node of the result ever gets are complete: each comes once. */
  private boolean isComplete(int t, int j, int g) {
    return s.mayBeComplete[t][j] && movesOnce(t, j, g) && (j == 0 || movesOnce(t, j - 1, g));
  }

  private boolean movesOnce(int t, int j, int g) {
    int mover = mover(t, inside[t][j], g);
    return rounds(t, mover) == 1
        && (p.relevant[t][last] || ways[last].outside[mover][ways[last].group[g]] == 1);
  }

  private void take(Objective objective, double clockHz, long index, double[] values) {
    double[] value = value(objective, 1 / clockHz);
    for (int k = 0; k < all; k++) {
      if (excess[k] <= 0) {
        fitting++;
        if (value[k] < least) {
          least = value[k];
          leastAt = index + k;
        }
      }
    }
    for (int k = 0; k < all && values.length > 0; k++) {
      values[(int) index + k] = excess[k] <= 0 ? value[k] : Double.POSITIVE_INFINITY;
    }
  }

  /** {@link Objective#value(double, double)} of all of the last variable's ways. */
  private double[] value(Objective objective, double secondsPerCycle) {
    double energyWeight = objective.energyWeight();
    double latencyWeight = objective.latencyWeight() * secondsPerCycle;
    double[] energyPj = cost[0];
    switch (objective.kind()) {
      case ENERGY -> System.arraycopy(energyPj, 0, value, 0, all);
      case LATENCY -> {
        for (int k = 0; k < value.length; k++) {
          value[k] = cycles[k] * secondsPerCycle;
        }
      }
      case EDP -> {
        for (int k = 0; k < value.length; k++) {
          value[k] = energyPj[k] * cycles[k] * secondsPerCycle;
        }
      }
      case WEIGHTED -> {
        for (int k = 0; k < value.length; k++) {
          value[k] = energyWeight * energyPj[k] + latencyWeight * cycles[k];
        }
      }
    }
    return value;
  }

  /** Energy, and the ports that may be the slowest. */
  private int[] dims() {
    List<Integer> dims = new ArrayList<>(List.of(0));
    for (int d = 1; d < s.dimensions; d++) {
      double most = s.constant[d];
      for (int t = 0; t < s.perRound.length; t++) {
        for (double[] link : s.perRound[t]) {
          most += Math.max(link[d], link[d] * terrain.mostRounds[t]);
        }
      }
      if (most > s.computeCycles) {
        dims.add(d);
      }
    }
    return dims.stream().mapToInt(Integer::intValue).toArray();
  }
}
