package org.einloom.mapper.search;

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

  /** {@code [rank][step]}: whether its loop is over a variable of the rank. */
  private final boolean[][] own;

  private final boolean fits;
  private final double[] separate;
  private final LongMap<Double> known = new LongMap<>();

  HaloWords(Halo halo, HaloReach reach, Lattice lattice) {
    this.halo = halo;
    this.lattice = lattice;
    ranks = halo.overlap.ranks.size();
    number = new int[ranks][lattice.positions];
    own = new boolean[ranks][lattice.steps];
    int most = 0;
    for (int r = 0; r < ranks; r++) {
      boolean[] of = new boolean[lattice.variables];
      for (int v : halo.overlap.ranks.get(r).variables()) {
        of[v] = true;
      }
      int[] same = lattice.projections(of);
      int next = 0;
      for (int x = 0; x < same.length; x++) {
        number[r][x] = same[x] == x ? next++ : number[r][same[x]];
      }
      most = Math.max(most, next);
      for (int i = 0; i < lattice.steps; i++) {
        own[r][i] = of[lattice.variable[i]];
      }
    }
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
      long loop = step < 0 ? 0 : own[r][step] ? step + 2 : 1;
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
