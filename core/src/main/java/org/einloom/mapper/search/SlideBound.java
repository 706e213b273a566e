package org.einloom.mapper.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoublePredicate;
import org.jspecify.annotations.Nullable;

/**
 * What the innermost node of an operand whose tiles overlap costs at least, together with all other
 * nodes: {@link FillBound} with the words that this node fetches in place of bounds for them.
 *
 * <p>Of a stand, a tile, and a way from there on, the words are known: those of all tiles, less
 * what is kept each time a loop advances, which depends on the tile, the stand and the position
 * alone ({@link Halo}). So they are a sum over the steps of the way, like what other nodes cost for
 * leaving the positions where they fit, and the cheapest way of all is found backwards from the
 * last position: first with a tile, for as long as something is kept; then without one yet, which
 * is placed before the first loop that makes it too large or that needs a fanout below it. That is
 * where the search places it: see {@link TemporalSearch}, late nodes.
 */
final class SlideBound {
  private final Structure s;
  private final Lattice lattice;
  private final Stands stands;
  private final FillBound fill;
  private final boolean[] fits;
  private final boolean[] relevant;
  private final double[] rounds;
  private final List<Fits.Share> fit;
  private final int shares;
  private final double[][] rest;

  /** By position, whether other nodes alone do not cost too much on every way through it. */
  private final boolean[] viable;

  private final double[] pj;
  private final Halo.Measure[] kinds;
  private final double leastPj;

  /** All bits of nodes but the operand's innermost. */
  private final int others;

  private final int above;
  private final boolean anyMatters;
  private final Map<Integer, List<Integer>> groups = new LinkedHashMap<>();

  private final List<Integer> descending = new ArrayList<>();

  /** By step, the share of the iterations in which an irrelevant loop advances; otherwise 1. */
  private final double[] advances;

  private final RankWords words;

  /**
   * {@code [rank][where instances stand along it]}: positions of tiles that cost too much however
   * they stand along others; null if that was not asked.
   */
  private final @Nullable BitSet[][] hopeless;

  /** The variables along which instances stand the same in any case, as bits. */
  private final long same;

  // of the tile and stand at hand
  private int stand;

  /** The variables along which it is known where instances stand, as bits. */
  private long known;

  private RankWords.@Nullable Tile tile;

  private final double[] slid;

  /** {@code [position][step][share]}: what leaving costs other nodes, once it is known. */
  private final double[] leaving;

  /** By step, pJ of words that are kept for an irrelevant iteration. */
  private final double[] kept;

  private final int[] stamp;
  private int epoch;

  /**
   * @param fits by position, whether the tile of the operand's innermost node does
   * @param rounds by position, irrelevant iterations outside
   * @param leastStartPj what the least of all stands costs beyond what they all do
   */
  SlideBound(
      Halo halo,
      HaloReach reach,
      RankNumbers ranked,
      Stands stands,
      Lattice lattice,
      FillBound fill,
      boolean[] fits,
      double[] rounds,
      double leastEnergyPj,
      double leastStartPj,
      double leastCycles,
      Incumbents best) {
    this.s = halo.structure;
    this.lattice = lattice;
    this.stands = stands;
    this.fill = fill;
    this.fits = fits;
    this.rounds = rounds;
    relevant = s.problem.relevant[halo.tensor];
    others = ~fill.bits(halo.tensor, 0);
    fit = new ArrayList<>();
    List<double[]> ways = new ArrayList<>();
    List<double[]> after = new ArrayList<>();
    for (Fits.Share share : fill.shares()) {
      double[] way = fill.before(share, others);
      double[] least = fill.after(share, others, way);
      if (least[0] <= fill.mostPj()) {
        fit.add(share);
        ways.add(way);
        after.add(least);
      }
    }
    shares = fit.size();
    rest = after.toArray(new double[0][]);
    double[][] before = ways.toArray(new double[0][]);
    int f = s.spreads.length - 1;
    int node = s.placement.chains()[halo.tensor][0];
    while (f >= 0 && (s.problem.fanouts[f] > node || s.spreads[f].used() == 1)) {
      f--;
    }
    above = f;
    boolean any = false;
    for (boolean m : halo.matters) {
      any |= m;
    }
    anyMatters = any;
    List<Halo.Measure> found = new ArrayList<>();
    List<Double> costs = new ArrayList<>();
    double least = 0;
    for (Halo.Measure m : halo.measures) {
      if (m.link() != 1 || m.costPerWord()[0] == 0) {
        continue;
      }
      least += m.costPerWord()[0] * m.least();
      double perWord = m.costPerWord()[0] * reach.separate(m);
      int same = 0;
      while (same < found.size() && !Arrays.equals(found.get(same).united(), m.united())) {
        same++;
      }
      if (same == found.size()) {
        found.add(m);
        costs.add(perWord);
      } else {
        costs.set(same, costs.get(same) + perWord);
      }
    }
    leastPj = least;
    kinds = found.toArray(new Halo.Measure[0]);
    pj = costs.stream().mapToDouble(Double::doubleValue).toArray();
    viable = new boolean[lattice.positions];
    for (int x = 0; x < viable.length; x++) {
      for (int k = 0; k < shares; k++) {
        viable[x] |= before[k][x] + rest[k][x] <= fill.mostPj();
      }
    }
    int[] related = reach.related();
    for (int x = lattice.positions - 1; x >= 0; x--) {
      if (fits[x] && viable[x]) {
        groups.computeIfAbsent(related[x], k -> new ArrayList<>()).add(x);
        descending.add(x);
      }
    }
    words = new RankWords(halo, ranked, stands, lattice, 1, kinds);
    advances = new double[lattice.steps];
    for (int i = 0; i < lattice.steps; i++) {
      int v = lattice.variable[i];
      double bound = lattice.prime[i];
      advances[i] = relevant[v] ? 1 : (bound - 1) / bound;
    }
    leaving = new double[lattice.positions * lattice.steps * shares];
    Arrays.fill(leaving, Double.NaN);
    slid = new double[lattice.positions * shares];
    kept = new double[lattice.steps];
    stamp = new int[lattice.positions];
    hopeless = new @Nullable BitSet[words.ranks()][0];
    long known = 0;
    for (int r = 0; r < words.ranks(); r++) {
      known |= words.examples(r).length < 3 ? stands.deciding(words.rank(r)) : 0;
    }
    same = known;
    if (stands.count() > 1) {
      double knownPj = leastEnergyPj + leastStartPj - leastPj;
      DoublePredicate tooMuch = pj -> best.prunes(knownPj + pj, leastCycles);
      leaveOut(before, tooMuch);
      int choices = 0;
      for (int r = 0; r < words.ranks(); r++) {
        choices += words.examples(r).length - 1;
      }
      // where several ranks matter, one after the other is less than all together
      for (int r = 0; r < words.ranks() && anyMatters && choices < stands.count(); r++) {
        hopeless[r] = new @Nullable BitSet[words.examples(r).length];
        for (int at = 1; at < hopeless[r].length && hopeless[r].length > 2; at++) {
          hopeless[r][at] = tooMuch(r, at, before, tooMuch);
        }
      }
    }
  }

  /** Leaves out tiles that cost too much wherever instances stand. */
  private void leaveOut(double[][] before, DoublePredicate tooMuch) {
    stand = 0;
    known = same;
    double[] least = new double[lattice.positions * shares];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    for (List<Integer> group : groups.values()) {
      tile = words.anyhow(group.getFirst());
      epoch++;
      group.forEach(x -> place(x, least));
      group.removeIf(x -> tooMuch.test(through(x, before, least)));
    }
    groups.values().removeIf(List::isEmpty);
  }

  /** The tiles that cost too much where instances stand so along one rank. */
  private BitSet tooMuch(int r, int at, double[][] before, DoublePredicate tooMuch) {
    stand = words.examples(r)[at];
    known = same | stands.deciding(words.rank(r));
    BitSet found = new BitSet();
    double[] least = new double[lattice.positions * shares];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    for (List<Integer> group : groups.values()) {
      tile = words.anyhow(group.getFirst(), r, at);
      epoch++;
      for (int x : group) {
        place(x, least);
        if (tooMuch.test(through(x, before, least))) {
          found.set(x);
        }
      }
    }
    return found;
  }

  /** Energy in pJ of the least way through a position. */
  private double through(int x, double[][] before, double[] least) {
    double through = Double.POSITIVE_INFINITY;
    for (int k = 0; k < shares; k++) {
      through = Math.min(through, before[k][x] + least[x * shares + k]);
    }
    return through;
  }

  /**
   * The least energy in pJ still to come, where no loop and no node is placed yet, beyond one round
   * of all links and what is counted whatever the loops.
   */
  double toGo(int ofStand) {
    if (!viable[0] || groups.isEmpty()) {
      return Double.POSITIVE_INFINITY;
    }
    stand = anyMatters ? ofStand : -1;
    known = -1;
    double[] least = new double[lattice.positions * shares];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    for (List<Integer> group : groups.values()) {
      tile = null;
      for (int x : group) {
        if (isHopeless(x)) {
          continue;
        }
        if (tile == null) {
          tile = words.tile(stand, group.getFirst());
          epoch++;
        }
        place(x, least);
      }
    }
    for (int x : descending) {
      for (int left = fill.open(x); left != 0; left &= left - 1) {
        int i = Integer.numberOfTrailingZeros(left);
        int to = x + lattice.stride[i];
        int first = first(x, i);
        if (first >= 0 && viable[to] && !placedBefore(to, i, first)) {
          for (int k = 0; k < shares; k++) {
            double c = least[to * shares + k] + leaving(k, x, i);
            least[x * shares + k] = Math.min(least[x * shares + k], c);
          }
        }
      }
    }
    double best = Double.POSITIVE_INFINITY;
    for (int k = 0; k < shares; k++) {
      best = Math.min(best, least[k]);
    }
    return best - leastPj;
  }

  private boolean isHopeless(int x) {
    for (int r = 0; r < hopeless.length; r++) {
      if (hopeless[r].length > 0) {
        BitSet along = hopeless[r][words.along(r, stand)];
        if (along != null && along.get(x)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Energy in pJ of other nodes that fit at a position and not after a step. */
  private double leaving(int share, int x, int i) {
    int at = (x * lattice.steps + i) * shares + share;
    double found = leaving[at];
    if (Double.isNaN(found)) {
      found = fill.leaving(fit.get(share), x, i, others);
      leaving[at] = found;
    }
    return found;
  }

  /**
   * The outermost fanout that has to begin below a loop; 0, as if all had to, if that depends on
   * what is not known; -1 if the loop cannot be.
   */
  private int first(int x, int i) {
    if (stand < 0) {
      return s.spreads.length;
    }
    return stands.depends(i, known) ? 0 : stands.below(stand, x, i);
  }

  private boolean placedBefore(int to, int i, int first) {
    return first <= above || (relevant[lattice.variable[i]] && !fits[to]);
  }

  /** The least where the tile at hand is placed at a position, and moves or stands next. */
  private void place(int x, double[] least) {
    if (tile == null || (stand >= 0 && !stands.mayHaveEnded(stand, x, above + 1, known))) {
      return;
    }
    double all = rounds[x] * tile.words(x, pj);
    if (fill.open(x) == 0) {
      Arrays.fill(least, x * shares, (x + 1) * shares, all);
    }
    int steps = 0;
    for (int left = fill.open(x); left != 0; left &= left - 1) {
      int i = Integer.numberOfTrailingZeros(left);
      int to = x + lattice.stride[i];
      int first = first(x, i);
      if (first >= 0 && viable[to] && placedBefore(to, i, first)) {
        slide(to);
        steps |= 1 << i;
      }
    }
    tile.kept(x, steps, pj, kept);
    for (; steps != 0; steps &= steps - 1) {
      int i = Integer.numberOfTrailingZeros(steps);
      further(x, i, least, all);
    }
  }

  /** The least from a position on, for the tile at hand, less what is kept. */
  private void slide(int x) {
    if (stamp[x] == epoch || tile == null) {
      return;
    }
    stamp[x] = epoch;
    if (fill.open(x) == 0 || tile.ends(x) == Halo.DEAD) {
      for (int k = 0; k < shares; k++) {
        slid[x * shares + k] = rest[k][x];
      }
      return;
    }
    Arrays.fill(slid, x * shares, (x + 1) * shares, Double.POSITIVE_INFINITY);
    int steps = 0;
    for (int left = fill.open(x); left != 0; left &= left - 1) {
      int i = Integer.numberOfTrailingZeros(left);
      int to = x + lattice.stride[i];
      if (viable[to] && first(x, i) >= 0) {
        slide(to);
        steps |= 1 << i;
      }
    }
    tile.kept(x, steps, pj, kept);
    for (; steps != 0; steps &= steps - 1) {
      further(x, Integer.numberOfTrailingZeros(steps), slid, 0);
    }
  }

  /** The least by way of a loop, of which it is known what is kept. */
  private void further(int x, int i, double[] least, double all) {
    int to = (x + lattice.stride[i]) * shares;
    double fetched = all - kept[i] * rounds[x] * advances[i];
    for (int k = 0; k < shares; k++) {
      double c = slid[to + k] + fetched + leaving(k, x, i);
      if (c < least[x * shares + k]) {
        least[x * shares + k] = c;
      }
    }
  }
}
