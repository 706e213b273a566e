package org.einloom.model;

import java.util.Arrays;

/**
 * A finite set of coordinates of one rank: sorted, disjoint, non-touching half-open intervals
 * {@code [b0, b1), [b2, b3), ...} held flat, so that equal sets are equal arrays.
 */
final class Words {
  static final long[] EMPTY = {};

  private Words() {}

  /** The interval {@code [from, from + length)}. */
  static long[] block(long from, long length) {
    return length <= 0 ? EMPTY : new long[] {from, from + length};
  }

  static long size(long[] set) {
    long n = 0;
    for (int i = 0; i < set.length; i += 2) {
      n += set[i + 1] - set[i];
    }
    return n;
  }

  /** All {@code x + c*k} for x in the set and {@code 0 <= k < length}. */
  static long[] spread(long[] set, long c, long length) {
    if (length == 1 || set.length == 0) {
      return set;
    }
    long reach = Math.abs(c) * (length - 1);
    long low = c < 0 ? -reach : 0;
    if (set.length == 2 && Math.abs(c) <= set[1] - set[0]) {
      return new long[] {set[0] + low, set[1] + low + reach};
    }
    Limits.check(length * set.length);
    long[] all = new long[Math.toIntExact(length * set.length)];
    for (int k = 0, at = 0; k < length; k++) {
      for (int i = 0; i < set.length; i++) {
        all[at++] = set[i] + low + Math.abs(c) * k;
      }
    }
    return normalise(all);
  }

  /** The set moved by a distance. */
  static long[] shift(long[] set, long by) {
    if (by == 0 || set.length == 0) {
      return set;
    }
    long[] moved = new long[set.length];
    for (int i = 0; i < set.length; i++) {
      moved[i] = set[i] + by;
    }
    return moved;
  }

  /** The coordinates in {@code [from, to)}. */
  static long[] clip(long[] set, long from, long to) {
    if (set.length == 0 || (set[0] >= from && set[set.length - 1] <= to)) {
      return set;
    }
    long[] kept = new long[set.length];
    int n = 0;
    for (int i = 0; i < set.length; i += 2) {
      long a = Math.max(set[i], from);
      long b = Math.min(set[i + 1], to);
      if (a < b) {
        kept[n++] = a;
        kept[n++] = b;
      }
    }
    return Arrays.copyOf(kept, n);
  }

  /** Coordinates in both sets. */
  static long[] intersect(long[] x, long[] y) {
    long[] out = new long[x.length + y.length];
    int n = 0;
    for (int i = 0, j = 0; i < x.length && j < y.length; ) {
      long a = Math.max(x[i], y[j]);
      long b = Math.min(x[i + 1], y[j + 1]);
      if (a < b) {
        out[n++] = a;
        out[n++] = b;
      }
      if (x[i + 1] < y[j + 1]) {
        i += 2;
      } else {
        j += 2;
      }
    }
    return Arrays.copyOf(out, n);
  }

  /** Coordinates in the first set and not in the second. */
  static long[] minus(long[] x, long[] y) {
    if (x.length == 0 || y.length == 0) {
      return x;
    }
    long[] out = new long[x.length + y.length];
    int n = 0;
    int j = 0;
    for (int i = 0; i < x.length; i += 2) {
      long from = x[i];
      while (j < y.length && y[j + 1] <= from) {
        j += 2;
      }
      int k = j;
      while (k < y.length && y[k] < x[i + 1]) {
        if (y[k] > from) {
          out[n++] = from;
          out[n++] = y[k];
        }
        from = Math.max(from, y[k + 1]);
        k += 2;
      }
      if (from < x[i + 1]) {
        out[n++] = from;
        out[n++] = x[i + 1];
      }
    }
    return Arrays.copyOf(out, n);
  }

  /** The union of the first {@code n} sets. */
  static long[] union(long[][] sets, int n) {
    if (n == 1) {
      return sets[0];
    }
    int length = 0;
    for (int i = 0; i < n; i++) {
      length += sets[i].length;
    }
    long[] all = new long[length];
    int at = 0;
    for (int i = 0; i < n; i++) {
      System.arraycopy(sets[i], 0, all, at, sets[i].length);
      at += sets[i].length;
    }
    return normalise(all);
  }

  /** Sorts and merges intervals given in any order. */
  private static long[] normalise(long[] intervals) {
    int n = intervals.length / 2;
    if (n == 0) {
      return EMPTY;
    }
    boolean sorted = true;
    for (int i = 2; i < intervals.length && sorted; i += 2) {
      sorted = intervals[i] >= intervals[i - 2];
    }
    long[] from = new long[n];
    long[] to = new long[n];
    if (sorted) {
      for (int i = 0; i < n; i++) {
        from[i] = intervals[2 * i];
        to[i] = intervals[2 * i + 1];
      }
    } else {
      // Starts and ends may be sorted apart: a union only asks how many intervals are open.
      for (int i = 0; i < n; i++) {
        from[i] = intervals[2 * i];
        to[i] = intervals[2 * i + 1];
      }
      Arrays.sort(from);
      Arrays.sort(to);
      return sweep(from, to);
    }
    long[] out = new long[2 * n];
    int at = 0;
    for (int i = 0; i < n; i++) {
      if (at > 0 && from[i] <= out[at - 1]) {
        out[at - 1] = Math.max(out[at - 1], to[i]);
      } else {
        out[at++] = from[i];
        out[at++] = to[i];
      }
    }
    return Arrays.copyOf(out, at);
  }

  private static long[] sweep(long[] from, long[] to) {
    int n = from.length;
    long[] out = new long[2 * n];
    int at = 0;
    int open = 0;
    int j = 0;
    for (int i = 0; i < n; i++) {
      while (j < n && to[j] < from[i]) {
        if (--open == 0) {
          out[at++] = to[j];
        }
        j++;
      }
      if (open++ == 0) {
        out[at++] = from[i];
      }
    }
    out[at++] = to[n - 1];
    return Arrays.copyOf(out, at);
  }
}
