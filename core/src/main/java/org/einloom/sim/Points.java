package org.einloom.sim;

/** What the computes work on in one step: a point of the iteration space each, or nothing. */
final class Points {
  private final boolean[] active;
  private final long[][] points;

  Points(int computes) {
    active = new boolean[computes];
    points = new long[computes][];
  }

  void set(int compute, long[] point) {
    active[compute] = true;
    points[compute] = point;
  }

  int computes() {
    return active.length;
  }

  boolean active(int compute) {
    return active[compute];
  }

  /** The word that an instance touches; {@link Words#PADDING} also where it is idle. */
  int word(Words words, int compute) {
    return active[compute] ? words.at(points[compute]) : Words.PADDING;
  }
}
