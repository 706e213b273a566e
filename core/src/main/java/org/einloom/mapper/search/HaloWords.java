package org.einloom.mapper.search;

import java.util.Arrays;

/**
 * {@link Halo#count} for the positions of one structure, remembered rank by rank: what a rank adds
 * depends on the loops over its own variables alone, and of these there are few.
 */
final class HaloWords {
  private static final int BITS = 12;
  private static final int STAND_BITS = 14;

  private final Halo halo;
  private final Lattice lattice;
  private final int ranks;

  /** {@code [rank][position]}: a number for the loops over its variables. */
  private final int[][] number;

  /** {@code [rank][step]}: -1 if its loop is over a variable of no such rank. */
  private final int[][] own;

  private final boolean fits;
  private final double[] separate;
  private final LongMap<Double> known = new LongMap<>();

  HaloWords(Halo halo, HaloReach reach, RankNumbers numbers, Lattice lattice) {
    this.halo = halo;
    this.lattice = lattice;
    ranks = halo.overlap.ranks.size();
    number = numbers.number;
    own = numbers.own;
    int most = Arrays.stream(numbers.count).max().orElse(0);
    fits = most <= 1 << BITS && ranks <= 8 && halo.measures.size() <= 64 && lattice.steps < 62;
    separate = new double[halo.measures.size()];
    for (int m = 0; m < separate.length; m++) {
      separate[m] = reach.separate(halo.measures.get(m));
    }
  }

  /** Where a link's child stands, and where the instances of fanouts do. */
  @SuppressWarnings("ArrayRecordComponent") // internal; never compared
  record Child(int position, long[] sizes, long[] began, int stand, long[][] passed) {}

  /**
   * What one measure counts.
   *
   * @param at sizes of the tile below the loop that advances
   * @param position where it advances
   * @param iterations temporal iterations there
   * @param step the loop that advances; -1 to add up all tiles instead
   */
  double count(int m, Child child, long[] at, int position, long[] iterations, int step) {
    double product = separate[m];
    for (int r = 0; r < ranks; r++) {
      long loop = step < 0 ? 0 : own[r][step] >= 0 ? step + 2 : 1;
      long key = (long) number[r][child.position] << BITS | number[r][position];
      key = key << STAND_BITS | (child.stand + 1);
      key = ((key << 6 | loop) << 6 | m) << 3 | r;
      boolean remembered = fits && child.stand + 1 < 1 << STAND_BITS;
      Double words = remembered ? known.get(key) : null;
      if (words == null) {
        words =
            halo.rank(
                halo.measures.get(m),
                r,
                child.sizes,
                child.began,
                at,
                iterations,
                step < 0 ? -1 : lattice.variable[step],
                step < 0 ? 1 : lattice.prime[step],
                child.passed);
        if (remembered) {
          known.put(key, words);
        }
      }
      product *= words;
      if (product == 0) {
        return 0;
      }
    }
    int self = step < 0 ? -1 : lattice.variable[step];
    return product * halo.rounds(iterations, self, step < 0 ? 1 : lattice.prime[step]);
  }
}
