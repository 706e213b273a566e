package org.einloom.mapper.search;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import org.einloom.model.LongKey;

/**
 * Numbers for how far the loops over a rank's variables have come, by which what depends on the
 * rank alone is remembered. They are the same for structures that leave these variables the same
 * temporal iterations.
 */
final class RankNumbers {
  // what is remembered
  static final long NEAR = 0;
  static final long SLIDES = 1;
  static final long TOUCHED = 2;
  static final long WORDS = 3;
  static final long ENDS = 4;
  static final long BOXES = 5;

  /** {@code [rank][position]}; empty where it was not asked for. */
  private final int[][] number;

  /** {@code [rank][step]}: what a step adds to the number. */
  final int[][] adds;

  /** How many there are, by rank. */
  final int[] count;

  /** {@code [rank][number]}: the least position that has it. */
  final int[][] first;

  /** {@code [rank][step]}: which of the rank's own steps it is; -1 if it is none. */
  final int[][] own;

  /** By rank, how many steps are its own. */
  final int[] owns;

  /** By step: what it adds to the number for all ranks together. */
  final int[] relevantAdds;

  /** How many numbers for all ranks together there are. */
  final int relevantCount;

  /** {@code [rank][number for all]}: the number for the rank. */
  private final int[][] parts;

  private final List<RankOverlap.Rank> ranks;
  private final Structure s;
  private final Lattice lattice;

  RankNumbers(Halo halo, Lattice lattice) {
    this.lattice = lattice;
    s = halo.structure;
    ranks = halo.overlap.ranks;
    number = new int[ranks.size()][0];
    adds = new int[number.length][lattice.steps];
    count = new int[number.length];
    first = new int[number.length][];
    own = new int[number.length][lattice.steps];
    owns = new int[number.length];
    parts = new int[number.length][0];
    relevantAdds = new int[lattice.steps];
    int all = 1;
    for (int i = 0; i < lattice.steps; i++) {
      if (s.problem.relevant[halo.tensor][lattice.variable[i]]) {
        relevantAdds[i] = all;
        all *= lattice.exponent[i] + 1;
      }
    }
    relevantCount = all;
    for (int r = 0; r < number.length; r++) {
      boolean[] of = new boolean[lattice.variables];
      for (int v : ranks.get(r).variables()) {
        of[v] = true;
      }
      count[r] = 1;
      for (int i = 0; i < lattice.steps; i++) {
        if (of[lattice.variable[i]]) {
          adds[r][i] = count[r];
          count[r] *= lattice.exponent[i] + 1;
        }
      }
      first[r] = new int[count[r]];
      for (int n = 0; n < count[r]; n++) {
        for (int i = 0; i < lattice.steps; i++) {
          int covered = adds[r][i] == 0 ? 0 : n / adds[r][i] % (lattice.exponent[i] + 1);
          first[r][n] += covered * lattice.stride[i];
        }
      }
      for (int i = 0; i < lattice.steps; i++) {
        own[r][i] = of[lattice.variable[i]] ? owns[r]++ : -1;
      }
    }
  }

  private RankNumbers(Structure of, RankNumbers shared) {
    s = of;
    lattice = shared.lattice;
    ranks = shared.ranks;
    number = shared.number;
    adds = shared.adds;
    count = shared.count;
    first = shared.first;
    own = shared.own;
    owns = shared.owns;
    relevantAdds = shared.relevantAdds;
    relevantCount = shared.relevantCount;
    parts = shared.parts;
  }

  /** By number for all ranks together, the number for one. */
  private int[] parts(int r) {
    if (parts[r].length == 0) {
      int[] part = new int[relevantCount];
      int filled = 1;
      for (int i = 0; i < lattice.steps; i++) {
        if (relevantAdds[i] > 0) {
          int end = filled * (lattice.exponent[i] + 1);
          for (int n = filled; n < end; n++) {
            part[n] = part[n - filled] + adds[r][i];
          }
          filled = end;
        }
      }
      parts[r] = part;
    }
    return parts[r];
  }

  /**
   * By number for all ranks together, the product of what tables by rank have.
   *
   * @param tables {@code [rank][number]}; empty for 1
   */
  double[] product(double[][] tables) {
    return combined(tables, (a, b) -> a * b);
  }

  /** The same with the largest, but at least 1. */
  double[] largest(double[][] tables) {
    return combined(tables, Math::max);
  }

  private double[] combined(double[][] tables, DoubleBinaryOperator with) {
    double[] combined = new double[relevantCount];
    Arrays.fill(combined, 1);
    for (int r = 0; r < tables.length; r++) {
      if (tables[r].length > 0) {
        int[] part = parts(r);
        for (int n = 0; n < combined.length; n++) {
          combined[n] = with.applyAsDouble(combined[n], tables[r][part[n]]);
        }
      }
    }
    return combined;
  }

  /** A key of what depends on all ranks, on the loops over their variables, and their spread. */
  LongKey key() {
    var key = new LongKey.Builder();
    for (int r = 0; r < count.length; r++) {
      key.add((long) count[r]);
      for (int v : ranks.get(r).variables()) {
        key.add(s.temporal[v]);
        for (Spread f : s.spreads) {
          key.add(f.factor()[v]);
        }
      }
    }
    return key.key();
  }

  /** By position, the number for a rank. */
  int[] of(int r) {
    if (number[r].length == 0) {
      number[r] = lattice.sums(adds[r]);
    }
    return number[r];
  }

  /** The same numbers, for another structure with the same temporal iterations. */
  RankNumbers of(Structure other) {
    return new RankNumbers(other, this);
  }

  /**
   * A key of what depends on a rank, on the loops over its variables, and on how these are spread.
   *
   * @param what one of the numbers above
   */
  LongKey.Builder key(long what, int r) {
    var key = new LongKey.Builder();
    key.add(what);
    key.add((long) r);
    key.add((long) count[r]); // there may be no steps for loops that are outermost
    for (int v : ranks.get(r).variables()) {
      key.add(s.temporal[v]);
      for (Spread f : s.spreads) {
        key.add(f.factor()[v]);
      }
    }
    return key;
  }
}
