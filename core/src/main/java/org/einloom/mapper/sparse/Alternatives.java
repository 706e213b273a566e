package org.einloom.mapper.sparse;

/**
 * Of several regions that differ by instance, or by place: what is so for any of them, or on
 * average.
 */
final class Alternatives {
  private Alternatives() {}

  /**
   * The probability that of several pairs of regions there is one in which neither is empty: the
   * sum over how many regions of the one are not empty, as in the model.
   *
   * @param empty by tensor and number: the probability that so many of its regions are all empty
   */
  static double any(double[][] empty, int n) {
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

  /** The mean over all places of a figure of words, these being a product over ranks. */
  static double mean(
      RankPlaces.Lengths[] lengths,
      int r,
      double words,
      java.util.function.DoubleUnaryOperator of) {
    if (r == lengths.length) {
      return of.applyAsDouble(words);
    }
    double mean = 0;
    for (int i = 0; i < lengths[r].length().length; i++) {
      mean +=
          lengths[r].share()[i] * mean(lengths, r + 1, words * (double) lengths[r].length()[i], of);
    }
    return mean;
  }

  /**
   * The same of a figure of how many there are, and of their words.
   *
   * @param alternative by rank: 1 if its coordinates are alternatives, 0 if they are words of each
   */
  static double mean(
      RankPlaces.Lengths[] lengths,
      int[] alternative,
      int r,
      double alternatives,
      double words,
      java.util.function.DoubleBinaryOperator of) {
    if (r == lengths.length) {
      return of.applyAsDouble(alternatives, words);
    }
    double mean = 0;
    for (int i = 0; i < lengths[r].length().length; i++) {
      double n = (double) lengths[r].length()[i];
      boolean isOne = alternative[r] == 1;
      mean +=
          lengths[r].share()[i]
              * mean(
                  lengths,
                  alternative,
                  r + 1,
                  isOne ? alternatives * n : alternatives,
                  isOne ? words : words * n,
                  of);
    }
    return mean;
  }
}
