package org.einloom.mapper.sparse;

import java.util.Arrays;

/**
 * The same as {@link Overlap} where tiles may have gaps, and touch padding, so that what is new of
 * them depends on where they stand: summed over all places, rank by rank.
 */
final class PaddedOverlap {
  private final Problem problem;

  // of one question
  private long[][] tile = new long[0][];
  private long[][] instances = new long[0][];
  private final long[] step = new long[64];

  PaddedOverlap(Problem problem) {
    this.problem = problem;
  }

  /**
   * @param from loops further out are there, but when they go on is not counted
   * @param held no instance below these loops keeps more
   */
  double moving(State s, int t, int loops, int from, long merged, double held) {
    prepare(s, t, loops, merged);
    double merging = 1;
    for (int i = 0; i < loops; i++) {
      boolean together = s.fanout[i] >= 0 && (merged >> s.fanout[i] & 1) == 1;
      merging *= together && problem.relevant[t][s.variable[i]] ? (double) s.count[i] : 1;
    }
    double words = asked(s, t, loops, -1, merged, 0);
    for (int i = loops - 1; i >= from; i--) {
      if (s.fanout[i] < 0) {
        words += asked(s, t, loops, i, merged, held * merging);
      }
    }
    return words;
  }

  private void prepare(State s, int t, int loops, long merged) {
    Ranks ranks = problem.ranks[t];
    int n = ranks.variable.length;
    tile = new long[n][];
    instances = new long[n][];
    Arrays.fill(instances, RankPlaces.NONE);
    long[] below = s.values(loops);
    for (int r = 0; r < n; r++) {
      tile[r] = RankPlaces.NONE;
      for (int v : ranks.variable[r]) {
        tile[r] = RankPlaces.with(tile[r], ranks.factor[v], below[v]);
      }
    }
    for (int i = loops - 1; i >= 0; i--) {
      int v = s.variable[i];
      step[i] = ranks.factor[v] * below[v];
      int r = ranks.rankOf[v];
      if (r >= 0 && s.fanout[i] >= 0 && (merged >> s.fanout[i] & 1) == 1) {
        instances[r] = RankPlaces.with(instances[r], step[i], s.count[i]);
      }
      below[v] *= s.count[i];
    }
  }

  /** What is asked for whenever one loop goes on; or at first, if it is none. */
  private double asked(State s, int t, int loops, int on, long merged, double held) {
    Ranks ranks = problem.ranks[t];
    double times = 1;
    for (int j = 0; j <= on; j++) {
      if (s.fanout[j] < 0 && ranks.rankOf[s.variable[j]] < 0) {
        times *= (double) s.count[j] - (j == on ? 1 : 0);
      }
    }
    double touched = times;
    double known = on < 0 ? 0 : times;
    double places = times;
    for (int r = 0; r < tile.length; r++) {
      long[] where = RankPlaces.NONE;
      long first = 0;
      long shift = 0;
      for (int j = 0; j < loops; j++) {
        if (ranks.rankOf[s.variable[j]] != r) {
          continue;
        }
        if (s.fanout[j] >= 0) {
          boolean apart = (merged >> s.fanout[j] & 1) == 0;
          where = apart ? RankPlaces.with(where, step[j], s.count[j]) : where;
        } else if (j < on) {
          where = RankPlaces.with(where, step[j], s.count[j]);
        } else if (j == on) {
          where = RankPlaces.with(where, step[j], s.count[j] - 1);
          first = step[j];
          shift += step[j];
        } else {
          shift -= step[j] * (s.count[j] - 1);
        }
      }
      RankPlaces.Moved of =
          problem.places(t).rank[r].moved(tile[r], instances[r], shift, first, where);
      touched *= of.touched();
      known *= of.known();
      places *= of.places();
    }
    return Math.max(touched - known, touched - places * held);
  }

  /**
   * Words that computes ask for, one each in every step.
   *
   * @param exact whether all loops stand where they will; otherwise no more than they ask for
   */
  double atComputes(State s, int t, long merged, boolean exact) {
    Ranks ranks = problem.ranks[t];
    if (!exact) {
      return atLeast(s, t, merged);
    }
    prepare(s, t, s.variable.length, merged);
    double words = 1;
    for (int i = 0; i < s.variable.length; i++) {
      boolean together = s.fanout[i] >= 0 && (merged >> s.fanout[i] & 1) == 1;
      words *= together || ranks.rankOf[s.variable[i]] >= 0 ? 1 : (double) s.count[i];
    }
    for (int r = 0; r < tile.length; r++) {
      long[] where = RankPlaces.NONE;
      for (int j = 0; j < s.variable.length; j++) {
        boolean together = s.fanout[j] >= 0 && (merged >> s.fanout[j] & 1) == 1;
        if (!together && ranks.rankOf[s.variable[j]] == r) {
          where = RankPlaces.with(where, step[j], s.count[j]);
        }
      }
      words *= problem.places(t).rank[r].moved(tile[r], instances[r], 0, 0, where).touched();
    }
    return words;
  }

  /**
   * A word of a rank is asked for by instances that differ in all variables of the rank but one at
   * most, since that one makes up for the others. Together they also ask for as many as a sum of
   * sets has at least, less those that are padding, for each of which there is a point.
   */
  private double atLeast(State s, int t, long merged) {
    Ranks ranks = problem.ranks[t];
    double words = 1;
    double[] all = new double[tile(t)];
    double[] most = new double[all.length];
    double[] sums = new double[all.length];
    Arrays.fill(sums, 1);
    Arrays.fill(all, 1);
    Arrays.fill(most, 1);
    for (int v = 0; v < problem.variables; v++) {
      double children = 1;
      for (int f : s.structure.active) {
        children *= (merged >> f & 1) == 1 ? (double) s.structure.count(f, v) : 1;
      }
      int r = ranks.rankOf[v];
      if (r < 0) {
        words *= (double) problem.extent[v] / children;
      } else {
        all[r] *= children;
        most[r] = Math.max(most[r], children);
        sums[r] += children - 1;
      }
    }
    for (int r = 0; r < all.length; r++) {
      double inside = problem.places(t).inside(r);
      double points = problem.places(t).points(r);
      words *= Math.max(inside * most[r] / all[r], points * sums[r] / all[r] - (points - inside));
    }
    return words;
  }

  private int tile(int t) {
    return problem.ranks[t].variable.length;
  }
}
