package org.einloom.component;

import java.util.Optional;
import org.einloom.workload.InvalidSpecException;

/**
 * A number that is not derived from others.
 *
 * @param value finite, not negative
 * @param what it is: a table's row, a model's result
 * @param source where it comes from: a citation, a file
 * @param standing how well it is founded
 * @param extrapolated whether it lies outside what the source covers
 * @param range how far off it may be, where known
 */
public record Given(
    double value,
    String what,
    String source,
    Standing standing,
    boolean extrapolated,
    Optional<Range> range)
    implements Derivation {
  public Given {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new InvalidSpecException(
          what + " comes to " + value + "; expected a finite number of at least 0");
    }
  }

  /** A number of a published table. */
  public static Given published(double value, String what, String source) {
    return new Given(value, what, source, Standing.PUBLISHED, false, Optional.empty());
  }

  /** A number that is said to be published but was not found. */
  public static Given remembered(double value, String what, String source) {
    return new Given(value, what, source, Standing.REMEMBERED, false, Optional.empty());
  }

  /** A number that is chosen. */
  public static Given assumed(double value, String what, String why) {
    return new Given(value, what, why, Standing.ASSUMED, false, Optional.empty());
  }

  /** This with how far off it may be. */
  public Given within(double low, double high) {
    return new Given(
        value, what, source, standing, extrapolated, Optional.of(new Range(low, high)));
  }
}
