package org.einloom.mapper.search;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A placement and the spreads of the outermost fanouts, and what they cost at least. */
@SuppressWarnings("ArrayRecordComponent") // internal
record Open(
    double value,
    double tie,
    long number,
    Placement placement,
    Spread[] spreads,
    LeastCost.Part[] parts,
    int assigned,
    boolean even,
    int bounded,
    double @Nullable [] stands)
    implements Comparable<Open> {
  Open {
    if (Double.isNaN(value)) {
      throw new IllegalStateException("what is no number is neither searched nor left out");
    }
  }

  /** Whether it is the same structure, whatever is known of it. */
  boolean isSame(Open o) {
    return placement.equals(o.placement) && Arrays.equals(spreads, o.spreads);
  }

  @Override
  public int compareTo(Open o) {
    int c = Double.compare(value, o.value);
    c = c != 0 ? c : Double.compare(tie, o.tie);
    // the more is chosen, the sooner there is a mapping
    c = c != 0 ? c : Integer.compare(o.assigned, assigned);
    return c != 0 ? c : Long.compare(number, o.number);
  }

  /** What {@link #value} rests on: the structure; its positions; these, stand by stand; tiles. */
  static final int BY_STRUCTURE = 0;

  static final int BY_POSITIONS = 1;
  static final int BY_STANDS = 2;
  static final int BY_TILES = 3;
}
