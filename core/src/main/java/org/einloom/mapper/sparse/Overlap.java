package org.einloom.mapper.sparse;

import java.util.Arrays;

/**
 * How many words of an operand whose tiles overlap a place is filled with, and how many of these
 * are asked for where networks merge what is equal.
 *
 * <p>At each step the tile moves by a fixed shift in each rank: when a temporal loop goes on, by
 * its own tile, less what the temporal loops inside it had moved. What is new is the tile less the
 * overlap, a product over ranks. Of instances whose words are merged, a word is asked for if in
 * every rank some instance has its coordinate, and in one rank some instance has it anew: so what
 * is asked for is a product over ranks of what instances have together, less the product of what
 * none has anew.
 *
 * <p>A place further in, below the same loops, is never filled with less: what is new of the tile
 * here is in none of its tiles before, and has to come to some instance of it during the step.
 */
final class Overlap {
  private final Problem problem;
  private final PaddedOverlap padded;

  // of one question
  private long[] reach = new long[0];
  private final long[] step = new long[64];
  private final long[] times = new long[64];
  private final int[] of = new int[64];
  private int steps;

  Overlap(Problem problem) {
    this.problem = problem;
    padded = new PaddedOverlap(problem);
  }

  /**
   * Words that are asked for, over all that ask.
   *
   * @param loops above the place
   * @param node of the place
   * @param merged nodes of fanouts whose children are merged, as bits
   * @param held no instance of the place keeps more words than this from one step to the next
   */
  double words(State s, int t, int loops, int node, long merged, double held) {
    double others = others(s, t, node, merged);
    int at = loops;
    double most = 0;
    if (loops > s.looseFrom) {
      // each of the two is a bound: what is in order, and what is outside
      double inner = moving(s, t, loops, s.looseTo, merged, Double.POSITIVE_INFINITY);
      most = inner;
      at = s.looseFrom;
    }
    double kept = at < loops ? Math.min(held, tileWords(s, t, loops)) : held;
    double children = 1;
    for (int f : s.structure.active) {
      for (int v = 0; v < problem.variables && f < node; v++) {
        children *= problem.relevant[t][v] ? (double) s.structure.count(f, v) : 1;
      }
    }
    for (int i = 0; i < at; i++) {
      if (s.fanout[i] >= 0 && problem.relevant[t][s.variable[i]]) {
        children /= (double) s.count[i];
      }
    }
    most = Math.max(most, moving(s, t, at, 0, merged, kept * children));
    return others * most;
  }

  private double tileWords(State s, int t, int loops) {
    double words = problem.tileWords(t, s.values(loops));
    return Double.isNaN(words) ? Double.POSITIVE_INFINITY : words;
  }

  /** Instances that differ in other variables, and are not merged. */
  private double others(State s, int t, int node, long merged) {
    double others = 1;
    for (int f : s.structure.active) {
      if (f < node && (merged >> f & 1) == 0) {
        others *= s.structure.irrelevant(t, f);
      }
    }
    return others;
  }

  /**
   * @param from loops further out are there, but when they go on is not counted
   * @param held no instance below these loops keeps more
   */
  private double moving(State s, int t, int loops, int from, long merged, double held) {
    if (problem.placed(t)) {
      return padded.moving(s, t, loops, from, merged, held);
    }
    Ranks ranks = problem.ranks[t];
    long[] below = s.values(loops);
    long[] extents = ranks.extents(below);
    if (extents == null) {
      return problem.words[t]; // all of it at least once
    }
    long[] tile = below.clone();
    double apart = 1;
    double merging = 1;
    double total = 1;
    steps = 0;
    for (int i = loops - 1; i >= 0; i--) {
      int v = s.variable[i];
      if (s.fanout[i] < 0) {
        total *= (double) s.count[i];
      } else if (ranks.indexedBy(v)) {
        if ((merged >> s.fanout[i] & 1) == 1) {
          of[steps] = ranks.rankOf[v];
          step[steps] = ranks.factor[v] * tile[v];
          times[steps++] = s.count[i];
          merging *= (double) s.count[i];
        } else {
          apart *= (double) s.count[i];
        }
      }
      tile[v] *= s.count[i];
    }
    double all = 1;
    for (int r = 0; r < extents.length; r++) {
      all *= together(r, extents[r]);
    }
    double least = Math.max(0, all - held * merging);
    double words = all;
    tile = below;
    reach = new long[extents.length];
    double inside = 1;
    for (int i = loops - 1; i >= from; i--) {
      int v = s.variable[i];
      if (s.fanout[i] < 0) {
        inside *= (double) s.count[i];
        double often = total / inside * ((double) s.count[i] - 1);
        long own = ranks.factor[v] * tile[v];
        words += often * Math.max(least, anew(ranks.rankOf[v], own, extents, all));
        if (ranks.indexedBy(v)) {
          reach[ranks.rankOf[v]] += own * (s.count[i] - 1);
        }
      }
      tile[v] *= s.count[i];
    }
    return apart * words;
  }

  /** What is asked for when a loop over a rank goes on. */
  private double anew(int rank, long own, long[] extents, double all) {
    double known = 1;
    for (int r = 0; r < extents.length && known > 0; r++) {
      long shift = Math.abs((r == rank ? own : 0) - reach[r]);
      known *= together(r, extents[r]) - together(r, Math.min(extents[r], shift));
    }
    return all - known;
  }

  /** Coordinates of a rank in at least one of as many ranges as there are merged instances. */
  private double together(int rank, long length) {
    int found = 0;
    double single = (double) length;
    long instances = 1;
    for (int i = 0; i < steps; i++) {
      if (of[i] == rank) {
        found++;
        instances = Math.multiplyExact(instances, times[i]);
        single += (double) (times[i] - 1) * (double) Math.min(length, Math.abs(step[i]));
      }
    }
    return found < 2 ? single : union(rank, length, Math.toIntExact(instances));
  }

  private double union(int rank, long length, int instances) {
    long[] starts = new long[instances];
    int n = 1;
    for (int i = 0; i < steps; i++) {
      if (of[i] == rank) {
        int before = n;
        for (int k = 1; k < times[i]; k++) {
          for (int j = 0; j < before; j++) {
            starts[n++] = starts[j] + k * step[i];
          }
        }
      }
    }
    Arrays.sort(starts);
    double union = (double) length;
    for (int i = 1; i < n; i++) {
      union += (double) Math.min(length, starts[i] - starts[i - 1]);
    }
    return union;
  }

  /**
   * Words that computes ask for, one each in every step.
   *
   * @param exact whether all loops stand where they will; otherwise no more than they ask for
   */
  double atComputes(State s, int t, long merged, boolean exact) {
    if (problem.placed(t)) {
      return padded.atComputes(s, t, merged, exact);
    }
    Ranks ranks = problem.ranks[t];
    double apart = problem.points();
    double words = 1;
    steps = 0;
    long[] tile = new long[problem.variables];
    Arrays.fill(tile, 1);
    double[] sums = new double[ranks.variable.length];
    Arrays.fill(sums, 1);
    for (int i = s.variable.length - 1; i >= 0 && exact; i--) {
      int v = s.variable[i];
      if (s.fanout[i] >= 0 && (merged >> s.fanout[i] & 1) == 1) {
        apart /= (double) s.count[i];
        if (ranks.indexedBy(v)) {
          of[steps] = ranks.rankOf[v];
          step[steps] = ranks.factor[v] * tile[v];
          times[steps++] = s.count[i];
        }
      }
      tile[v] *= s.count[i];
    }
    for (int v = 0; v < problem.variables && !exact; v++) {
      double children = 1;
      for (int f : s.structure.active) {
        children *= (merged >> f & 1) == 1 ? (double) s.structure.count(f, v) : 1;
      }
      apart /= children;
      if (ranks.indexedBy(v)) {
        sums[ranks.rankOf[v]] += children - 1;
      }
    }
    for (int r = 0; r < sums.length; r++) {
      words *= exact ? together(r, 1) : sums[r];
    }
    return apart * words;
  }
}
