package org.einloom.evaluation.timeloop.sparse;

import java.math.BigInteger;

/**
 * A positive number with a mantissa of 64 bits and any exponent: the extended precision in which
 * Timeloop's library finds probabilities. Counts that are rounded down after a multiplication
 * depend on their last bits, so they are found in the same precision here.
 *
 * @param mantissa 64 bits, the highest of them set
 * @param exponent of 2, by which the mantissa is multiplied
 */
record Extended(BigInteger mantissa, long exponent) {
  private static final int BITS = 64;

  static final Extended ONE = of(BigInteger.ONE);

  /** The nearest one, the even one of two. */
  static Extended of(BigInteger integer) {
    return rounded(integer, 0, false);
  }

  private static Extended rounded(BigInteger value, long exponent, boolean more) {
    int shift = value.bitLength() - BITS;
    if (shift <= 0) {
      return new Extended(value.shiftLeft(-shift), exponent + shift);
    }
    BigInteger high = value.shiftRight(shift);
    BigInteger rest = value.subtract(high.shiftLeft(shift));
    int half = rest.compareTo(BigInteger.ONE.shiftLeft(shift - 1));
    if (half > 0 || (half == 0 && (more || high.testBit(0)))) {
      high = high.add(BigInteger.ONE);
    }
    return high.bitLength() > BITS
        ? new Extended(high.shiftRight(1), exponent + shift + 1)
        : new Extended(high, exponent + shift);
  }

  Extended times(Extended o) {
    return rounded(mantissa.multiply(o.mantissa), exponent + o.exponent, false);
  }

  Extended over(Extended o) {
    BigInteger[] parts = mantissa.shiftLeft(2 * BITS).divideAndRemainder(o.mantissa);
    return rounded(parts[0], exponent - o.exponent - 2 * BITS, parts[1].signum() != 0);
  }

  /** -1, 0 or 1: whether it is less than 1, 1, or more. */
  int compareToOne() {
    long high = exponent + BITS;
    if (high != 1) {
      return high > 1 ? 1 : -1;
    }
    return mantissa.equals(BigInteger.ONE.shiftLeft(BITS - 1)) ? 0 : 1;
  }

  /** The nearest double. */
  double value() {
    // a mantissa of 64 bits is rounded once, except for the very small, which round once more
    double m = mantissa.doubleValue();
    return exponent < -1000
        ? Math.scalb(Math.scalb(m, -BITS), (int) Math.max(exponent + BITS, -5000))
        : Math.scalb(m, (int) exponent);
  }
}
