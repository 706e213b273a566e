package org.einloom.mapper.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.Supplier;
import org.einloom.model.LongKey;

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

  /** By position, its number for all ranks together. */
  private final int[] relevant;

  private final int[] related;

  /** Of the loops over variables of all ranks, and how these are spread; -1 if not known yet. */
  private long number = -1;

  private final RankNumbers numbers;
  private final int ranks;
  private final RankReach reach;

  /** Where nothing is asked by position. */
  HaloReach(Halo halo, RankNumbers numbers, Lattice lattice) {
    this(halo, numbers, lattice, new int[0], new int[0]);
  }

  /**
   * @param relevant by position, its number for all ranks together: see {@link RankNumbers}
   * @param related by position, the least one with the same iterations of relevant variables
   */
  HaloReach(Halo halo, RankNumbers numbers, Lattice lattice, int[] relevant, int[] related) {
    this.halo = halo;
    this.s = halo.structure;
    this.lattice = lattice;
    this.numbers = numbers;
    this.relevant = relevant;
    this.related = related;
    ranks = halo.overlap.ranks.size();
    boolean[] spread = new boolean[s.problem.variables];
    for (int v = 0; v < spread.length; v++) {
      for (Spread f : s.spreads) {
        spread[v] |= f.factor()[v] > 1;
      }
    }
    reach = new RankReach(s.problem.extent, spread);
  }

  /** By position, the least one with the same iterations of relevant variables. */
  int[] related() {
    return related;
  }

  /**
   * The fewest words of a tile of a node.
   *
   * @param near by number for all ranks together: words of one that leaves all of them near
   * @param over the same: by how much it has more words than one that may slide
   */
  @SuppressWarnings("ArrayRecordComponent") // internal; never compared
  record Fewest(double[] near, double[] over) {}

  Fewest fewest(int link) {
    long[] below = s.below[halo.tensor][link - 1];
    return new Fewest(
        combined(RankNumbers.NEAR, link, NONE, () -> numbers.product(near(link, below))),
        combined(RankNumbers.SLIDES, link, NONE, () -> numbers.largest(over(link, below))));
  }

  /** {@code [rank][number]}: words of a tile that leaves the rank near. */
  private double[][] near(int link, long[] below) {
    double[][] near = new double[ranks][];
    for (int r = 0; r < ranks; r++) {
      RankOverlap.Rank rank = halo.overlap.ranks.get(r);
      near[r] = rank.apart() ? apart(r, below) : near(r, link, below);
    }
    return near;
  }

  private double[] near(int r, int link, long[] below) {
    RankOverlap.Rank rank = halo.overlap.ranks.get(r);
    return table(
        RankNumbers.NEAR, r, link, NONE, () -> leastFrom(r, n -> fewest(rank, r, n, below, false)));
  }

  /** Words of a rank that stands apart: as many as its variables have values. */
  private double[] apart(int r, long[] below) {
    return each(
        r,
        n -> {
          long[] iterations = lattice.iterations(numbers.first[r][n]);
          double words = 1;
          for (int v : halo.overlap.ranks.get(r).variables()) {
            words *= (double) (iterations[v] * below[v]);
          }
          return words;
        });
  }

  /** {@code [rank][number]}: by how much it has more words than one that may slide. */
  private double[][] over(int link, long[] below) {
    double[][] over = new double[ranks][0];
    for (int r = 0; r < ranks; r++) {
      RankOverlap.Rank rank = halo.overlap.ranks.get(r);
      if (!rank.apart()) {
        int of = r;
        double[] words = near(r, link, below);
        over[r] =
            table(
                RankNumbers.SLIDES,
                r,
                link,
                NONE,
                () -> {
                  double[] slides = leastFrom(of, n -> fewest(rank, of, n, below, true));
                  Arrays.setAll(slides, n -> words[n] / slides[n]);
                  return slides;
                });
      }
    }
    return over;
  }

  /**
   * Where a node may be near and where it may slide.
   *
   * @param room words of the tensor that fit
   * @param bits the lower of two bits is set at positions where no rank must be far, the higher one
   *     where something may be kept
   */
  void regions(int link, double room, int bits, int[] to) {
    Fewest fewest = fewest(link);
    int[] fitting = new int[fewest.near.length];
    for (int n = 0; n < fitting.length; n++) {
      int near = isNear(fewest.near[n], room) ? Integer.lowestOneBit(bits) : 0;
      boolean slides = slides(fewest.near[n], fewest.over[n], room);
      fitting[n] = slides ? near | Integer.highestOneBit(bits) : near;
    }
    for (int x = 0; x < to.length; x++) {
      to[x] |= fitting[relevant[x]];
    }
  }

  /** Whether no rank must be far with a tile of so many words. */
  static boolean isNear(double words, double room) {
    return words <= room;
  }

  /** Whether something may be kept of a tile that has more words than one that slides. */
  static boolean slides(double words, double over, double room) {
    return words / over <= room * (1 + 1e-12);
  }

  private static final boolean[] NONE = {};

  /**
   * By number of a rank, the least from there on, but not less than one iteration takes. What
   * padding cuts off is taken for more the more is covered, so that a larger tile may pass for a
   * smaller one; but a node that is near now was near all the way here, and moves only once.
   */
  private double[] leastFrom(int r, IntToDoubleFunction entry) {
    double[] made = each(r, entry);
    double one = made[0];
    for (int i = 0; i < lattice.steps; i++) {
      int adds = numbers.adds[r][i];
      for (int n = made.length - 1; n >= 0 && adds > 0; n--) {
        if (n / adds % (lattice.exponent[i] + 1) < lattice.exponent[i]) {
          made[n] = Math.min(made[n], made[n + adds]);
        }
      }
    }
    for (int n = 0; n < made.length; n++) {
      made[n] = Math.max(made[n], one);
    }
    return made;
  }

  private double[] each(int r, IntToDoubleFunction entry) {
    double[] made = new double[numbers.count[r]];
    Arrays.setAll(made, entry);
    return made;
  }

  private double[] table(long what, int r, int link, boolean[] united, IntToDoubleFunction entry) {
    return table(what, r, link, united, () -> each(r, entry));
  }

  /** A table by number of one rank, remembered where structures have it in common. */
  private double[] table(long what, int r, int link, boolean[] united, Supplier<double[]> made) {
    LongKey.Builder key = numbers.key(what, r);
    for (int f = 0; f < s.spreads.length; f++) {
      key.add(halo.above(link, f));
      key.add(united.length > 0 && united[f]);
    }
    return halo.overlap.table(key.key(), made);
  }

  /** A table by number for all ranks together, remembered the same way. */
  private double[] combined(long what, int link, boolean[] united, Supplier<double[]> made) {
    if (number < 0) {
      number = halo.overlap.number(numbers.key());
    }
    long key = number << 3 | what;
    for (int f = 0; f < s.spreads.length; f++) {
      key = key << 2 | (halo.above(link, f) ? 2 : 0) | (united.length > 0 && united[f] ? 1 : 0);
    }
    return halo.overlap.combined(key, made);
  }

  private double fewest(RankOverlap.Rank rank, int r, int n, long[] below, boolean slides) {
    return reach.fewest(rank, lattice.iterations(numbers.first[r][n]), below, slides);
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

    /** A measure of the link; words by number for all ranks together. */
    @SuppressWarnings("ArrayRecordComponent") // internal; never compared
    private record Part(double pj, double[] touched, double separate, double all) {}

    private Fetched(int link) {
      double sum = 0;
      double granted = 0;
      for (Halo.Measure m : halo.measures) {
        double pj = m.costPerWord()[0];
        if (m.link() != link || pj <= 0) {
          continue;
        }
        double[] touched = touched(m);
        double separate = separate(m);
        double all = touched[touched.length - 1] * separate;
        sum += pj * all;
        granted += pj * m.least();
        parts.add(new Part(pj, touched, separate, all));
      }
      allPj = sum;
      grantedPj = Math.min(sum, granted);
    }

    /**
     * For each irrelevant iteration outside the last sliding position: what is touched by several
     * boxes of loops.
     */
    double gonePj(int position) {
      return gonePjOf(relevant[position]);
    }

    /**
     * The same.
     *
     * @param n the number of the position for all ranks together
     */
    double gonePjOf(int n) {
      double sum = 0;
      for (Part p : parts) {
        sum += p.pj * Math.max(0, p.touched[n] * p.separate - p.all);
      }
      return sum;
    }
  }

  /** The least that is fetched. */
  Fetched fetched(int link) {
    return new Fetched(link);
  }

  /** Words that instances need at least, each counted once for all that are served together. */
  double needed(Halo.Measure m) {
    if (m.link() == 0) {
      return 0;
    }
    double[] touched = touched(m);
    return touched[touched.length - 1] * separate(m);
  }

  /** How often a word is asked for that instances are served with separately, each once. */
  double separate(Halo.Measure m) {
    double product = 1;
    for (int v = 0; v < s.problem.variables; v++) {
      for (int f = 0; f < s.spreads.length; f++) {
        if (!s.problem.relevant[halo.tensor][v] && !m.united()[f] && halo.above(m.link(), f)) {
          product *= (double) s.spreads[f].factor()[v];
        }
      }
    }
    return product;
  }

  /**
   * By number for all ranks together: at least so many words are touched, added up over all boxes
   * of loops up to the position, and over instances that are served separately.
   */
  private double[] touched(Halo.Measure m) {
    return product(RankNumbers.TOUCHED, m, (r, n) -> touched(m, r, n));
  }

  /** What is known of one rank at a number of its own. */
  private interface OfRank {
    double at(int rank, int number);
  }

  /** By number for all ranks together, a product over the ranks. */
  private double[] product(long what, Halo.Measure m, OfRank entry) {
    return combined(
        what,
        m.link(),
        m.united(),
        () -> {
          double[][] found = new double[ranks][];
          for (int r = 0; r < ranks; r++) {
            int of = r;
            found[r] = table(what, r, m.link(), m.united(), n -> entry.at(of, n));
          }
          return numbers.product(found);
        });
  }

  /**
   * What is fetched at least when all loops up to a position are done once more, for each of the
   * boxes of loops: all that a box touches, but for what there is room for. That is never the first
   * time that a word is fetched for an iteration of loops further out, which {@link Fetched} is
   * about, because the box was done just before.
   */
  final class Again {
    private final List<Repeated> parts = new ArrayList<>();

    /** A measure of the link, by number for all ranks together; words that there is room for. */
    @SuppressWarnings("ArrayRecordComponent") // internal; never compared
    private record Repeated(double pj, double[] touched, double[] boxes, double held) {}

    private Again(int link, double room) {
      for (Halo.Measure m : halo.measures) {
        if (m.link() == link && m.costPerWord()[0] > 0) {
          double held = room * together(m);
          double[] touched = touched(m);
          if (touched[touched.length - 1] > held) {
            double pj = m.costPerWord()[0] * separate(m);
            parts.add(new Repeated(pj, touched, boxes(m), held));
          }
        }
      }
    }

    /** Whether it is nothing at any position. */
    boolean isNothing() {
      return parts.isEmpty();
    }

    /**
     * Energy in pJ.
     *
     * @param n the number of the position for all ranks together
     */
    double pjOf(int n) {
      double sum = 0;
      for (Repeated p : parts) {
        sum += p.pj * Math.max(0, p.touched[n] - p.boxes[n] * p.held);
      }
      return sum;
    }

    /** The same. */
    double pj(int position) {
      return pjOf(relevant[position]);
    }
  }

  /**
   * What is fetched anew at least.
   *
   * @param room words of the tensor that fit
   */
  Again again(int link, double room) {
    return new Again(link, room);
  }

  /** How many instances hold different words, of those that are served together. */
  private double together(Halo.Measure m) {
    double product = 1;
    for (int v = 0; v < s.problem.variables; v++) {
      for (int f = 0; f < s.spreads.length; f++) {
        if (s.problem.relevant[halo.tensor][v] && m.united()[f] && halo.above(m.link(), f)) {
          product *= (double) s.spreads[f].factor()[v];
        }
      }
    }
    return product;
  }

  /** How many boxes of loops there are, by number for all ranks together. */
  private double[] boxes(Halo.Measure m) {
    return product(RankNumbers.BOXES, m, (r, n) -> boxes(m, r, n));
  }

  /** How many boxes of loops there are, along a rank, of instances that are served separately. */
  private double boxes(Halo.Measure m, int r, int n) {
    long[] iterations = lattice.iterations(numbers.first[r][n]);
    double boxes = 1;
    for (int v : halo.overlap.ranks.get(r).variables()) {
      boxes *= (double) s.temporal[v] / (double) iterations[v];
      for (int f = 0; f < s.spreads.length; f++) {
        boxes *= halo.above(m.link(), f) && !m.united()[f] ? s.spreads[f].factor()[v] : 1;
      }
    }
    return boxes;
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
    double words = RankReach.atLeast(rank, sizes, scattered);
    // padding cuts off the ends of a row of boxes
    double lo = RankReach.low(rank);
    double hi = RankReach.high(rank);
    double lost = boxes / most * (lo * (lo + 1) / 2 + hi * (hi + 1) / 2);
    return Math.max(halo.overlap.touched(r), boxes * words - lost);
  }
}
