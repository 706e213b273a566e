package org.einloom.mapper.sparse;

import java.util.Arrays;

/**
 * Regions by the values that variables take in them, and tiles that they are made of. A loop over
 * children that stands outside of others over its variable cuts what these cover into pieces, and
 * so do steps that leave out coordinates. Where the law is uniform the words of a region are all
 * that matters; elsewhere, where regions are looked at word by word, there is something in one of
 * the pieces at most as often as in all of them.
 */
final class Pieces {
  private final Problem problem;

  Pieces(Problem problem) {
    this.problem = problem;
  }

  /** By variable: how many values it takes while these loops are fixed. */
  long[] values(State s, long region) {
    long[] values = new long[problem.variables];
    if (region == Needs.POINT) {
      Arrays.fill(values, 1);
      return values;
    }
    System.arraycopy(problem.extent, 0, values, 0, values.length);
    for (int i = 0; i < s.variable.length; i++) {
      if ((region >> i & 1) == 1) {
        values[s.variable[i]] /= s.count[i];
      }
    }
    return values;
  }

  /** Whether a region is a single word of a leader, or padding. */
  boolean isWord(State s, int leader, long region) {
    long[] values = values(s, region);
    for (int v = 0; v < values.length; v++) {
      if (problem.relevant[leader][v] && values[v] > 1) {
        return false;
      }
    }
    return true;
  }

  /** By variable: a tile of which all is in the region, if not all of the region. */
  long[] tile(State s, int leader, long region) {
    long[] values = values(s, region);
    if (!problem.byPlace || problem.law[leader].uniform() || region == Needs.POINT) {
      return values;
    }
    int inside = inside(s, region);
    boolean[] cut = new boolean[values.length];
    long[] tile = s.values(s.variable.length);
    for (int i = s.variable.length - 1; i >= 0; i--) {
      int v = s.variable[i];
      cut[v] |= (region >> i & 1) == 1 && s.count[i] > 1;
      tile[v] *= cut[v] || (s.fanout[i] >= 0 && i < inside) ? 1 : s.count[i];
    }
    for (int v = 0; v < values.length; v++) {
      values[v] = cut[v] ? Math.min(values[v], tile[v]) : values[v];
    }
    return problem.placed(leader) ? problem.ranks[leader].withoutGaps(values) : values;
  }

  /**
   * The number of the first loop that stands inside of all that are fixed wherever loops over
   * children are written: these stay between the storage nodes where they are.
   */
  private static int inside(State s, long region) {
    int last = Long.SIZE - Long.numberOfLeadingZeros(region);
    int first = s.variable.length;
    for (int[] above : s.above) {
      for (int loops : above) {
        first = loops >= last ? Math.min(first, loops) : first;
      }
    }
    return first;
  }

  /** Whether any of the regions may be more than a tile that is looked at instead. */
  boolean any(State s, Needs needs) {
    for (int l = 0; l < problem.result; l++) {
      for (int i = 0; i < needs.regions(l); i++) {
        long[] values = values(s, needs.region(l, i));
        long[] tile = tile(s, l, needs.region(l, i));
        for (int v = 0; v < values.length; v++) {
          if (problem.relevant[l][v] && values[v] != tile[v]) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
