package org.einloom.component;

/**
 * How far off a figure may be: the true one lies between {@code low} and {@code high} times it.
 *
 * @param low at most 1, more than 0
 * @param high at least 1
 */
public record Range(double low, double high) {
  /** Exact. */
  public static final Range EXACT = new Range(1, 1);

  public Range {
    if (!(low > 0 && low <= 1 && high >= 1 && Double.isFinite(high))) {
      throw new IllegalArgumentException("no range of factors around 1: " + low + ".." + high);
    }
  }

  /** Of a product: errors of both factors may coincide. */
  public Range times(Range o) {
    return new Range(low * o.low, high * o.high);
  }
}
