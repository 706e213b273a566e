package org.einloom.mapper.timeloop;

/**
 * A loop in time that is placed outside of all others so far.
 *
 * @param problem in which
 * @param dim its dimension
 * @param count its iterations
 * @param tiles by dimension, how many values one iteration covers
 * @param left by dimension, the iterations of all loops in time further out
 * @param outside the product of those
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, read at once
record Placing(Problem problem, int dim, long count, long[] tiles, long[] left, double outside) {
  /** How often the loop goes on, in the whole run. */
  double advances() {
    return (count - 1) * outside;
  }

  /** How far a tensor's tile moves in a rank when the loop goes on and all others stand still. */
  long motion(int tensor, int rank) {
    return problem.coefficient[tensor][rank][dim] * tiles[dim];
  }

  /** The same in all ranks. */
  long[] motion(int tensor) {
    long[] by = new long[problem.coefficient[tensor].length];
    for (int r = 0; r < by.length; r++) {
      by[r] = motion(tensor, r);
    }
    return by;
  }

  /** How many values a dimension's next loop further out will cover in an iteration, at least. */
  long next(int d) {
    return d == dim ? tiles[d] * count : tiles[d];
  }
}
