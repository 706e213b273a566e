package org.einloom.arch;

import org.einloom.workload.InvalidSpecException;

/**
 * A number with its origin, so that every result can be traced.
 *
 * @param value the number, in the unit the component's name for it says (pJ, um2, uW); finite, not
 *     negative
 * @param source where it comes from, as the architecture file says; empty when it does not
 * @param assumption whether the file marks it as assumed rather than published or measured
 */
public record Figure(double value, String source, boolean assumption) {
  /** Nothing, by nobody's word: a cost that the file leaves out. */
  public static final Figure NONE = new Figure(0, "", true);

  public Figure {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new InvalidSpecException("cost " + value + " is not a finite number of at least 0");
    }
  }

  public static Figure of(double value, String source) {
    return new Figure(value, source, false);
  }
}
