package org.einloom.mapper.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * How long a node of an operand whose tiles overlap can profit from what it holds, and what it
 * costs at least to have moved on: what {@link FillBound} has to know of such an operand.
 *
 * <p>Between one step and the next a node keeps nothing if some rank has moved by at least the
 * reach of the tile: its span from the first to the last coordinate. Loops start over when one
 * outside them advances, so a rank that has moved <em>far</em> moves back by as much.
 *
 * <ul>
 *   <li><b>Near.</b> Until some rank is far, everything may be kept. From then on, no loop over an
 *       irrelevant variable keeps anything, so that every word that is ever needed is fetched once
 *       for each irrelevant iteration that was outside the last near position.
 *   <li><b>Sliding.</b> With one rank far, a loop keeps something only if it is over a variable of
 *       that rank, and the others of the rank have not moved much. After that nothing is kept any
 *       more: all loops so far are done again from nothing, for each iteration of all others, and
 *       each time fetch at least what they touch.
 *   <li>Tiles are not known yet. So what is asked is whether any tile that fits could be near, or
 *       slide, where loops cover so much: the fewest words that such a tile has, rank by rank;
 *       padding may cut some off.
 * </ul>
 */
final class HaloReach {
  private final Halo halo;
  private final Structure s;
  private final Lattice lattice;
  private final boolean[] spread;
  private final double[] apart;

  private final int[] related;

  private final RankNumbers numbers;

  /** {@code [rank]}: by position, where to look up what depends on the rank alone. */
  private final int[][] at;

  HaloReach(Halo halo, RankNumbers numbers, Lattice lattice, double[] apart, int[] related) {
    this.halo = halo;
    this.s = halo.structure;
    this.lattice = lattice;
    this.numbers = numbers;
    this.apart = apart;
    this.related = related;
    at = numbers.number;
    spread = new boolean[s.problem.variables];
    for (int v = 0; v < spread.length; v++) {
      for (Spread f : s.spreads) {
        spread[v] |= f.factor()[v] > 1;
      }
    }
  }

  /** By position, the least one with the same iterations of relevant variables. */
  int[] related() {
    return related;
  }

  /**
   * Where a node may be near and where it may slide.
   *
   * @param room words of the tensor that fit
   * @param bits the lower of two bits is set at positions where no rank must be far, the higher one
   *     where something may be kept
   */
  void regions(int link, double room, int bits, int[] to) {
    long[] below = s.below[halo.tensor][link - 1];
    double always = 1;
    for (RankOverlap.Rank rank : halo.overlap.ranks) {
      for (int v : rank.variables()) {
        always *= rank.apart() ? (double) below[v] : 1;
      }
    }
    double[] all = apart.clone();
    double[] most = new double[lattice.positions];
    Arrays.fill(most, 1);
    for (int r = 0; r < at.length; r++) {
      RankOverlap.Rank rank = halo.overlap.ranks.get(r);
      if (rank.apart()) {
        continue;
      }
      int of = r;
      double[] words = table(RankNumbers.NEAR, r, link, NONE, n -> near(rank, of, n, below));
      double[] fewer =
          table(RankNumbers.SLIDES, r, link, NONE, n -> words[n] / slides(rank, of, n, below));
      for (int x = 0; x < all.length; x++) {
        all[x] *= words[at[r][x]];
        most[x] = Math.max(most[x], fewer[at[r][x]]);
      }
    }
    for (int x = 0; x < all.length; x++) {
      to[x] |= all[x] * always <= room ? Integer.lowestOneBit(bits) : 0;
      to[x] |= all[x] * always / most[x] <= room * (1 + 1e-12) ? Integer.highestOneBit(bits) : 0;
    }
  }

  private static final boolean[] NONE = {};

  /** A table by number of one rank, remembered where structures have it in common. */
  private double[] table(long what, int r, int link, boolean[] united, IntToDoubleFunction entry) {
    LongKey.Builder key = numbers.key(what, r);
    for (int f = 0; f < s.spreads.length; f++) {
      key.add(halo.above(link, f));
      key.add(united.length > 0 && united[f]);
    }
    return halo.overlap.table(
        key.key(),
        () -> {
          double[] made = new double[numbers.count[r]];
          for (int n = 0; n < made.length; n++) {
            made[n] = entry.applyAsDouble(n);
          }
          return made;
        });
  }

  private double near(RankOverlap.Rank rank, int r, int n, long[] below) {
    return fewest(rank, r, n, below, false);
  }

  private double slides(RankOverlap.Rank rank, int r, int n, long[] below) {
    return fewest(rank, r, n, below, true);
  }

  private double fewest(RankOverlap.Rank rank, int r, int n, long[] below, boolean slides) {
    long[] iterations = lattice.iterations(numbers.first[r][n]);
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
  private static double atLeast(RankOverlap.Rank rank, long[] sizes, boolean[] scattered) {
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
      long middle = s.problem.extent[v] / size / 2 * size * rank.coefficients()[i];
      if (middle + rank.offset() >= 0 && middle + last < rank.size()) {
        return false;
      }
    }
    return true;
  }

  private static double low(RankOverlap.Rank rank) {
    return (double) Math.max(0, -rank.offset());
  }

  private static double high(RankOverlap.Rank rank) {
    return (double) Math.max(0, rank.last() - rank.size() + 1);
  }

  /** What is fetched at least, in pJ. */
  final class Fetched {
    /**
     * All that any instance ever needs: for each irrelevant iteration outside the last near
     * position.
     */
    final double allPj;

    /** Of that, what is taken for granted. */
    final double grantedPj;

    private final List<Part> parts = new ArrayList<>();
    private final double[] gone = new double[lattice.positions];

    /** A measure of the link, {@code [rank][number]}. */
    @SuppressWarnings("ArrayRecordComponent") // internal; never compared
    private record Part(double pj, double[][] touched, double separate, double all) {}

    private Fetched(int link) {
      double sum = 0;
      double granted = 0;
      for (Halo.Measure m : halo.measures) {
        double pj = m.costPerWord()[0];
        if (m.link() != link || pj <= 0) {
          continue;
        }
        double[][] touched = touched(m);
        double separate = separate(m);
        double all = product(touched, lattice.positions - 1) * separate;
        sum += pj * all;
        granted += pj * m.least();
        parts.add(new Part(pj, touched, separate, all));
      }
      allPj = sum;
      grantedPj = Math.min(sum, granted);
      Arrays.fill(gone, -1);
    }

    /**
     * For each irrelevant iteration outside the last sliding position: what is touched by several
     * boxes of loops.
     */
    double gonePj(int position) {
      int x = related[position];
      double found = gone[x];
      if (found < 0) {
        found = 0;
        for (Part p : parts) {
          found += p.pj * Math.max(0, product(p.touched, x) * p.separate - p.all);
        }
        gone[x] = found;
      }
      return found;
    }
  }

  /** The least that is fetched. */
  Fetched fetched(int link) {
    return new Fetched(link);
  }

  /** Words that instances need at least, each counted once for all that are served together. */
  double needed(Halo.Measure m) {
    return m.link() == 0 ? 0 : product(touched(m), lattice.positions - 1) * separate(m);
  }

  private double product(double[][] touched, int x) {
    double product = 1;
    for (int r = 0; r < at.length; r++) {
      product *= touched[r][at[r][x]];
    }
    return product;
  }

  /** How often a word is asked for that instances are served with separately, each once. */
  double separate(Halo.Measure m) {
    double product = 1;
    for (int v = 0; v < spread.length; v++) {
      for (int f = 0; f < s.spreads.length; f++) {
        if (!s.problem.relevant[halo.tensor][v] && !m.united()[f] && halo.above(m.link(), f)) {
          product *= (double) s.spreads[f].factor()[v];
        }
      }
    }
    return product;
  }

  /**
   * {@code [rank][position]}: at least so many coordinates are touched, added up over all boxes of
   * loops up to the position, and over instances that are served separately.
   */
  private double[][] touched(Halo.Measure m) {
    double[][] touched = new double[at.length][];
    for (int r = 0; r < at.length; r++) {
      int of = r;
      touched[r] = table(RankNumbers.TOUCHED, r, m.link(), m.united(), n -> touched(m, of, n));
    }
    return touched;
  }

  private double touched(Halo.Measure m, int r, int n) {
    RankOverlap.Rank rank = halo.overlap.ranks.get(r);
    long[] below = s.below[halo.tensor][m.link() - 1];
    if (rank.apart()) {
      double all = 1;
      for (int v : rank.variables()) {
        all *= (double) s.problem.extent[v];
      }
      return all;
    }
    long[] iterations = lattice.iterations(numbers.first[r][n]);
    double boxes = 1;
    double most = 1;
    long[] sizes = new long[rank.variables().length];
    boolean[] scattered = new boolean[sizes.length];
    for (int k = 0; k < sizes.length; k++) {
      int v = rank.variables()[k];
      double outside = (double) s.temporal[v] / (double) iterations[v];
      sizes[k] = iterations[v] * below[v];
      for (int f = 0; f < s.spreads.length; f++) {
        if (halo.above(m.link(), f)) {
          long factor = s.spreads[f].factor()[v];
          outside *= m.united()[f] ? 1 : (double) factor;
          sizes[k] *= m.united()[f] ? factor : 1;
          scattered[k] |= factor > 1;
        }
      }
      boxes *= outside;
      most = Math.max(most, outside);
    }
    double words = atLeast(rank, sizes, scattered);
    // padding cuts off the ends of a row of boxes
    double lo = low(rank);
    double hi = high(rank);
    double lost = boxes / most * (lo * (lo + 1) / 2 + hi * (hi + 1) / 2);
    return Math.max(halo.overlap.touched(r), boxes * words - lost);
  }
}
