package org.einloom.mapper.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.einloom.evaluation.Objective;
import org.einloom.mapper.SearchMonitor;

/**
 * What several tensors cost at least that share a zone: the memories between two fanouts. Taken one
 * by one, each could be used to the full; together they cannot, because the loops that keep one in
 * place move the others.
 *
 * <p>The bound solves an easier problem: only the zone's nodes are there, and no fanout is spread.
 * From any mapping of the real problem comes a mapping of the easier one that fills the nodes no
 * oftener: let one instance do its work after the other. Tiles, and so capacities, stay as they
 * are. A regular tensor has the same rounds, those of the irrelevant spatial iterations above
 * included. For overlapping tiles, what a loop keeps when it advances is less where instances stand
 * between its steps, if steps are forward and tiles without gaps; where they are not, everything is
 * taken to be kept. The costs per fill are rounded down to a grid, so that a few easier problems do
 * for all structures.
 */
final class ZoneBound {
  private static final double GRID = 1.12;
  private static final long MOST_LABELS = 100_000;

  private final Problem problem;
  private final Map<List<Object>, Double> known = new HashMap<>();
  private final TemporalSearch search = new TemporalSearch();
  long evaluated;

  ZoneBound(Problem problem) {
    this.problem = problem;
  }

  /** Energy in pJ that any loops of the structure cost beyond {@link Structure#least}. */
  double excessPj(Structure s) {
    int[] nodes = zone(s.placement);
    int tensors = nodes.length;
    double[] cost = new double[tensors]; // per round, or per word for what overlaps
    double counted = 0;
    double most = 0;
    int sharing = 0;
    for (int t = 0; t < tensors; t++) {
      int j = nodes[t];
      if (j < 0) {
        continue;
      }
      if (problem.regular[t]) {
        double perRound = s.perRound[t][j][0];
        if (perRound > 0) {
          cost[t] = perRound / irrelevantAbove(s, t, s.placement.chains()[t][j]);
          counted += perRound;
        }
      } else if (s.halo != null) {
        for (Halo.Measure m : s.halo.measures) {
          if (m.link() == j + 1) {
            cost[t] += m.costPerWord()[0] / s.halo.merged(m);
            counted += m.costPerWord()[0] * m.least();
          }
        }
      }
      sharing += cost[t] > 0 ? 1 : 0;
      most = Math.max(most, cost[t] * (problem.regular[t] ? 1 / problem.words(t) : 1));
    }
    if (sharing < 2) {
      return 0;
    }
    // per word, relative to the dearest
    List<Object> key = new ArrayList<>();
    double[] rounded = new double[tensors];
    for (int t = 0; t < tensors; t++) {
      double words = problem.regular[t] ? problem.words(t) : 1;
      double relative = cost[t] / words / most;
      rounded[t] =
          relative < 1e-6 ? 0 : Math.pow(GRID, Math.floor(Math.log(relative) / Math.log(GRID)));
      key.add(rounded[t]);
      key.add(nodes[t] < 0 ? -1 : s.placement.chains()[t][nodes[t]]);
      rounded[t] *= words;
    }
    Double least = known.get(key);
    if (least == null) {
      least = least(s.placement, nodes, rounded);
      known.put(key, least);
    }
    return Math.max(0, least * most - counted);
  }

  private double irrelevantAbove(Structure s, int t, int node) {
    double product = 1;
    for (int f = 0; f < problem.fanouts.length && problem.fanouts[f] < node; f++) {
      for (int v = 0; v < problem.variables; v++) {
        if (!problem.relevant[t][v]) {
          product *= (double) s.spreads[f].factor()[v];
        }
      }
    }
    return product;
  }

  /** By tensor, its innermost node in the innermost zone that several tensors share; or -1. */
  private int[] zone(Placement placement) {
    int tensors = placement.chains().length;
    for (int f = problem.fanouts.length - 1; f >= 0; f--) {
      int top = problem.fanouts[f];
      int bottom = f + 1 < problem.fanouts.length ? problem.fanouts[f + 1] : Integer.MAX_VALUE;
      int[] nodes = new int[tensors];
      Arrays.fill(nodes, -1);
      int sharing = 0;
      for (int t = 0; t < tensors; t++) {
        int[] chain = placement.chains()[t];
        for (int j = chain.length - 1; j >= 0; j--) {
          if (chain[j] > top && chain[j] < bottom) {
            nodes[t] = j;
          }
        }
        sharing += nodes[t] >= 0 ? 1 : 0;
      }
      if (sharing > 1) {
        return nodes;
      }
    }
    int[] none = new int[tensors];
    Arrays.fill(none, -1);
    return none;
  }

  /** An easier problem that takes long is left with what is proven by then. */
  private SearchMonitor limited(long before) {
    SearchMonitor monitor = problem.options.monitor();
    return new SearchMonitor() {
      @Override
      public boolean stop() {
        return search.evaluated() - before > MOST_LABELS || monitor.stop();
      }

      @Override
      public void report(double value, double lowerBound, long evaluated) {}
    };
  }

  private double least(Placement placement, int[] nodes, double[] cost) {
    int[][] chains = new int[nodes.length][];
    for (int t = 0; t < chains.length; t++) {
      chains[t] = nodes[t] < 0 ? new int[0] : new int[] {placement.chains()[t][nodes[t]]};
    }
    Spread[] spreads = new Spread[problem.fanouts.length];
    Arrays.fill(spreads, Spread.none(problem.variables));
    Structure easier = new Structure(problem, new Placement(chains), spreads).costing(cost);
    Incumbents best =
        new Incumbents(
            Objective.ENERGY, false, 1, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    long before = search.evaluated();
    TemporalSearch.End end = search.run(easier, best, limited(before), Double.NEGATIVE_INFINITY);
    evaluated += search.evaluated() - before;
    double least =
        end == TemporalSearch.End.PROVEN ? best.value : Math.min(best.value, search.openBound());
    return Double.isFinite(least) ? least : 0;
  }
}
