package org.einloom.model;

import java.util.Arrays;

/** Numbers to look something up by, without boxes. */
public final class LongKey {
  private final long[] parts;
  private final int hash;

  /**
   * @param parts not to be changed any more
   */
  public LongKey(long[] parts) {
    this.parts = parts;
    long h = 1;
    for (long x : parts) {
      h = h * 0x9E3779B97F4A7C15L + x;
      h ^= h >>> 31;
    }
    hash = (int) (h ^ h >>> 32);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof LongKey k && hash == k.hash && Arrays.equals(parts, k.parts);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** Collects the numbers of a key. */
  public static final class Builder {
    private long[] parts = new long[32];
    private int n;

    public void add(long part) {
      if (n == parts.length) {
        parts = Arrays.copyOf(parts, 2 * n);
      }
      parts[n++] = part;
    }

    public void add(double part) {
      add(Double.doubleToRawLongBits(part + 0.0)); // of zeros there is one
    }

    public void add(boolean part) {
      add(part ? 1L : 0L);
    }

    public void set(int at, long part) {
      parts[at] = part;
    }

    public LongKey key() {
      return new LongKey(Arrays.copyOf(parts, n));
    }
  }
}
