package org.einloom.evaluation.timeloop;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A box of coordinates: all that Timeloop knows of a tile. Gaps between the coordinates that are
 * really touched are in it, unless it is told of them.
 *
 * @param low by rank, the least coordinate
 * @param high by rank, one more than the largest; as {@code low} in some rank for nothing
 * @param touched by rank, which coordinates are in it, counted from the least; null in a rank for
 *     all, and null for all in all ranks
 */
@SuppressWarnings("ArrayRecordComponent") // compares them itself, and shares them with no one
record Box(long[] low, long[] high, @Nullable BitSet @Nullable [] touched) {
  /** No word. */
  static final Box EMPTY = new Box(new long[] {0}, new long[] {0});

  /** A box without gaps. */
  Box(long[] low, long[] high) {
    this(low, high, null);
  }

  /** Words in it; 1 for a scalar. */
  long size() {
    long size = 1;
    for (int i = 0; i < low.length; i++) {
      BitSet in = touched(i);
      size = Math.multiplyExact(size, in == null ? high[i] - low[i] : in.cardinality());
    }
    return size;
  }

  private @Nullable BitSet touched(int rank) {
    return touched == null ? null : touched[rank];
  }

  boolean isEmpty() {
    for (int i = 0; i < low.length; i++) {
      if (high[i] <= low[i]) {
        return true;
      }
    }
    return false;
  }

  Box moved(long[] by) {
    if (isEmpty()) {
      return this;
    }
    long[] l = low.clone();
    long[] h = high.clone();
    for (int i = 0; i < l.length; i++) {
      l[i] += by[i];
      h[i] += by[i];
    }
    return new Box(l, h, touched);
  }

  /** How many words both have. */
  long shared(Box o) {
    long size = 1;
    for (int i = 0; i < low.length; i++) {
      size *= shared(o, i);
    }
    return size;
  }

  private long shared(Box o, int rank) {
    long from = Math.max(low[rank], o.low[rank]);
    long to = Math.min(high[rank], o.high[rank]);
    if (touched(rank) == null && o.touched(rank) == null) {
      return Math.max(0, to - from);
    }
    long both = 0;
    for (long x = from; x < to; x++) {
      both += has(rank, x) && o.has(rank, x) ? 1 : 0;
    }
    return both;
  }

  /** Whether a coordinate of a rank is in it. */
  private boolean has(int rank, long x) {
    BitSet in = touched(rank);
    return x >= low[rank] && x < high[rank] && (in == null || in.get((int) (x - low[rank])));
  }

  boolean contains(long[] at) {
    for (int i = 0; i < at.length; i++) {
      if (!has(i, at[i])) {
        return false;
      }
    }
    return true;
  }

  /** Adds the coordinates of a rank between which it is the same in all of it or out of it. */
  void cuts(int rank, Set<Long> to) {
    BitSet in = touched(rank);
    to.add(low[rank]);
    to.add(high[rank]);
    if (in != null) {
      for (long x = low[rank]; x < high[rank]; x++) {
        to.add(x);
      }
    }
  }

  /**
   * What of this box is not in the other, if that is a box; otherwise, where they differ along more
   * than one axis or this one sticks out on both sides, all of this box.
   */
  Box without(Box o) {
    if (equals(o)) {
      return EMPTY;
    }
    int axis = -1;
    for (int i = 0; i < low.length; i++) {
      if (shared(o, i) == 0) {
        return this;
      }
      if (low[i] != o.low[i] || high[i] != o.high[i] || !Objects.equals(touched(i), o.touched(i))) {
        if (axis >= 0) {
          return this;
        }
        axis = i;
      }
    }
    return touched(axis) == null && o.touched(axis) == null
        ? withoutAlong(o, axis)
        : withoutTouched(o, axis);
  }

  private Box withoutAlong(Box o, int axis) {
    long[] l = low.clone();
    long[] h = high.clone();
    if (o.low[axis] <= low[axis]) {
      if (o.high[axis] >= high[axis]) {
        return EMPTY;
      }
      l[axis] = o.high[axis];
    } else if (o.high[axis] < high[axis]) {
      return this;
    } else {
      h[axis] = o.low[axis];
    }
    return new Box(l, h, touched);
  }

  private Box withoutTouched(Box o, int axis) {
    var rest = new BitSet();
    for (long x = low[axis]; x < high[axis]; x++) {
      rest.set((int) (x - low[axis]), has(axis, x) && !o.has(axis, x));
    }
    if (rest.isEmpty()) {
      return EMPTY;
    }
    long[] l = low.clone();
    long[] h = high.clone();
    int first = rest.nextSetBit(0);
    l[axis] += first;
    h[axis] = low[axis] + rest.length();
    @Nullable BitSet[] left = touched == null ? new @Nullable BitSet[low.length] : touched.clone();
    BitSet own = rest.get(first, rest.length());
    left[axis] = own.cardinality() == own.length() ? null : own;
    return new Box(l, h, left);
  }

  /**
   * How far the other box is from this one: the distance of the centres, rounded away from zero.
   */
  long[] to(Box o) {
    long[] distance = new long[low.length];
    for (int i = 0; i < low.length; i++) {
      long twice = o.low[i] + o.high[i] - low[i] - high[i];
      distance[i] = twice >= 0 ? (twice + 1) / 2 : (twice - 1) / 2;
    }
    return distance;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Box o
        && (isEmpty()
            ? o.isEmpty()
            : Arrays.equals(low, o.low)
                && Arrays.equals(high, o.high)
                && ((touched == null && o.touched == null) || sameTouched(o)));
  }

  private boolean sameTouched(Box o) {
    for (int i = 0; i < low.length; i++) {
      if (!Objects.equals(touched(i), o.touched(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    return isEmpty() ? 0 : 31 * Arrays.hashCode(low) + Arrays.hashCode(high);
  }

  @Override
  public String toString() {
    return Arrays.toString(low)
        + ".."
        + Arrays.toString(high)
        + (touched == null ? "" : Arrays.toString(touched));
  }
}
