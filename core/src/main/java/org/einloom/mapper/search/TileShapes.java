package org.einloom.mapper.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.einloom.mapper.SearchLog;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;

/**
 * The tile shapes beside that of a mapping: all that the same storage nodes, spatial loops, and
 * temporal loops in the same order may have.
 */
final class TileShapes {
  /** No more than this are costed to be counted. */
  private static final double MOST = 2e6;

  /** No more numbers than this are kept of the ways to share variables. */
  private static final double MOST_KEPT = 8e6;

  private TileShapes() {}

  /** How many there are and how good, as far as that can be told in a moment. */
  static Optional<SearchLog.Shapes> around(Problem p, LoopTree mapping) {
    return withEveryLoop(p, mapping, MOST)
        .or(() -> of(p, mapping, MOST))
        .map(sweep -> count(p, sweep));
  }

  private static SearchLog.Shapes count(Problem p, TileSweep sweep) {
    double[] values = new double[(int) sweep.count()];
    sweep.run(p.objective, p.architecture.clockHz(), values);
    Arrays.sort(values);
    int fitting = (int) sweep.fitting();
    return new SearchLog.Shapes(
        values.length,
        fitting,
        within(values, 1.01),
        within(values, 1.1),
        within(values, 2),
        fitting == 0 ? Double.NaN : values[fitting / 2]);
  }

  /** How many are at most so many times the least. */
  private static long within(double[] sorted, double times) {
    return Arrays.stream(sorted)
        .filter(Double::isFinite)
        .takeWhile(v -> v <= times * sorted[0])
        .count();
  }

  /**
   * Those with the loops that a mapping has.
   *
   * @return empty where there are more than that, or they are not all costed by rounds alone: see
   *     {@link TileSweep#covers}
   */
  static Optional<TileSweep> of(Problem p, LoopTree mapping, double most) {
    return of(p, mapping, most, false);
  }

  /**
   * Those with a loop over every variable besides, wherever storage nodes have loops between them:
   * ones that the mapping lacks stand outermost there.
   */
  static Optional<TileSweep> withEveryLoop(Problem p, LoopTree mapping, double most) {
    return of(p, mapping, most, true);
  }

  private static Optional<TileSweep> of(Problem p, LoopTree mapping, double most, boolean every) {
    if (!Searches.isCovered(p) || p.rules != null) {
      return Optional.empty();
    }
    for (boolean regular : p.regular) {
      if (!regular) {
        return Optional.empty();
      }
    }
    Structure s = structure(p, mapping);
    if (!TileSweep.covers(s)) {
      return Optional.empty();
    }
    List<Integer> loops = new ArrayList<>();
    int[][] inside = new int[p.tensors.size()][];
    for (int t = 0; t < inside.length; t++) {
      inside[t] = new int[s.placement.chains()[t].length];
    }
    int[] next = new int[inside.length];
    boolean[] seen = new boolean[p.variables];
    List<MappingNode> nodes = mapping.nodes();
    for (int i = nodes.size() - 1; i >= inside.length; i--) {
      switch (nodes.get(i)) {
        case MappingNode.Temporal l -> {
          int v = p.number(l.variable());
          loops.add(v);
          seen[v] = true;
        }
        case MappingNode.Spatial l -> {}
        case MappingNode.Storage n -> {
          complete(p, loops, seen, every);
          int t = tensor(p, n.tensor());
          inside[t][next[t]++] = loops.size();
        }
      }
    }
    complete(p, loops, seen, every);
    if (!areFew(s, loops, most)) {
      return Optional.empty();
    }
    int[] order = loops.stream().mapToInt(Integer::intValue).toArray();
    Terrain terrain = new Terrain.Atlas(false, false).of(s);
    return Optional.of(new TileSweep(s, terrain, order, inside));
  }

  /** Whether they are no more than that, as told before any is made, and take little room. */
  private static boolean areFew(Structure s, List<Integer> loops, double most) {
    double count = 1;
    double kept = 0;
    for (int v = 0; v < s.temporal.length; v++) {
      int variable = v;
      int own = (int) loops.stream().filter(l -> l == variable).count();
      double ways = Factorizations.count(s.temporal[v], own);
      count *= ways;
      kept += 2 * ways * (loops.size() + 1);
    }
    return count <= most && kept <= MOST_KEPT;
  }

  /** Ends what stands between two nodes. */
  private static void complete(Problem p, List<Integer> loops, boolean[] seen, boolean every) {
    boolean any = false;
    for (boolean one : seen) {
      any |= one;
    }
    for (int v = 0; v < seen.length; v++) {
      if (every && any && !seen[v] && p.extent[v] > 1) {
        loops.add(v);
      }
      seen[v] = false;
    }
  }

  private static int tensor(Problem p, String name) {
    for (int t = 0; t < p.tensors.size(); t++) {
      if (p.tensors.get(t).name().equals(name)) {
        return t;
      }
    }
    throw new IllegalArgumentException(name);
  }

  /** Who keeps what in a mapping, and what each fanout spreads. */
  private static Structure structure(Problem p, LoopTree mapping) {
    List<List<Integer>> chains = new ArrayList<>();
    p.tensors.forEach(t -> chains.add(new ArrayList<>()));
    long[][][] by = new long[p.fanouts.length][][];
    for (int f = 0; f < by.length; f++) {
      by[f] = new long[p.fanout(p.fanouts[f]).dimensions().size()][p.variables];
      for (long[] row : by[f]) {
        Arrays.fill(row, 1);
      }
    }
    long[] tile = p.extent.clone();
    List<MappingNode> nodes = mapping.nodes();
    for (int i = p.tensors.size(); i < nodes.size(); i++) {
      switch (nodes.get(i)) {
        case MappingNode.Temporal l -> tile[p.number(l.variable())] = l.tile();
        case MappingNode.Spatial l -> {
          int f = 0;
          while (!p.fanout(p.fanouts[f]).name().equals(l.fanout())) {
            f++;
          }
          int d = 0;
          while (!p.fanout(p.fanouts[f]).dimensions().get(d).name().equals(l.dimension())) {
            d++;
          }
          int v = p.number(l.variable());
          by[f][d][v] *= tile[v] / l.tile();
          tile[v] = l.tile();
        }
        case MappingNode.Storage n -> {
          int memory = 0;
          while (!p.memory(p.memories[memory]).name().equals(n.memory())) {
            memory++;
          }
          chains.get(tensor(p, n.tensor())).addFirst(p.memories[memory]);
        }
      }
    }
    Spread[] spreads = new Spread[by.length];
    for (int f = 0; f < by.length; f++) {
      long[] factor = new long[p.variables];
      Arrays.fill(factor, 1);
      long used = 1;
      for (long[] row : by[f]) {
        for (int v = 0; v < row.length; v++) {
          factor[v] *= row[v];
          used *= row[v];
        }
      }
      spreads[f] = new Spread(factor, by[f], used);
    }
    int[][] chain = new int[chains.size()][];
    for (int t = 0; t < chain.length; t++) {
      chain[t] = chains.get(t).stream().mapToInt(Integer::intValue).toArray();
    }
    return new Structure(p, new Placement(chain), spreads);
  }
}
