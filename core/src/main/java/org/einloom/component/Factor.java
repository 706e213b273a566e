package org.einloom.component;

import java.util.Optional;
import org.einloom.workload.InvalidSpecException;

/**
 * What a number is multiplied by on the way to another.
 *
 * @param value finite, not negative
 * @param what it does: {@code 45 nm at 0.9 V to 28 nm at 0.9 V}
 * @param source where it comes from; empty for plain arithmetic
 * @param standing how well it is founded
 * @param extrapolated whether it lies outside what the source covers
 * @param range how far off it may be, where known
 */
public record Factor(
    double value,
    String what,
    String source,
    Standing standing,
    boolean extrapolated,
    Optional<Range> range) {
  public Factor {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new InvalidSpecException(
          what + " comes to a factor of " + value + "; expected a finite number of at least 0");
    }
  }

  /** Plain arithmetic. */
  public static Factor exact(double value, String what) {
    return new Factor(value, what, "", Standing.MODELLED, false, Optional.of(Range.EXACT));
  }

  /** A rule that is chosen. */
  public static Factor assumed(double value, String what, String why) {
    return new Factor(value, what, why, Standing.ASSUMED, false, Optional.empty());
  }

  /** A rule drawn through published points. */
  public static Factor modelled(double value, String what, String source, boolean extrapolated) {
    return new Factor(value, what, source, Standing.MODELLED, extrapolated, Optional.empty());
  }
}
