package org.einloom.mapper.search;

/**
 * How few coordinates of one rank a tile has at least, if loops leave it near, or if it slides; see
 * {@link HaloReach}.
 *
 * @param extent by variable, all of its values
 * @param spread by variable, whether fanouts spread it
 */
@SuppressWarnings("ArrayRecordComponent") // internal; never compared
record RankReach(long[] extent, boolean[] spread) {

  /**
   * The fewest words of a tile in one rank that loops leave near.
   *
   * @param iterations of each variable, as far as loops have come
   * @param below of each variable, children of the fanouts below the node
   * @param slides whether being able to slide is enough
   */
  double fewest(RankOverlap.Rank rank, long[] iterations, long[] below, boolean slides) {
    double loss = clipped(rank, iterations, below) ? low(rank) + high(rank) : 0;
    long[] sizes = new long[rank.variables().length];
    return Math.max(1, least(rank, iterations, below, 0, sizes, slides) - loss);
  }

  /**
   * The fewest words of a tile in one rank that loops up to here leave near.
   *
   * @param sizes of the tile, as far as they are chosen
   * @param slides whether being able to slide is enough
   */
  private double least(
      RankOverlap.Rank rank, long[] iterations, long[] below, int i, long[] sizes, boolean slides) {
    if (i == sizes.length) {
      return stays(rank, iterations, below, sizes, slides)
          ? atLeast(rank, sizes, new boolean[sizes.length])
          : Double.POSITIVE_INFINITY;
    }
    int v = rank.variables()[i];
    double least = Double.POSITIVE_INFINITY;
    for (long n = 1; n <= iterations[v]; n++) {
      if (iterations[v] % n == 0) {
        sizes[i] = n * below[v];
        least = Math.min(least, least(rank, iterations, below, i + 1, sizes, slides));
      }
    }
    return least;
  }

  private boolean stays(
      RankOverlap.Rank rank, long[] iterations, long[] below, long[] sizes, boolean slides) {
    long reach = 1;
    long moved = 0;
    for (int k = 0; k < sizes.length; k++) {
      int v = rank.variables()[k];
      reach += (sizes[k] - 1) * rank.coefficients()[k];
      moved += (iterations[v] * below[v] - sizes[k]) * rank.coefficients()[k];
    }
    boolean may = moved < reach;
    for (int k = 0; k < sizes.length && slides; k++) {
      // a loop over this variable goes on where the others leave some of the tile
      int v = rank.variables()[k];
      long c = rank.coefficients()[k];
      long own = (iterations[v] * below[v] - sizes[k]) * c;
      may |= spread[v] || moved - own < reach + sizes[k] * c;
    }
    return may;
  }

  /**
   * How many coordinates there are at least if so many values of each variable occur: a sum of sets
   * has as many members as the sets together, less one for each but the first; and each further
   * copy of an interval adds what the step leaves uncovered.
   *
   * @param scattered by variable of the rank, whether the values need not be next to each other
   */
  static double atLeast(RankOverlap.Rank rank, long[] sizes, boolean[] scattered) {
    boolean[] done = scattered.clone();
    double words = 1;
    boolean interval = true;
    for (int round = 0; round < sizes.length; round++) {
      int next = -1;
      for (int k = 0; k < sizes.length; k++) {
        boolean finer = next < 0 || rank.coefficients()[k] < rank.coefficients()[next];
        next = !done[k] && finer ? k : next;
      }
      if (next >= 0) {
        done[next] = true;
        double c = (double) rank.coefficients()[next];
        interval &= sizes[next] == 1 || c <= words;
        words += (double) (sizes[next] - 1) * (interval ? c : 1);
      }
    }
    for (int k = 0; k < sizes.length; k++) {
      if (scattered[k] && sizes[k] > 1) {
        double c = interval ? Math.min((double) rank.coefficients()[k], words) : 1;
        words += (double) (sizes[k] - 1) * c;
        interval = false;
      }
    }
    return words;
  }

  /** Whether padding may cut off some of a box, wherever it stands. */
  private boolean clipped(RankOverlap.Rank rank, long[] iterations, long[] below) {
    long last = rank.offset();
    for (int i = 0; i < rank.variables().length; i++) {
      int v = rank.variables()[i];
      last += (iterations[v] * below[v] - 1) * rank.coefficients()[i];
    }
    for (int i = 0; i < rank.variables().length; i++) {
      int v = rank.variables()[i];
      long size = iterations[v] * below[v];
      long middle = extent[v] / size / 2 * size * rank.coefficients()[i];
      if (middle + rank.offset() >= 0 && middle + last < rank.size()) {
        return false;
      }
    }
    return true;
  }

  static double low(RankOverlap.Rank rank) {
    return (double) Math.max(0, -rank.offset());
  }

  static double high(RankOverlap.Rank rank) {
    return (double) Math.max(0, rank.last() - rank.size() + 1);
  }
}
