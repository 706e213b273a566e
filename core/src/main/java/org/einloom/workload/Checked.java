package org.einloom.workload;

/** Arithmetic that refuses to be wrong: overflow names what grew too large. */
public final class Checked {
  private Checked() {}

  /** The product, or a {@link TooLargeException} that says that {@code what} is too large. */
  public static long multiply(long a, long b, String what) {
    long high = Math.multiplyHigh(a, b);
    long low = a * b;
    if ((high != 0 || low < 0) && (high != -1 || low >= 0)) {
      throw new TooLargeException(what + " exceeds 2^63-1; use smaller sizes");
    }
    return low;
  }

  /** The sum, or a {@link TooLargeException} that says that {@code what} is too large. */
  public static long add(long a, long b, String what) {
    long sum = a + b;
    if (((a ^ sum) & (b ^ sum)) < 0) {
      throw new TooLargeException(what + " exceeds 2^63-1; use smaller sizes");
    }
    return sum;
  }
}
