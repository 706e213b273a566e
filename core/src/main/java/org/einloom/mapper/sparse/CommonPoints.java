package org.einloom.mapper.sparse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * At how many points several operands are there at once whose words are more often zero at some
 * places than at others. That does not depend on the mapping. Laws of different tensors are
 * independent at each point, but their means are not the mean of what they have in common; so that
 * is taken over the variables that index more than one of them, of what each is on average over its
 * own.
 */
final class CommonPoints {
  /** More points than anybody waits for. */
  private static final double MOST = 5_000_000;

  private final Problem problem;

  /** By operands, as bits: the share; no number if not known. */
  private final double[] known;

  CommonPoints(Problem problem) {
    this.problem = problem;
    // so many operands at most are told apart
    known = new double[1 << Math.min(problem.result, 10)];
    Arrays.fill(known, -1);
  }

  /**
   * The share of points at which words of all these operands are not zero.
   *
   * @param operands as bits
   * @return not a number if there are too many points to look at
   */
  double share(int operands) {
    if (operands >= known.length) {
      return Double.NaN;
    }
    if (known[operands] < 0) {
      known[operands] = count(operands);
    }
    return known[operands];
  }

  private double count(int operands) {
    boolean[] shared = new boolean[problem.variables];
    for (int v = 0; v < shared.length; v++) {
      int indexed = 0;
      for (int left = operands; left != 0; left &= left - 1) {
        indexed += problem.relevant[Integer.numberOfTrailingZeros(left)][v] ? 1 : 0;
      }
      shared[v] = indexed > 1;
    }
    double places = product(shared);
    double work = places;
    for (int left = operands; left != 0; left &= left - 1) {
      work += product(problem.relevant[Integer.numberOfTrailingZeros(left)]);
    }
    if (work > MOST) {
      return Double.NaN;
    }
    List<double[]> shares = new ArrayList<>();
    List<boolean[]> of = new ArrayList<>();
    for (int left = operands; left != 0; left &= left - 1) {
      int t = Integer.numberOfTrailingZeros(left);
      boolean[] own = new boolean[shared.length];
      for (int v = 0; v < own.length; v++) {
        own[v] = shared[v] && problem.relevant[t][v];
      }
      of.add(own);
      shares.add(means(t, own));
    }
    long[] at = new long[shared.length];
    double sum = 0;
    do {
      double together = 1;
      for (int k = 0; k < shares.size() && together > 0; k++) {
        together *= shares.get(k)[index(at, of.get(k))];
      }
      sum += together;
    } while (next(at, shared));
    return sum / places;
  }

  /** By values of some variables: how likely a word of a tensor is not zero, on average. */
  private double[] means(int t, boolean[] kept) {
    double[] sums = new double[(int) product(kept)];
    long[] at = new long[kept.length];
    do {
      sums[index(at, kept)] += problem.law[t].occupiedAt(at);
    } while (next(at, problem.relevant[t]));
    double others = product(problem.relevant[t]) / sums.length;
    return Arrays.stream(sums).map(sum -> sum / others).toArray();
  }

  private double product(boolean[] variables) {
    double product = 1;
    for (int v = 0; v < variables.length; v++) {
      product *= variables[v] ? (double) problem.extent[v] : 1;
    }
    return product;
  }

  private int index(long[] at, boolean[] variables) {
    int index = 0;
    for (int v = 0; v < at.length; v++) {
      if (variables[v]) {
        index = (int) (index * problem.extent[v] + at[v]);
      }
    }
    return index;
  }

  /** The next values of some variables; false after the last ones. */
  private boolean next(long[] at, boolean[] variables) {
    for (int v = at.length - 1; v >= 0; v--) {
      if (variables[v]) {
        at[v]++;
        if (at[v] < problem.extent[v]) {
          return true;
        }
        at[v] = 0;
      }
    }
    return false;
  }
}
