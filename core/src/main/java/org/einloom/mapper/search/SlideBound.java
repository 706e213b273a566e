package org.einloom.mapper.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
  private final Halo halo;
  private final Structure s;
  private final Lattice lattice;
  private final Stands stands;
  private final FillBound fill;
  private final boolean[] fits;
  private final boolean[] relevant;
  private final double[] rounds;
  private final List<int[]> fit;
  private final int shares;
  private final double[][] rest;

  /** By position, whether other nodes alone do not cost too much on every way through it. */
  private final boolean[] viable;

  private final double[] pj;
  private final Halo.Measure[] kinds;
  private final double leastPj;

  /** All bits of nodes but the operand's innermost. */
  private final int others;

  private final long[] below;
  private final int above;
  private final boolean anyMatters;
  private final Map<Integer, List<Integer>> groups = new HashMap<>();
  private final List<Integer> descending = new ArrayList<>();
  private final RankNumbers ranked;
  private final int ranks;
  private final int[][] number;
  private final int[] numbers;

  /** {@code [rank][step + 1]}: 0 for all tiles, 1 for loops over others' variables. */
  private final int[][] loop;

  private final int[] loops;

  /** By step, the share of the iterations in which an irrelevant loop advances; otherwise 1. */
  private final double[] advances;

  /** {@code [stand][rank]}: a number for where instances stand along it. */
  private final int[][] along;

  /** {@code [rank][number of a position, then along]}: what is known of it. */
  private final Known[][] tables;

  private final long[][] iterations;

  // of the tile and stand at hand
  private int stand;
  private long[][] passed;
  private long[] began = {};
  private long[] start = {};
  private double[][] table;
  private double[][] ends;
  private final double[] slid;

  /** {@code [position][step][share]}: what leaving costs other nodes, once it is known. */
  private final double[] leaving;

  /** {@code [step][position]}: a number for how far the variable of its loop has come. */
  private final int[][] numberOf;

  /** {@code [step][that number]}: for the stand at hand, the outermost fanout below the loop. */
  private final int[][] first;

  /** {@code [step][that number]}: a position that has it. */
  private final int[][] example;

  private final int[] stamp;
  private int epoch;

  /**
   * @param fit what is shared, in one way or several: see {@link FillBound#shares}
   * @param fits by position, whether the tile of the operand's innermost node does
   * @param rounds by position, irrelevant iterations outside
   */
  SlideBound(
      Halo halo,
      HaloReach reach,
      RankNumbers ranked,
      Stands stands,
      Lattice lattice,
      FillBound fill,
      List<int[]> fit,
      boolean[] fits,
      double[] rounds,
      double leastEnergyPj,
      double leastCycles,
      Incumbents best) {
    this.halo = halo;
    this.s = halo.structure;
    this.lattice = lattice;
    this.stands = stands;
    this.fill = fill;
    this.fits = fits;
    this.rounds = rounds;
    relevant = s.problem.relevant[halo.tensor];
    this.fit = fit;
    shares = fit.size();
    others = ~fill.bits(halo.tensor, 0);
    rest = new double[shares][];
    double[][] before = new double[shares][];
    for (int k = 0; k < shares; k++) {
      rest[k] = fill.after(fit.get(k), others);
      before[k] = fill.before(fit.get(k), others);
    }
    below = s.below[halo.tensor][0];
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
        viable[x] |= !best.prunes(leastEnergyPj + before[k][x] + rest[k][x], leastCycles);
      }
    }
    int[] related = lattice.projections(relevant);
    for (int x = lattice.positions - 1; x >= 0; x--) {
      if (fits[x] && viable[x]) {
        groups.computeIfAbsent(related[x], k -> new ArrayList<>()).add(x);
        descending.add(x);
      }
    }
    ranks = halo.overlap.ranks.size();
    this.ranked = ranked;
    number = ranked.number;
    numbers = ranked.count;
    loops = new int[ranks];
    for (int r = 0; r < ranks; r++) {
      loops[r] = ranked.owns[r] + 2;
    }
    loop = new int[ranks][lattice.steps + 1];
    advances = new double[lattice.steps];
    for (int i = 0; i < lattice.steps; i++) {
      int v = lattice.variable[i];
      double bound = lattice.prime[i];
      advances[i] = relevant[v] ? 1 : (bound - 1) / bound;
      for (int r = 0; r < ranks; r++) {
        loop[r][i + 1] = ranked.own[r][i] + 2;
      }
    }
    iterations = new long[lattice.positions][];
    Map<List<Long>, Integer> known = new HashMap<>();
    along = new int[Math.max(1, stands.count())][ranks];
    int[] most = new int[ranks];
    for (int st = 0; st < along.length; st++) {
      for (int r = 0; r < ranks; r++) {
        List<Long> key = new ArrayList<>();
        key.add((long) r);
        for (int v : halo.overlap.ranks.get(r).variables()) {
          for (long[] sizes : stands.of(st)) {
            key.add(sizes[v]);
          }
        }
        Integer n = known.putIfAbsent(key, most[r]);
        along[st][r] = n == null ? most[r]++ : n;
      }
    }
    tables = new Known[ranks][];
    for (int r = 0; r < ranks; r++) {
      tables[r] = new Known[numbers[r] * most[r]];
    }
    table = new double[ranks][];
    ends = new double[ranks][];
    leaving = new double[lattice.positions * lattice.steps * shares];
    Arrays.fill(leaving, Double.NaN);
    numberOf = new int[lattice.steps][];
    first = new int[lattice.steps][];
    example = new int[lattice.steps][];
    for (int i = 0; i < lattice.steps; i++) {
      boolean[] of = new boolean[lattice.variables];
      of[lattice.variable[i]] = true;
      int[] same = lattice.projections(of);
      numberOf[i] = new int[same.length];
      int[] firstOf = new int[same.length];
      int n = 0;
      for (int x = 0; x < same.length; x++) {
        if (same[x] == x) {
          firstOf[n] = x;
          numberOf[i][x] = n++;
        } else {
          numberOf[i][x] = numberOf[i][same[x]];
        }
      }
      example[i] = Arrays.copyOf(firstOf, n);
      first[i] = new int[n];
    }
    passed = new long[s.spreads.length][];
    slid = new double[lattice.positions * shares];
    stamp = new int[lattice.positions];
  }

  /**
   * The least energy in pJ still to come, where no loop and no node is placed yet, beyond one round
   * of all links and what is counted whatever the loops.
   */
  double toGo(int ofStand) {
    if (!viable[0]) {
      return Double.POSITIVE_INFINITY;
    }
    stand = anyMatters ? ofStand : -1;
    for (int i = 0; i < first.length && anyMatters; i++) {
      int v = lattice.variable[i];
      for (int n = 0; n < first[i].length && halo.overlapping[v]; n++) {
        boolean done = lattice.done(example[i][n], i);
        first[i][n] = done ? -1 : stands.below(ofStand, example[i][n], v, lattice.prime[i]);
      }
    }
    passed = anyMatters ? stands.of(ofStand) : new long[s.spreads.length][];
    double[] least = new double[lattice.positions * shares];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    for (List<Integer> group : groups.values()) {
      tile(group.getFirst());
      for (int x : group) {
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

  /** Energy in pJ of other nodes that fit at a position and not after a step. */
  private double leaving(int share, int x, int i) {
    int at = (x * lattice.steps + i) * shares + share;
    double found = leaving[at];
    if (Double.isNaN(found)) {
      found = fill.leaving(fit.get(share), x, x + lattice.stride[i], others);
      leaving[at] = found;
    }
    return found;
  }

  /** The outermost fanout that has to begin below a loop; -1 if the loop cannot be. */
  private int first(int x, int i) {
    int v = lattice.variable[i];
    if (stand < 0 || !halo.overlapping[v]) {
      return s.spreads.length;
    }
    return first[i][numberOf[i][x]];
  }

  private long[] iterations(int x) {
    long[] found = iterations[x];
    if (found == null) {
      found = lattice.iterations(x);
      iterations[x] = found;
    }
    return found;
  }

  private boolean placedBefore(int to, int i, int first) {
    return first <= above || (relevant[lattice.variable[i]] && !fits[to]);
  }

  /** The least where the tile at hand is placed at a position, and moves or stands next. */
  private void place(int x, double[] least) {
    if (stand >= 0 && !stands.ended(stand, x, above + 1)) {
      return;
    }
    double all = words(x, -1);
    if (fill.open(x) == 0) {
      Arrays.fill(least, x * shares, (x + 1) * shares, all);
    }
    for (int left = fill.open(x); left != 0; left &= left - 1) {
      int i = Integer.numberOfTrailingZeros(left);
      int to = x + lattice.stride[i];
      int first = first(x, i);
      if (first >= 0 && viable[to] && placedBefore(to, i, first)) {
        slide(to);
        double fetched = all - words(x, i);
        for (int k = 0; k < shares; k++) {
          double c = slid[to * shares + k] + fetched + leaving(k, x, i);
          least[x * shares + k] = Math.min(least[x * shares + k], c);
        }
      }
    }
  }

  /** The least from a position on, for the tile at hand, less what is kept. */
  private void slide(int x) {
    if (stamp[x] == epoch) {
      return;
    }
    stamp[x] = epoch;
    if (fill.open(x) == 0 || over(x)) {
      for (int k = 0; k < shares; k++) {
        slid[x * shares + k] = rest[k][x];
      }
      return;
    }
    Arrays.fill(slid, x * shares, (x + 1) * shares, Double.POSITIVE_INFINITY);
    for (int left = fill.open(x); left != 0; left &= left - 1) {
      int i = Integer.numberOfTrailingZeros(left);
      int to = x + lattice.stride[i];
      if (!viable[to] || first(x, i) < 0) {
        continue;
      }
      slide(to);
      double kept = words(x, i);
      for (int k = 0; k < shares; k++) {
        double c = slid[to * shares + k] - kept + leaving(k, x, i);
        slid[x * shares + k] = Math.min(slid[x * shares + k], c);
      }
    }
  }

  /** Whether nothing of the tile at hand is kept from a position on: see {@link Halo#ends}. */
  private boolean over(int x) {
    int far = 0;
    for (int r = 0; r < ranks; r++) {
      int n = number[r][x];
      double end = ends[r][n];
      if (end == 0) {
        long[] inside = iterations(x);
        long[] left = s.temporal.clone();
        for (int v = 0; v < left.length; v++) {
          left[v] /= inside[v];
        }
        end = 1.0 + halo.end(r, start, began, sizes(x), inside, passed, 1, left);
        ends[r][n] = end;
      }
      if (end == 1 + Halo.DEAD) {
        return true;
      }
      far += end == 1 + Halo.FAR ? 1 : 0;
    }
    return far >= 2;
  }

  private long[] sizes(int x) {
    if (stand >= 0) {
      return stands.sizes(stand, x);
    }
    long[] sizes = iterations(x).clone();
    for (Spread f : s.spreads) {
      for (int v = 0; v < sizes.length; v++) {
        sizes[v] *= f.factor()[v];
      }
    }
    return sizes;
  }

  /** What is known of a rank, a tile and where instances stand along it. */
  @SuppressWarnings("ArrayRecordComponent") // internal; never compared
  private record Known(double[] words, double[] ends) {}

  private Known known(int r) {
    List<Long> key = ranked.key(RankNumbers.WORDS, r);
    key.add((long) kinds.length);
    for (int v : halo.overlap.ranks.get(r).variables()) {
      key.add(began[v]);
      for (long[] sizes : passed) {
        key.add(sizes == null ? 0 : sizes[v]);
      }
    }
    for (int f = 0; f < s.spreads.length; f++) {
      key.add(halo.above(1, f) ? 1L : 0L);
      for (Halo.Measure kind : kinds) {
        key.add(kind.united()[f] ? 1L : 0L);
      }
    }
    double[] words =
        halo.overlap.tables.computeIfAbsent(
            key,
            k -> {
              double[] empty = new double[numbers[r] * loops[r] * kinds.length];
              Arrays.fill(empty, Double.NaN);
              return empty;
            });
    List<Long> other = new ArrayList<>(key);
    other.set(0, RankNumbers.ENDS);
    double[] known = halo.overlap.tables.computeIfAbsent(other, k -> new double[numbers[r]]);
    return new Known(words, known);
  }

  /** Takes up the tile of a position. */
  private void tile(int x) {
    epoch++;
    began = iterations(x);
    start = began.clone();
    for (int v = 0; v < start.length; v++) {
      start[v] *= below[v];
    }
    for (int r = 0; r < ranks; r++) {
      int at = along[Math.max(0, stand)][r] * numbers[r] + number[r][x];
      if (tables[r][at] == null) {
        tables[r][at] = known(r);
      }
      table[r] = tables[r][at].words;
      ends[r] = tables[r][at].ends;
    }
  }

  /**
   * Energy in pJ of the words of the tile at hand that are kept.
   *
   * @param step the loop that advances; -1 for the words of all tiles
   */
  private double words(int x, int step) {
    double sum = 0;
    for (int kind = 0; kind < pj.length; kind++) {
      double product = pj[kind];
      for (int r = 0; r < ranks && product != 0; r++) {
        int at = (kind * numbers[r] + number[r][x]) * loops[r] + loop[r][step + 1];
        double words = table[r][at];
        if (Double.isNaN(words)) {
          words = count(kind, r, x, step);
          table[r][at] = words;
        }
        product *= words;
      }
      sum += product;
    }
    return step < 0 ? sum * rounds[x] : sum * rounds[x] * advances[step];
  }

  private double count(int kind, int r, int x, int step) {
    return halo.rank(
        kinds[kind],
        r,
        start,
        began,
        step < 0 ? start : sizes(x),
        step < 0 ? began : iterations(x),
        step < 0 ? -1 : lattice.variable[step],
        step < 0 ? 1 : lattice.prime[step],
        passed);
  }
}
