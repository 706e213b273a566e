package org.einloom.mapper.sparse;

import java.util.Arrays;
import org.einloom.arch.Fanout;
import org.jspecify.annotations.Nullable;

/**
 * Probabilities that regions of leaders are not empty: the same as {@code model.sparse.Chances}
 * finds, with loops in bit sets. What that refuses is not a number here.
 */
final class Odds {
  static final int MOST_ALTERNATIVES = 24;
  private static final int MOST_REGIONS = 8;

  private final Problem problem;
  private final CommonPoints points;
  private final Pieces pieces;

  /**
   * Whether the loops of a state may stand in any order, so that what is asked for is the least
   * that can be where something is padded. With so many words of it in each group of merged
   * instances, and so many in all that are no padding, the probability that some word of a group is
   * not zero is least on average if they are all in few groups: it grows with each word, but less
   * and less.
   */
  boolean least;

  Odds(Problem problem) {
    this.problem = problem;
    points = new CommonPoints(problem);
    pieces = new Pieces(problem);
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
      return loops == 0 && first == 0 ? atPoints(s, wider) : Double.NaN;
    }
    double p = 1;
    int shared = 0;
    for (int l = 0; l < problem.result; l++) {
      if (moves(wider, l, loops)) {
        shared++;
      } else if (wider.regions(l) > 0 && !certain(l)) {
        p *= least && problem.placed(l) ? least(s, wider, l) : occupied(s, wider, l, first);
      }
    }
    return shared == 0 ? p : p * together(s, wider, loops, shared, first);
  }

  /**
   * The same of several leaders that differ by their place, whose means are not the mean of what
   * they have in common, if what has to be there of each of them is a word; not a number otherwise.
   */
  private double atPoints(State s, Needs needs) {
    int uneven = 0;
    double p = 1;
    for (int l = 0; l < problem.result; l++) {
      if (needs.regions(l) > 0 && !problem.law[l].isEven()) {
        if (needs.regions(l) > 1 || !pieces.isWord(s, l, needs.region(l, 0))) {
          return Double.NaN;
        }
        uneven |= 1 << l;
      } else if (needs.regions(l) > 0 && !certain(l)) {
        p *= occupied(s, needs, l, 0);
      }
    }
    return p * points.share(uneven);
  }

  /** A tensor without zeros never stands in the way, but for padding around it. */
  private boolean certain(int leader) {
    return problem.law[leader].certain() && !problem.ranks[leader].padded;
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
        && !certain(leader)
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
      if (several > 1 && !certain(l)) {
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
        alike &= alike(s, l, needs.region(l, i));
      }
      uneven += alike ? 0 : 1;
    }
    return uneven;
  }

  /** Whether any leader has regions that differ by their place, if they have some extents. */
  boolean mayBeUneven(Needs needs) {
    for (int l = 0; l < problem.result; l++) {
      if (needs.regions(l) > 0 && !problem.law[l].isEven()) {
        return true;
      }
    }
    return false;
  }

  private double least(State s, Needs needs, int leader) {
    if (needs.regions(leader) != 1) {
      return Double.NaN;
    }
    if (!problem.law[leader].uniform()) {
      // as often as a single word at least
      return occupiedAtPlaces(s, leader, Needs.POINT, 0);
    }
    long free = moving(s, leader) & ~needs.region(leader, 0);
    double words = problem.places(leader).fewest(s, free);
    return problem.places(leader).insideShare()
        * (1 - problem.law[leader].emptyWords((long) words));
  }

  private boolean alike(State s, int leader, long region) {
    if (!problem.placed(leader)) {
      return problem.law[leader].alike(pieces.tile(s, leader, region));
    }
    boolean alike = problem.law[leader].uniform();
    for (RankPlaces.Lengths l : problem.places(leader).lengths(s, region, 0, 0)) {
      alike &= l.alike();
    }
    return alike;
  }

  /** Whether it is as likely at all places that leaders have what is needed. */
  boolean alike(State s, Needs needs) {
    boolean alike = true;
    for (int l = 0; l < problem.result; l++) {
      alike &= alike(s, needs, l);
    }
    return alike;
  }

  private boolean alike(State s, Needs needs, int leader) {
    boolean alike = true;
    for (int i = 0; i < needs.regions(leader); i++) {
      alike &= problem.law[leader].isEven() || alike(s, leader, needs.region(leader, i));
    }
    return alike;
  }

  /**
   * Whether it is more likely at some places of a padded tensor than at others that leaders have
   * what is needed, and these places are told apart by variables of its padded ranks.
   */
  boolean goesWithPadding(State s, Needs needs, int tensor) {
    for (int l = 0; l < problem.result; l++) {
      boolean alike = alike(s, needs, l);
      for (int v = 0; v < problem.variables && !alike; v++) {
        int r = problem.ranks[tensor].rankOf[v];
        if (r >= 0 && problem.ranks[tensor].pads[r] && problem.relevant[l][v]) {
          return true;
        }
      }
    }
    return false;
  }

  /** The mean over all places of the probability that a region with padding is not empty. */
  private double occupiedAtPlaces(State s, int leader, long region, long first) {
    if (!problem.law[leader].uniform()) {
      return problem.law[leader].occupied(pieces.tile(s, leader, region), first);
    }
    return Alternatives.mean(
        problem.places(leader).lengths(s, region, 0, first),
        0,
        1,
        words -> 1 - problem.law[leader].emptyWords((long) words));
  }

  private double occupied(State s, Needs needs, int leader, long first) {
    int n = needs.regions(leader);
    if (n == 1 && problem.placed(leader)) {
      return occupiedAtPlaces(s, leader, needs.region(leader, 0), first);
    }
    if (n == 1) {
      return problem.law[leader].occupied(pieces.tile(s, leader, needs.region(leader, 0)), first);
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
  private double together(State s, Needs needs, long loops, int shared, long first) {
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
    for (int l = 0; l < problem.result; l++) {
      if (moves(needs, l, loops) && problem.placed(l)) {
        return padded(s, needs, loops, both, l, n, first);
      }
    }
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
    return Alternatives.any(empty, n);
  }

  /** The same where one of them has padding: of alternatives in it there is nothing. */
  private double padded(
      State s, Needs needs, long loops, long both, int leader, int n, long first) {
    int other = -1;
    for (int l = 0; l < problem.result; l++) {
      other = l != leader && moves(needs, l, loops) ? l : other;
    }
    if (other < 0
        || problem.placed(other)
        || needs.regions(leader) > 1
        || needs.regions(other) > 1
        || !problem.law[leader].uniform()
        || !problem.law[other].uniform()) {
      return Double.NaN;
    }
    double one = words(s, other, needs.region(other, 0));
    if (words(s, other, needs.region(other, 0) & ~both) != n * one) {
      return Double.NaN;
    }
    long region = needs.region(leader, 0);
    if (least) {
      return region == moving(s, leader)
          ? problem.places(leader).insideShare() * pair(leader, 1, other, one, n)
          : Double.NaN;
    }
    RankPlaces.Lengths[] sizes = problem.places(leader).lengths(s, region & ~both, both, first);
    RankPlaces.Lengths[] alternatives = problem.places(leader).alternatives(s, region, both, first);
    if (alternatives.length < sizes.length) {
      return Double.NaN;
    }
    double inRanks = 1;
    for (int r = 0; r < sizes.length; r++) {
      RankPlaces.Lengths of = alternatives[r];
      if (!of.equals(RankPlaces.Lengths.NONE)) {
        sizes[r] = of; // one coordinate each, of those that are not padding
        inRanks *= (double) Arrays.stream(of.length()).max().orElseThrow();
      }
    }
    if (inRanks != n) {
      return Double.NaN; // some are always padding
    }
    int[] ranks = new int[sizes.length];
    for (int r = 0; r < sizes.length; r++) {
      ranks[r] = alternatives[r].equals(RankPlaces.Lengths.NONE) ? 0 : 1;
    }
    int with = other;
    return Alternatives.mean(sizes, ranks, 0, 1, 1, (k, w) -> pair(leader, w, with, one, (int) k));
  }

  private double pair(int a, double wordsA, int b, double wordsB, int n) {
    double[][] empty = new double[2][n + 1];
    for (int i = 0; i <= n; i++) {
      empty[0][i] = problem.law[a].emptyWords(i * (long) wordsA);
      empty[1][i] = problem.law[b].emptyWords(i * (long) wordsB);
    }
    return Alternatives.any(empty, n);
  }

  private double words(State s, int leader, long region) {
    return problem.ranks[leader].words(pieces.values(s, region));
  }

  /**
   * Whether what is said of these regions may be less than what is so, since some are looked at
   * piece by piece.
   */
  boolean mayBeInPieces(State s, Needs needs, long merged, int asks) {
    long loops = loops(s, merged, asks);
    Needs wider = loops == 0 ? needs : alone(s, needs, loops);
    return wider == null || pieces.any(s, wider);
  }

  /** What is merged above a fanout of those inside it; the bits of these nodes. */
  static long mergedAbove(Structure s, int node, long inside, long merged) {
    return s.problem.fanout(node).multicast() == Fanout.Multicast.WORDS ? inside : merged;
  }
}
