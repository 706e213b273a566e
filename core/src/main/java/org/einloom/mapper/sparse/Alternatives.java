package org.einloom.mapper.sparse;

/**
 * Of several regions that differ by instance, or by place: what is so for any of them, or on
 * average.
 */
final class Alternatives {
  /** Binomial coefficients, by row. */
  private static final double[][] CHOOSE = triangle(Odds.MOST_ALTERNATIVES);

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
        exactly += (j % 2 == 0 ? 1 : -1) * CHOOSE[k][j] * empty[0][n - k + j];
      }
      none += CHOOSE[n][k] * exactly * empty[1][k];
    }
    return 1 - none;
  }

  /** The rows of Pascal's triangle from 0 to {@code n}. */
  private static double[][] triangle(int n) {
    var rows = new double[n + 1][];
    for (int i = 0; i <= n; i++) {
      rows[i] = new double[i + 1];
      rows[i][0] = 1;
      rows[i][i] = 1;
      for (int k = 1; k < i; k++) {
        rows[i][k] = rows[i - 1][k - 1] + rows[i - 1][k];
      }
    }
    return rows;
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
