package org.einloom.density;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.random.RandomGenerator;
import org.einloom.workload.Checked;
import org.einloom.workload.InvalidSpecException;

/** What models of density have in common. */
final class Checks {
  private static final int MOST_DECIMALS = 10;

  private Checks() {}

  static List<Long> shape(List<Long> shape) {
    long words = 1;
    for (long s : shape) {
      if (s < 1) {
        throw new InvalidSpecException("a tensor of shape " + shape + "; extents are at least 1");
      }
      words = Checked.multiply(words, s, "the size of a tensor of shape " + shape);
    }
    return List.copyOf(shape);
  }

  static int rank(List<Long> shape, int rank, String what) {
    if (rank < 0 || rank >= shape.size()) {
      throw new InvalidSpecException(
          "%s is rank %d of a tensor with %d ranks; expected 0 to %d"
              .formatted(what, rank, shape.size(), shape.size() - 1));
    }
    return rank;
  }

  static double share(double density) {
    if (!(density >= 0 && density <= 1)) {
      throw new InvalidSpecException("density " + density + "; expected 0 to 1");
    }
    return density;
  }

  /** With six significant digits at most, as people give and read them. */
  static String shareText(double density) {
    BigDecimal rounded = new BigDecimal(density).round(new MathContext(6)).stripTrailingZeros();
    return rounded.scale() > MOST_DECIMALS ? rounded.toString() : rounded.toPlainString();
  }

  static long among(long nonZeros, long words, String what) {
    if (nonZeros < 0 || nonZeros > words) {
      throw new InvalidSpecException(
          nonZeros + " occupied words of " + words + " in " + what + "; expected 0 to " + words);
    }
    return nonZeros;
  }

  /** The nearest whole number of so many. */
  static long nearest(double density, long words) {
    return Math.min(words, Math.round(share(density) * words));
  }

  /** Chooses some of the numbers below {@code items}, each set of that size as likely as any. */
  static int[] choose(RandomGenerator random, int items, int chosen) {
    var all = new int[items];
    for (int i = 0; i < items; i++) {
      all[i] = i;
    }
    for (int i = 0; i < chosen; i++) {
      int j = i + random.nextInt(items - i);
      int x = all[i];
      all[i] = all[j];
      all[j] = x;
    }
    return java.util.Arrays.copyOf(all, chosen);
  }
}
