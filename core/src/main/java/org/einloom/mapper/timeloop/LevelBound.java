package org.einloom.mapper.timeloop;

import java.util.Arrays;

/**
 * What the links into one level cost at least together, whatever its tiles, if these fit.
 *
 * <p>Take a level with tiles of some size, and the innermost loop in time outside of it that
 * iterates. Of a tensor that depends on that loop's dimension, along a rank that no other dimension
 * moves, all of the tile is fetched in every iteration of all loops outside. If the rank is moved
 * by several dimensions, a strip is, in all but the first of the loop's iterations: half of them at
 * least. The other tensors are fetched once at least. So the least over all tiles that fit, and all
 * dimensions that may be that loop's, bounds the sum over tensors; and levels add up.
 */
final class LevelBound {
  private final Structure s;
  private final Problem problem;
  private final int boundary;
  private final double[] leastPj;
  private final double[] unitPj;
  private final boolean[] counts;
  private final long[] inside;
  private double best = Double.POSITIVE_INFINITY;

  private LevelBound(Structure s, int boundary) {
    this.s = s;
    this.boundary = boundary;
    problem = s.problem;
    leastPj = new double[problem.tensors];
    unitPj = new double[problem.tensors];
    counts = new boolean[problem.tensors];
    inside = new long[problem.dims];
    for (int d = 0; d < inside.length; d++) {
      inside[d] = s.spaceOutside[problem.levels][d] / s.spaceOutside[boundary + 1][d];
    }
    for (int t = 0; t < problem.tensors; t++) {
      Link link = s.links[boundary][t];
      Tally least = s.least[boundary][t];
      if (link == null || least == null) {
        continue;
      }
      leastPj[t] = least.energyPj;
      // what is forgotten is counted in full as soon as its link begins
      if (!link.forgets() && !link.mayLink() && !problem.odd[t] && !s.interleaves(boundary, t)) {
        Tally unit = s.tally();
        link.add(unit, 1, 1, s.children(boundary, t, inside).alone);
        unitPj[t] = unit.energyPj;
        counts[t] = unit.energyPj > 0;
      }
    }
  }

  /** For links whose inner end is the level inside of this one. */
  static LevelBound of(Structure s, int boundary) {
    return new LevelBound(s, boundary);
  }

  /** Over all tiles; infinite if none fits. */
  double overall() {
    best = Double.POSITIVE_INFINITY;
    tiles(0, inside.clone());
    double overall = best;
    best = Double.POSITIVE_INFINITY;
    return overall;
  }

  private void tiles(int d, long[] tiles) {
    int level = boundary + 1;
    if (!s.fits(level, tiles)) {
      return;
    }
    if (d == problem.dims) {
      best = Math.min(best, least(tiles));
      return;
    }
    long most = problem.extent[d] / s.spaceOutside[level][d];
    for (long factor : problem.divisors[d]) {
      long tile = inside[d] * factor;
      if (tile <= most && most % tile == 0 && problem.mayBeOutside(level, d, most / tile)) {
        tiles[d] = tile;
        tiles(d + 1, tiles);
      }
    }
    tiles[d] = inside[d];
  }

  /** With tiles of that size in the level inside. */
  double least(long[] tiles) {
    double all = Arrays.stream(leastPj).sum();
    double iterations = 1;
    long[] left = new long[problem.dims];
    for (int d = 0; d < left.length; d++) {
      left[d] = problem.extent[d] / tiles[d] / s.spaceOutside[boundary + 1][d];
      iterations *= left[d];
    }
    if (iterations == 1 || all >= best) {
      return all;
    }
    double[] words = new double[problem.tensors];
    Extents[] extents = new Extents[problem.tensors];
    for (int t = 0; t < words.length; t++) {
      if (counts[t]) {
        extents[t] = Extents.of(problem, t, tiles);
        words[t] = extents[t].words();
      }
    }
    double least = Double.POSITIVE_INFINITY;
    for (int d = 0; d < left.length; d++) {
      if (left[d] > 1) {
        double sum = 0;
        for (int t = 0; t < words.length; t++) {
          double pj = leastPj[t];
          if (counts[t] && problem.relevant[t][d]) {
            double each = strip(t, d, tiles, extents[t], words[t]);
            pj = Math.max(pj, unitPj[t] * each * iterations);
          }
          sum += pj;
        }
        least = Math.min(least, sum);
      }
    }
    return least;
  }

  /** Words that each iteration of all loops outside fetches on average, at least. */
  private double strip(int t, int d, long[] tiles, Extents extents, double words) {
    for (int r = 0; r < problem.plainRank[t].length; r++) {
      long by = problem.coefficient[t][r][d] * tiles[d];
      if (by > 0 && !problem.plainRank[t][r]) {
        long[] motion = new long[problem.plainRank[t].length];
        motion[r] = by;
        return extents.fresh(motion) / 2;
      }
    }
    return words;
  }
}
