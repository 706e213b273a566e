package org.einloom.io.timeloop.stats;

import java.math.BigDecimal;
import org.einloom.io.input.Position;

/**
 * A number as it was printed: rounded to its last digit.
 *
 * @param value what is printed, without its unit
 * @param at where it stands
 */
public record Printed(BigDecimal value, Position at) {
  /** Sums of doubles in another order differ by less than this, relatively. */
  private static final double ORDER_OF_SUMS = 1e-9;

  /** Half a unit of the last digit: how far off the number may be that was printed. */
  public double halfUnit() {
    return Math.pow(10, -value.scale()) / 2;
  }

  /** The number. */
  public double number() {
    return value.doubleValue();
  }

  /** Whether a number would be printed like this, give or take the order of a sum. */
  public boolean agrees(double other) {
    return Math.abs(other - number())
        <= halfUnit() + ORDER_OF_SUMS * Math.max(Math.abs(other), Math.abs(number()));
  }

  /**
   * Whether a number that is so many times this one agrees: what is printed of one instance was
   * rounded before it was multiplied.
   */
  public boolean agreesTimes(double other, double times) {
    return times == 0 ? other == 0 : agrees(other / times);
  }
}
