package org.einloom.mapper.timeloop;

import java.util.Arrays;

/** The size of a tile. */
@SuppressWarnings("ArrayRecordComponent") // compares it itself
record Extents(long[] ranks) {
  /** The words of a tile of these dimensions: a box, gaps included. */
  static Extents of(Problem problem, int tensor, long[] tiles) {
    long[][] by = problem.coefficient[tensor];
    long[] ranks = new long[by.length];
    for (int r = 0; r < ranks.length; r++) {
      ranks[r] = 1;
      for (int d = 0; d < tiles.length; d++) {
        ranks[r] += by[r][d] * (tiles[d] - 1);
      }
    }
    return new Extents(ranks);
  }

  double words() {
    double words = 1;
    for (long r : ranks) {
      words *= r;
    }
    return words;
  }

  /** What is new when the tile has moved: a strip if it moved along one axis, else all of it. */
  double fresh(long[] by) {
    int axis = -1;
    for (int r = 0; r < ranks.length; r++) {
      long far = Math.abs(by[r]);
      if (far >= ranks[r] || (far > 0 && axis >= 0)) {
        return words();
      }
      axis = far > 0 ? r : axis;
    }
    return axis < 0 ? 0 : words() / ranks[axis] * Math.abs(by[axis]);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Extents e && Arrays.equals(ranks, e.ranks);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(ranks);
  }
}
