package org.einloom.density;

/**
 * Draws without replacement: of {@code population} items {@code marked} are marked, and {@code
 * drawn} are looked at.
 */
final class Hypergeometric {
  /** A logarithm below which a probability is 0 as a double. */
  private static final double VANISHING = -800;

  private Hypergeometric() {}

  /**
   * The probability that none of those looked at is marked: {@code C(population - marked, drawn) /
   * C(population, drawn)}.
   */
  static double none(long population, long marked, long drawn) {
    if (marked > population - drawn) {
      return 0;
    }
    // the formula is symmetric in marked and drawn; the shorter product is the better one
    long few = Math.min(marked, drawn);
    double many = Math.max(marked, drawn);
    double log = 0;
    for (long i = 0; i < few && log > VANISHING; i++) {
      log += Math.log1p(-many / (population - i));
    }
    return Math.exp(log);
  }

  /** The law of the number of marked items among those looked at. */
  static Distribution law(long population, long marked, long drawn) {
    long low = Math.max(0, drawn - (population - marked));
    long high = Math.min(drawn, marked);
    if (low == high) {
      return Distribution.certain(low);
    }
    double mean = (double) drawn * marked / population;
    // everything beyond forty standard deviations or so is below any double that matters
    double spread =
        Math.sqrt(
            mean
                * (1 - (double) marked / population)
                * ((double) (population - drawn) / Math.max(1, population - 1)));
    long from = Math.max(low, (long) Math.floor(mean - 40 * spread - 60));
    long to = Math.min(high, (long) Math.ceil(mean + 40 * spread + 60));
    Cost.check((double) (to - from));
    long mode =
        Math.clamp(
            (long) Math.floor((drawn + 1.0) * (marked + 1.0) / (population + 2.0)), from, to);
    var weight = new double[(int) (to - from + 1)];
    weight[(int) (mode - from)] = 1;
    for (long k = mode; k < to; k++) {
      weight[(int) (k + 1 - from)] = weight[(int) (k - from)] * ratio(population, marked, drawn, k);
    }
    for (long k = mode; k > from; k--) {
      weight[(int) (k - 1 - from)] =
          weight[(int) (k - from)] / ratio(population, marked, drawn, k - 1);
    }
    double sum = 0;
    for (double w : weight) {
      sum += w;
    }
    for (int i = 0; i < weight.length; i++) {
      weight[i] /= sum;
    }
    return Distribution.of(from, weight);
  }

  /** P(k+1) / P(k). */
  private static double ratio(long population, long marked, long drawn, long k) {
    return ((double) (marked - k) / (k + 1))
        * ((double) (drawn - k) / (population - marked - drawn + k + 1));
  }
}
