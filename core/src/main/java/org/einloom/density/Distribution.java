package org.einloom.density;

import java.util.Arrays;

/**
 * The law of a count: probabilities of whole numbers in a row. Tails whose probability is below
 * 1e-18 may be left out.
 */
public final class Distribution {
  private final long lowest;
  private final double[] probability;

  private Distribution(long lowest, double[] probability) {
    this.lowest = lowest;
    this.probability = probability;
  }

  /** The law that gives {@code lowest + i} the probability {@code probability[i]}. */
  public static Distribution of(long lowest, double[] probability) {
    double sum = Arrays.stream(probability).sum();
    if (!(Math.abs(sum - 1) < 1e-6)) {
      throw new IllegalArgumentException("probabilities add up to " + sum);
    }
    return new Distribution(lowest, probability.clone());
  }

  /** The law of what is certain. */
  public static Distribution certain(long value) {
    return new Distribution(value, new double[] {1});
  }

  /** The smallest count that is told apart. */
  public long lowest() {
    return lowest;
  }

  /** The largest count that is told apart. */
  public long highest() {
    return lowest + probability.length - 1;
  }

  /** The probability of exactly this count. */
  public double probability(long count) {
    return count < lowest || count > highest() ? 0 : probability[(int) (count - lowest)];
  }

  /** The probability of more than this count. */
  public double probabilityAbove(long count) {
    double sum = 0;
    // from the far end, so that small probabilities are not lost in large ones
    for (int i = probability.length - 1; i >= 0 && lowest + i > count; i--) {
      sum += probability[i];
    }
    return Math.min(1, sum);
  }

  /** The expected count. */
  public double mean() {
    double sum = 0;
    for (int i = 0; i < probability.length; i++) {
      sum += i * probability[i];
    }
    return lowest + sum;
  }

  /** The expected squared distance from the mean. */
  public double variance() {
    double mean = mean() - lowest;
    double sum = 0;
    for (int i = 0; i < probability.length; i++) {
      sum += (i - mean) * (i - mean) * probability[i];
    }
    return sum;
  }

  /** The smallest count that is exceeded with no more than this probability. */
  public long quantile(double mayExceed) {
    double above = 0;
    for (int i = probability.length - 1; i >= 0; i--) {
      above += probability[i];
      if (above > mayExceed) {
        return lowest + i;
      }
    }
    return lowest;
  }

  /** The law of the sum of this count and an independent one. */
  Distribution plus(Distribution o) {
    if (o.probability.length == 1) {
      return new Distribution(lowest + o.lowest, probability);
    }
    Cost.check((double) probability.length * o.probability.length);
    var sum = new double[probability.length + o.probability.length - 1];
    for (int i = 0; i < probability.length; i++) {
      for (int j = 0; j < o.probability.length; j++) {
        sum[i + j] += probability[i] * o.probability[j];
      }
    }
    return new Distribution(lowest + o.lowest, sum).trimmed();
  }

  /** The law of the sum of so many independent counts of this law. */
  Distribution times(long n) {
    Distribution sum = certain(0);
    Distribution power = this;
    for (long rest = n; rest > 0; rest >>= 1) {
      if ((rest & 1) == 1) {
        sum = sum.plus(power);
      }
      power = rest > 1 ? power.plus(power) : power;
    }
    return sum;
  }

  /** The law of this count times a whole number. */
  Distribution scaled(long by) {
    if (probability.length == 1 || by == 1) {
      return new Distribution(Math.multiplyExact(lowest, by), probability);
    }
    double length = (probability.length - 1.0) * by + 1;
    Cost.check(length);
    var spread = new double[(int) length];
    for (int i = 0; i < probability.length; i++) {
      spread[Math.toIntExact(i * by)] = probability[i];
    }
    return new Distribution(Math.multiplyExact(lowest, by), spread);
  }

  private Distribution trimmed() {
    int from = 0;
    int to = probability.length;
    while (from < to - 1 && probability[from] < 1e-18 / probability.length) {
      from++;
    }
    while (to > from + 1 && probability[to - 1] < 1e-18 / probability.length) {
      to--;
    }
    return new Distribution(lowest + from, Arrays.copyOfRange(probability, from, to));
  }
}
