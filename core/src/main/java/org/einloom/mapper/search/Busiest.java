package org.einloom.mapper.search;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.einloom.arch.Fanout;

/**
 * How many points the busiest compute handles at least, in any mapping. The instance with all
 * indices 0 handles, of a variable cut into n parts over instances, no fewer than its extent / n
 * values, rounded up (with perfect tiles n divides the extent). So it is the least product of these
 * over all ways to use the dimensions of the fanouts, at most one loop per variable and dimension;
 * where these are too many, dimensions left are taken as fully used.
 */
final class Busiest {
  private static final int MOST_WAYS = 20_000;

  private final double leastCycles;

  Busiest(Problem p, Tiles tiles) {
    double[] one = new double[p.variables];
    Arrays.fill(one, 1);
    Set<List<Double>> ways = new LinkedHashSet<>();
    ways.add(Arrays.stream(one).boxed().toList());
    double unseen = 1;
    for (int f = 0; f < p.fanouts.length; f++) {
      Fanout fanout = p.fanout(p.fanouts[f]);
      for (int d = 0; d < fanout.dimensions().size(); d++) {
        Set<List<Double>> more = new LinkedHashSet<>();
        long size = fanout.dimensions().get(d).size();
        for (List<Double> way : ways) {
          double[] parts = way.stream().mapToDouble(Double::doubleValue).toArray();
          extend(p, tiles, f, d, parts, 0, size, more);
          if (more.size() > MOST_WAYS) {
            break;
          }
        }
        if (more.size() > MOST_WAYS) {
          unseen *= (double) size;
        } else {
          ways = more;
        }
      }
    }
    double least = Double.POSITIVE_INFINITY;
    for (List<Double> way : ways) {
      double points = 1;
      for (int v = 0; v < p.variables; v++) {
        points *= Math.max(1, Math.ceil(p.extent[v] / way.get(v) * (1 - 1e-12)));
      }
      least = Math.min(least, points);
    }
    leastCycles = Math.max(1, least / unseen) / p.architecture.compute().compute().perCycle();
  }

  private static void extend(
      Problem p,
      Tiles tiles,
      int f,
      int d,
      double[] parts,
      int v,
      long room,
      Set<List<Double>> more) {
    if (v == parts.length) {
      more.add(Arrays.stream(parts).boxed().toList());
      return;
    }
    double before = parts[v];
    long most = tiles.mayLoop(f, d, v) ? Math.min(room, p.extent[v]) : 1;
    for (long n = 1; n <= most && more.size() <= MOST_WAYS; n++) {
      if (tiles.imperfect(v) || p.extent[v] % (before * n) == 0) {
        parts[v] = before * n;
        extend(p, tiles, f, d, parts, v + 1, room / n, more);
      }
    }
    parts[v] = before;
  }

  /** Cycles that the computes take at least. */
  double leastCycles() {
    return leastCycles;
  }
}
