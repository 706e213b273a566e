package org.einloom.evaluation.timeloop;

import java.util.Arrays;

/**
 * A box of coordinates: all that Timeloop knows of a tile. Gaps between the coordinates that are
 * really touched are in it.
 *
 * @param low by rank, the least coordinate
 * @param high by rank, one more than the largest; as {@code low} in some rank for nothing
 */
@SuppressWarnings("ArrayRecordComponent") // compares them itself, and shares them with no one
record Box(long[] low, long[] high) {
  /** No word. */
  static final Box EMPTY = new Box(new long[] {0}, new long[] {0});

  /** Words in it; 1 for a scalar. */
  long size() {
    long size = 1;
    for (int i = 0; i < low.length; i++) {
      size = Math.multiplyExact(size, high[i] - low[i]);
    }
    return size;
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
    return new Box(l, h);
  }

  /** How many words both have. */
  long shared(Box o) {
    long size = 1;
    for (int i = 0; i < low.length; i++) {
      size *= Math.max(0, Math.min(high[i], o.high[i]) - Math.max(low[i], o.low[i]));
    }
    return size;
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
      if (o.high[i] <= low[i] || o.low[i] >= high[i]) {
        return this;
      }
      if (low[i] != o.low[i] || high[i] != o.high[i]) {
        if (axis >= 0) {
          return this;
        }
        axis = i;
      }
    }
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
    return new Box(l, h);
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
        && (isEmpty() ? o.isEmpty() : Arrays.equals(low, o.low) && Arrays.equals(high, o.high));
  }

  @Override
  public int hashCode() {
    return isEmpty() ? 0 : 31 * Arrays.hashCode(low) + Arrays.hashCode(high);
  }

  @Override
  public String toString() {
    return Arrays.toString(low) + ".." + Arrays.toString(high);
  }
}
