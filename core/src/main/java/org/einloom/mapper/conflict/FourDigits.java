package org.einloom.mapper.conflict;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;

/**
 * The positive numbers of four decimal digits, numbered in their order: what limits are given in,
 * so that what a message says is exactly what was tried.
 */
final class FourDigits {
  private static final int DIGITS = 4;
  private static final long LEAST = 1_000;
  private static final long IN_A_DECADE = 9_000;

  private FourDigits() {}

  /** The n-th: 0 is 1, 9000 is 10. */
  static BigDecimal value(long n) {
    long digits = LEAST + Math.floorMod(n, IN_A_DECADE);
    int decade = Math.toIntExact(Math.floorDiv(n, IN_A_DECADE));
    return new BigDecimal(BigInteger.valueOf(digits), DIGITS - 1 - decade);
  }

  /** The number of the last that is not above a positive number. */
  static long atMost(double number) {
    BigDecimal exact = new BigDecimal(number);
    int decade = exact.precision() - exact.scale() - 1;
    long digits =
        exact
            .scaleByPowerOfTen(DIGITS - 1 - decade)
            .setScale(0, RoundingMode.FLOOR)
            .longValueExact();
    return decade * IN_A_DECADE + digits - LEAST;
  }

  /** The first that is not below a positive number, as doubles. */
  static BigDecimal atLeast(double number) {
    long n = atMost(number);
    return value(n).doubleValue() >= number ? value(n) : value(n + 1);
  }

  /** A number with the largest unit that leaves it at least 1. */
  static String text(BigDecimal number, List<Map.Entry<String, Integer>> units) {
    Map.Entry<String, Integer> unit =
        units.stream()
            .filter(u -> number.compareTo(BigDecimal.ONE.scaleByPowerOfTen(u.getValue())) >= 0)
            .findFirst()
            .orElse(units.getLast());
    BigDecimal shown = number.scaleByPowerOfTen(-unit.getValue()).stripTrailingZeros();
    return shown.toPlainString() + " " + unit.getKey();
  }
}
