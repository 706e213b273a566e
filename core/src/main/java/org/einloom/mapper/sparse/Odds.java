package org.einloom.mapper.sparse;

import org.einloom.arch.Fanout;
import org.jspecify.annotations.Nullable;

/**
 * Probabilities that regions of leaders are not empty: the same as {@code model.sparse.Chances}
 * finds, with loops in bit sets. What that refuses is not a number here.
 */
final class Odds {
  private static final int MOST_ALTERNATIVES = 24;
  private static final int MOST_REGIONS = 8;

  private final Problem problem;

  Odds(Problem problem) {
    this.problem = problem;
  }

  /** The loops of a state that move a tensor. */
  static long moving(State s, int tensor) {
    long moving = 0;
    for (int i = 0; i < s.variable.length; i++) {
      if (s.structure.problem.relevant[tensor][s.variable[i]]) {
        moving |= 1L << i;
      }
    }
    return moving;
  }

  /**
   * The probability that all is there in some iteration of the loops of the merged fanouts over
   * variables that do not index {@code asks}.
   *
   * @param s with all loops, unless nothing is merged or no region is a single word
   * @param merged nodes of fanouts, as bits
   */
  double any(State s, Needs needs, long merged, int asks) {
    return any(s, needs, merged, asks, 0);
  }

  /**
   * The same where some variables stay at their first values.
   *
   * @param first these variables, as bits
   */
  double any(State s, Needs needs, long merged, int asks, long first) {
    long loops = loops(s, merged, asks);
    Needs wider = loops == 0 ? needs : alone(s, needs, loops);
    if (wider == null) {
      return Double.NaN; // several regions of one tensor
    }
    if (problem.someUneven && uneven(s, wider) > 1) {
      return Double.NaN; // their means are not the mean of what they have in common
    }
    double p = 1;
    int shared = 0;
    for (int l = 0; l < problem.result; l++) {
      if (moves(wider, l, loops)) {
        shared++;
      } else if (wider.regions(l) > 0 && !problem.law[l].certain()) {
        p *= occupied(s, wider, l, first);
      }
    }
    return shared == 0 ? p : p * together(s, wider, loops, shared);
  }

  /** The merged loops of a state. */
  private long loops(State s, long merged, int asks) {
    long loops = 0;
    for (int i = 0; i < s.variable.length && merged != 0; i++) {
      if (s.fanout[i] >= 0
          && (merged >> s.fanout[i] & 1) == 1
          && !problem.relevant[asks][s.variable[i]]) {
        loops |= 1L << i;
      }
    }
    return loops;
  }

  private boolean moves(Needs needs, int leader, long loops) {
    return loops != 0
        && needs.regions(leader) > 0
        && !problem.law[leader].certain()
        && (fixed(needs, leader) & loops) != 0;
  }

  private static long fixed(Needs needs, int leader) {
    long fixed = 0;
    for (int i = 0; i < needs.regions(leader); i++) {
      fixed |= needs.region(leader, i);
    }
    return fixed;
  }

  /** With merged loops that move a region of one leader alone as part of that region. */
  private @Nullable Needs alone(State s, Needs given, long loops) {
    var needs = new Needs(problem.tensors.size());
    for (int l = 0; l < problem.result; l++) {
      for (int i = 0; i < given.regions(l); i++) {
        needs.require(l, given.region(l, i) & moving(s, l));
      }
    }
    var wider = new Needs(problem.tensors.size());
    for (int l = 0; l < problem.result; l++) {
      long own = loops & moving(s, l);
      for (int other = 0; other < problem.result; other++) {
        own &= other != l && moves(needs, other, loops) ? ~fixed(needs, other) : -1L;
      }
      int several = 0;
      for (int i = 0; i < needs.regions(l); i++) {
        several += (needs.region(l, i) & own) != 0 ? 1 : 0;
        wider.require(l, needs.region(l, i) & ~own);
      }
      if (several > 1 && !problem.law[l].certain()) {
        return null;
      }
    }
    return wider;
  }

  /** How many leaders have regions that differ by their place. */
  int uneven(State s, Needs needs) {
    int uneven = 0;
    for (int l = 0; l < problem.result; l++) {
      boolean alike = true;
      for (int i = 0; i < needs.regions(l) && !problem.law[l].isEven(); i++) {
        alike &= problem.law[l].alike(values(s, needs.region(l, i)));
      }
      uneven += alike ? 0 : 1;
    }
    return uneven;
  }

  private double occupied(State s, Needs needs, int leader, long first) {
    int n = needs.regions(leader);
    if (n == 1) {
      return 1 - problem.law[leader].empty(values(s, needs.region(leader, 0)), first);
    }
    if (n > MOST_REGIONS || !problem.law[leader].uniform() || problem.ranks[leader].windows) {
      return Double.NaN;
    }
    double p = 0;
    for (int some = 0; some < 1 << n; some++) {
      long words = 0;
      for (int part = some; part > 0; part = (part - 1) & some) {
        long common = 0;
        for (int i = 0; i < n; i++) {
          common |= (part >> i & 1) == 1 ? needs.region(leader, i) : 0;
        }
        words += (Integer.bitCount(part) % 2 == 1 ? 1 : -1) * (long) words(s, leader, common);
      }
      p += (Integer.bitCount(some) % 2 == 0 ? 1 : -1) * problem.law[leader].emptyWords(words);
    }
    return p;
  }

  /**
   * Of two leaders that both differ among the merged instances: the sum over how many regions of
   * the one are not empty, as in the model.
   */
  private double together(State s, Needs needs, long loops, int shared) {
    long both = loops;
    for (int l = 0; l < problem.result; l++) {
      both &= moves(needs, l, loops) ? fixed(needs, l) : -1L;
    }
    double iterations = 1;
    for (int i = 0; i < s.variable.length; i++) {
      iterations *= (both >> i & 1) == 1 ? (double) s.count[i] : 1;
    }
    if (shared > 2 || iterations > MOST_ALTERNATIVES) {
      return Double.NaN;
    }
    int n = (int) iterations;
    double[][] empty = new double[2][];
    int found = 0;
    for (int l = 0; l < problem.result; l++) {
      if (moves(needs, l, loops)) {
        double one = words(s, l, needs.region(l, 0));
        double all = words(s, l, needs.region(l, 0) & ~both);
        if (needs.regions(l) > 1 || !problem.law[l].uniform() || all != n * one) {
          return Double.NaN;
        }
        double[] of = new double[n + 1];
        for (int i = 0; i <= n; i++) {
          of[i] = problem.law[l].emptyWords(i * (long) one);
        }
        empty[found++] = of;
      }
    }
    if (found < 2) {
      return Double.NaN; // a loop that moves one alone would be part of its region
    }
    double none = 0;
    for (int k = 0; k <= n; k++) {
      double exactly = 0;
      for (int j = 0; j <= k; j++) {
        exactly += (j % 2 == 0 ? 1 : -1) * choose(k, j) * empty[0][n - k + j];
      }
      none += choose(n, k) * exactly * empty[1][k];
    }
    return 1 - none;
  }

  private static double choose(int n, int k) {
    double c = 1;
    for (int i = 0; i < k; i++) {
      c = c * (n - i) / (i + 1);
    }
    return Math.rint(c);
  }

  private double words(State s, int leader, long region) {
    return problem.ranks[leader].words(values(s, region));
  }

  /** By variable: how many values it takes while these loops are fixed. */
  private long[] values(State s, long region) {
    long[] values = new long[problem.variables];
    if (region == Needs.POINT) {
      java.util.Arrays.fill(values, 1);
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

  /** What is merged above a fanout of those inside it; the bits of these nodes. */
  static long mergedAbove(Structure s, int node, long inside, long merged) {
    return s.problem.fanout(node).multicast() == Fanout.Multicast.WORDS ? inside : merged;
  }
}
