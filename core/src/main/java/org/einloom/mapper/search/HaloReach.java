package org.einloom.mapper.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.Supplier;

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
  private final double[] apart;

  private final int[] related;

  private final RankNumbers numbers;
  private final int ranks;
  private final RankReach reach;

  /** By measure, which is told from others by what it is. */
  private final IdentityHashMap<Halo.Measure, double[][]> touched = new IdentityHashMap<>();

  /** Where nothing is asked by position. */
  HaloReach(Halo halo, RankNumbers numbers, Lattice lattice) {
    this(halo, numbers, lattice, new double[0], new int[0]);
  }

  /**
   * @param apart by position, the product of the iterations of variables of ranks that stand apart
   * @param related by position, the least one with the same iterations of relevant variables
   */
  HaloReach(Halo halo, RankNumbers numbers, Lattice lattice, double[] apart, int[] related) {
    this.halo = halo;
    this.s = halo.structure;
    this.lattice = lattice;
    this.numbers = numbers;
    this.apart = apart;
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
   * The fewest words of a tile of a node: a product over the ranks.
   *
   * @param always words of ranks that stand apart, whatever the position, of one iteration
   * @param near {@code [rank][number]}: words of one that leaves the rank near; empty for ranks
   *     apart
   * @param over {@code [rank][number]}: by how much it has more words than one that may slide
   */
  @SuppressWarnings("ArrayRecordComponent") // internal; never compared
  record Fewest(double always, double[][] near, double[][] over) {}

  Fewest fewest(int link) {
    long[] below = s.below[halo.tensor][link - 1];
    double always = 1;
    double[][] near = new double[ranks][0];
    double[][] over = new double[ranks][0];
    for (int r = 0; r < ranks; r++) {
      RankOverlap.Rank rank = halo.overlap.ranks.get(r);
      if (rank.apart()) {
        for (int v : rank.variables()) {
          always *= (double) below[v];
        }
        continue;
      }
      int of = r;
      double[] words =
          table(
              RankNumbers.NEAR,
              r,
              link,
              NONE,
              () -> leastFrom(of, n -> fewest(rank, of, n, below, false)));
      near[r] = words;
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
    return new Fewest(always, near, over);
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
    double[] all = apart.clone();
    double[] most = new double[lattice.positions];
    Arrays.fill(most, 1);
    for (int r = 0; r < ranks; r++) {
      double[] words = fewest.near[r];
      double[] over = fewest.over[r];
      if (words.length > 0) {
        int[] at = numbers.of(r);
        for (int x = 0; x < all.length; x++) {
          all[x] *= words[at[x]];
          most[x] = Math.max(most[x], over[at[x]]);
        }
      }
    }
    for (int x = 0; x < all.length; x++) {
      double words = all[x] * fewest.always;
      to[x] |= isNear(words, room) ? Integer.lowestOneBit(bits) : 0;
      to[x] |= slides(words, most[x], room) ? Integer.highestOneBit(bits) : 0;
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
    private double[] gone = {};

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
        double all = all(touched) * separate;
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
      if (gone.length == 0) {
        gone = new double[lattice.positions];
        Arrays.fill(gone, -1);
      }
      int x = related[position];
      double found = gone[x];
      if (found < 0) {
        int[] at = new int[ranks];
        for (int r = 0; r < ranks; r++) {
          at[r] = numbers.of(r)[x];
        }
        found = gonePj(at);
        gone[x] = found;
      }
      return found;
    }

    /**
     * The same.
     *
     * @param at by rank, the number of the position
     */
    double gonePj(int[] at) {
      double sum = 0;
      for (Part p : parts) {
        sum += p.pj * Math.max(0, product(p.touched, at) * p.separate - p.all);
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
    return m.link() == 0 ? 0 : all(touched(m)) * separate(m);
  }

  private double all(double[][] touched) {
    int[] last = new int[ranks];
    for (int r = 0; r < ranks; r++) {
      last[r] = numbers.count[r] - 1;
    }
    return product(touched, last);
  }

  private double product(double[][] touched, int[] at) {
    double product = 1;
    for (int r = 0; r < ranks; r++) {
      product *= touched[r][at[r]];
    }
    return product;
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
   * {@code [rank][position]}: at least so many coordinates are touched, added up over all boxes of
   * loops up to the position, and over instances that are served separately.
   */
  private double[][] touched(Halo.Measure m) {
    return touched.computeIfAbsent(
        m,
        k -> {
          double[][] found = new double[ranks][];
          for (int r = 0; r < ranks; r++) {
            int of = r;
            found[r] = table(RankNumbers.TOUCHED, r, m.link(), m.united(), n -> touched(m, of, n));
          }
          return found;
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

    /** A measure of the link, {@code [rank][number]}; words that there is room for. */
    @SuppressWarnings("ArrayRecordComponent") // internal; never compared
    private record Repeated(double pj, double[][] touched, double[][] boxes, double held) {}

    private Again(int link, double room) {
      for (Halo.Measure m : halo.measures) {
        double held = room * together(m);
        if (m.link() != link || m.costPerWord()[0] <= 0 || !(all(touched(m)) > held)) {
          continue;
        }
        double[][] boxes = new double[ranks][];
        for (int r = 0; r < ranks; r++) {
          int of = r;
          boxes[r] = table(RankNumbers.BOXES, r, link, m.united(), n -> boxes(m, of, n));
        }
        parts.add(new Repeated(m.costPerWord()[0] * separate(m), touched(m), boxes, held));
      }
    }

    /** Whether it is nothing at any position. */
    boolean isNothing() {
      return parts.isEmpty();
    }

    /**
     * Energy in pJ.
     *
     * @param at by rank, the number of the position
     */
    double pj(int[] at) {
      double sum = 0;
      for (Repeated p : parts) {
        sum += p.pj * Math.max(0, product(p.touched, at) - product(p.boxes, at) * p.held);
      }
      return sum;
    }

    /** The same. */
    double pj(int position) {
      int[] at = new int[ranks];
      for (int r = 0; r < ranks; r++) {
        at[r] = numbers.of(r)[position];
      }
      return pj(at);
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
