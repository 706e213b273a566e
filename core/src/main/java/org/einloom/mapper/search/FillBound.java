package org.einloom.mapper.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the nodes of a structure that have not moved yet cost at least beyond one round each, on
 * whatever way the loops go on. Taken one by one, each tensor could be reused to the full; but the
 * loops that keep one in place move the others.
 *
 * <p>A way is a path through the {@link Lattice}. Wherever a node is placed, its tile fits, and it
 * moves at the first relevant loop above; so if the way leaves the positions where the tile would
 * fit, the node has moved there or before, and has no fewer rounds than if it moved there: rounds
 * fall along a way. Hence the sum, over the nodes, of what their rounds cost at the last position
 * where they would fit, is a bound for the way, and the least of all ways is found backwards from
 * the last position. For tiles that overlap, {@link HaloReach} says what stands for fitting and for
 * moving.
 *
 * <p>Tensors that share a memory cannot all fill it: if one takes more than a share of it, others
 * have what is left. The bound is the least over shares of one of them.
 */
final class FillBound {
  /** For so many bits, what is known is found by them at once. */
  private static final int MOST_TABLED = 12;

  private final Lattice lattice;

  /** By position, the steps that are not done, as bits. */
  private final int[] open;

  private final Fits fits;

  /** The most energy in pJ still to come at the first position that is of interest. */
  private double mostPj = Double.POSITIVE_INFINITY;

  /** {@code [share][position]}: the nodes that would fit, of shares that are not left out. */
  private @Nullable List<Fits.Share> shares;

  /**
   * By share, the least energy in pJ still to come at the first position, infinite if it is more
   * than was of interest; no number if not known; empty if none is.
   */
  private double[] leastOf = {};

  /** {@code [share][position]}: energy in pJ on the way there, of shares that are not left out. */
  private double[][] reached = {};

  /** The same of all shares. */
  private double[][] waysOf = {};

  private final int tensors;

  /** {@code [position][tensor]}: irrelevant iterations outside. */
  private final double[] rounds;

  /** By bit: the tensor of the node; what a round costs, in pJ; and see {@link HaloReach}. */
  private final int[] tensor;

  private final double[] perRound;
  private final double[] granted;
  private final HaloReach.@Nullable Fetched[] gone;

  /** Of the operand whose tiles overlap; null if there is none. */
  private final @Nullable HaloReach reach;

  private final int halo;

  /** The steps that are over variables irrelevant to it, as bits. */
  private final int repeating;

  /** By step, the share of the iterations in which its loop advances. */
  private final double[] advances;

  private final IdentityHashMap<Fits.Share, Again> agains = new IdentityHashMap<>();

  /** By nodes that have moved; empty if there are too many of these. */
  private final @Nullable Known[] tabled;

  private LongMap<Known> others = new LongMap<>();

  FillBound(Structure s, @Nullable HaloReach reach, Terrain terrain) {
    lattice = terrain.lattice;
    open = terrain.open;
    fits = terrain.fits;
    tensors = terrain.rounds.length;
    rounds = terrain.roundsAt;
    tensor = new int[fits.n];
    perRound = new double[fits.n];
    gone = new HaloReach.@Nullable Fetched[fits.n];
    this.reach = reach;
    halo = s.halo == null ? -1 : s.halo.tensor;
    int over = 0;
    advances = new double[lattice.steps];
    for (int i = 0; i < lattice.steps; i++) {
      over |= halo >= 0 && !s.problem.relevant[halo][lattice.variable[i]] ? 1 << i : 0;
      advances[i] = (lattice.prime[i] - 1.0) / lattice.prime[i];
    }
    repeating = over;
    granted = new double[fits.n];
    for (int t = 0; t < fits.bits.length; t++) {
      for (int j = 0; j < fits.bits[t].length && fits.bits[t][j] != 0; j++) {
        int node = Integer.numberOfTrailingZeros(fits.bits[t][j]);
        tensor[node] = t;
        if (s.problem.regular[t]) {
          perRound[node] = Math.max(0, s.perRound[t][j][0]);
          granted[node] = perRound[node];
        } else if (reach != null) {
          tensor[node + 1] = t;
          HaloReach.Fetched fetched = reach.fetched(j + 1);
          perRound[node] = fetched.allPj;
          granted[node] = fetched.grantedPj;
          gone[node + 1] = fetched;
        }
      }
    }
    tabled = new @Nullable Known[fits.n <= MOST_TABLED ? 1 << fits.n : 0];
  }

  /** The same where other nodes fit. */
  FillBound within(Fits fits) {
    return new FillBound(this, fits);
  }

  private FillBound(FillBound shared, Fits fits) {
    this.fits = fits;
    lattice = shared.lattice;
    tensors = shared.tensors;
    rounds = shared.rounds;
    tensor = shared.tensor;
    perRound = shared.perRound;
    granted = shared.granted;
    gone = shared.gone;
    reach = shared.reach;
    halo = shared.halo;
    repeating = shared.repeating;
    advances = shared.advances;
    open = shared.open;
    mostPj = shared.mostPj;
    tabled = new @Nullable Known[shared.tabled.length];
  }

  /** {@code [share][position]}: the nodes that would fit, as bits. */
  List<Fits.Share> shares() {
    List<Fits.Share> found = shares;
    if (found == null) {
      found = fits.every();
      shares = found;
    }
    return found;
  }

  /**
   * Leaves out what is of no interest. Energy on the way to a position is never less than what
   * other ways there take; so ways are given up where it is too much already.
   *
   * @param roomPj the most energy in pJ still to come at the first position
   */
  void limit(double roomPj) {
    mostPj = Math.min(mostPj, roomPj);
  }

  /** The most energy in pJ still to come at the first position that is of interest. */
  double mostPj() {
    return mostPj;
  }

  /**
   * Leaves out shares with which every mapping costs too much; all others are bounded as before.
   *
   * @param roomPj see {@link #limit}
   */
  void leaveOut(double roomPj) {
    limit(roomPj);
    List<Fits.Share> every = fits.every();
    List<Fits.Share> left = new ArrayList<>();
    List<double[]> ways = new ArrayList<>();
    for (int k = 0; k < every.size(); k++) {
      if (leastOf(k) <= mostPj) {
        left.add(every.get(k));
        ways.add(waysOf[k]);
      }
    }
    if (reached.length == 0 || left.size() != shares().size()) {
      shares = left;
      reached = ways.toArray(new double[0][]);
      Arrays.fill(tabled, null);
      others = new LongMap<>();
    }
  }

  /** The least of a share. */
  private double leastOf(int k) {
    List<Fits.Share> every = fits.every();
    if (leastOf.length == 0) {
      leastOf = new double[every.size()];
      Arrays.fill(leastOf, Double.NaN);
      waysOf = new double[leastOf.length][];
    }
    if (Double.isNaN(leastOf[k])) {
      waysOf[k] = before(every.get(k), -1);
      leastOf[k] = least(every.get(k), waysOf[k]);
    }
    return leastOf[k];
  }

  /** The least energy in pJ on the way to where nothing that fits is left. */
  private double least(Fits.Share fit, double[] before) {
    double least = Double.POSITIVE_INFINITY;
    int somewhere = fit.somewhere | again(fit).nodes;
    for (int x = 0; x < before.length; x++) {
      if (before[x] < least && (open[x] == 0 || (fit.nodes[x] & somewhere) == 0)) {
        least = before[x];
      }
    }
    return least;
  }

  /**
   * What {@link #toGo} says at the first position, where no node has moved.
   *
   * @param atLeastPj what it is known not to be below: see {@link FirstBound}
   */
  double toGo(double atLeastPj) {
    double found = Double.POSITIVE_INFINITY;
    for (int k = 0; k < fits.every().size() && found > atLeastPj; k++) {
      if ((fits.every().get(k).nodes[0] | fits.leavable) == -1) {
        found = Math.min(found, leastOf(k));
      }
    }
    return found;
  }

  /**
   * What nodes of the operand whose tiles overlap have to fetch anew where loops repeat what was
   * done.
   */
  private final class Again {
    private final HaloReach.@Nullable Again[] of;

    /** {@code [node][position]}: pJ for each iteration; no number if it is not known yet. */
    private final double[][] known;

    /** The nodes of which it is something somewhere, by the bit that says that they are near. */
    final int nodes;

    Again(Fits.Share fit) {
      of = new HaloReach.@Nullable Again[fit.room.length];
      known = new double[of.length][0];
      int some = 0;
      for (int j = 0; j < of.length; j++) {
        if (reach != null && fits.bits[halo][j] != 0 && repeating != 0) {
          HaloReach.Again found = reach.again(j + 1, fit.room[j]);
          if (!found.isNothing()) {
            of[j] = found;
            known[j] = new double[lattice.positions];
            Arrays.fill(known[j], Double.NaN);
            some |= Integer.lowestOneBit(fits.bits[halo][j]);
          }
        }
      }
      nodes = some;
    }

    /** Energy in pJ of a loop that advances in all of its iterations. */
    double of(int fitting, int x) {
      double sum = 0;
      for (int j = 0; j < of.length; j++) {
        HaloReach.Again found = of[j];
        if (found != null && reach != null && (fits.bits[halo][j] & nodes & fitting) != 0) {
          int at = reach.related()[x];
          double pj = known[j][at];
          if (Double.isNaN(pj)) {
            pj = found.pj(at);
            known[j][at] = pj;
          }
          sum += pj;
        }
      }
      return sum * rounds[x * tensors + halo];
    }
  }

  private Again again(Fits.Share fit) {
    return agains.computeIfAbsent(fit, Again::new);
  }

  /** Energy in pJ of some nodes' moving at a position, beyond one round. */
  private double cost(int nodes, int x) {
    double sum = 0;
    for (int left = nodes; left != 0; left &= left - 1) {
      sum += moving(Integer.numberOfTrailingZeros(left), x);
    }
    return sum;
  }

  /** Energy in pJ of a node's moving at a position, beyond one round. */
  private double moving(int node, int x) {
    HaloReach.Fetched of = gone[node];
    double rounds = this.rounds[x * tensors + tensor[node]];
    return of != null ? rounds * of.gonePj(x) : rounds * perRound[node] - granted[node];
  }

  /** The bit of a node, by which {@link #toGo} is told that it has moved. */
  int bits(int t, int j) {
    return fits.bits[t][j];
  }

  /**
   * The least energy in pJ still to come from a position on, beyond one round.
   *
   * @param moved the nodes that have moved, as bits
   */
  double toGo(int moved, int position) {
    return known(moved, position).fitting(position, fits.leavable);
  }

  /** The same where tiles that overlap may just have moved. */
  double toGoAtLeast(int moved, int position) {
    return known(moved, position).fitting(position, fits.leavable | fits.overlapping);
  }

  /** The steps that are not done at a position, as bits. */
  int open(int position) {
    return open[position];
  }

  /**
   * By position, the least energy in pJ still to come of some nodes.
   *
   * @param fit the nodes that fit, by position
   * @param before by position, what they take on the way there: where it is infinite, so is this
   */
  double[] after(Fits.Share fit, int nodes, double[] before) {
    double[] least = new double[lattice.positions];
    least(fit, nodes, before, least, 0, lattice.positions);
    return least;
  }

  /**
   * By position, the least energy in pJ of some nodes on the way there; infinite where it is more
   * than is of interest.
   */
  double[] before(Fits.Share fit, int nodes) {
    int[] stride = lattice.stride;
    double most = mostPj;
    Again again = again(fit);
    double[] least = new double[lattice.positions];
    Arrays.fill(least, 1, lattice.positions, Double.POSITIVE_INFINITY);
    for (int x = 0; x < least.length; x++) {
      double here = least[x];
      if (here > most) {
        least[x] = Double.POSITIVE_INFINITY;
        continue;
      }
      int leaving = fit.nodes[x] & nodes & fit.somewhere;
      int kept = fit.nodes[x] & nodes & again.nodes;
      double more = kept == 0 ? 0 : again.of(kept, x);
      for (int left = open[x]; left != 0; left &= left - 1) {
        int i = Integer.numberOfTrailingZeros(left);
        int to = x + stride[i];
        if (here < least[to]) {
          double c = here + cost(leaving & ~fit.nodes[to], x);
          c += more > 0 && (repeating >> i & 1) != 0 ? more * advances[i] : 0;
          least[to] = c < least[to] ? c : least[to];
        }
      }
    }
    return least;
  }

  /** Energy in pJ of a step, of some nodes: those that fit before it and not after. */
  double leaving(Fits.Share fit, int x, int step, int nodes) {
    double pj = cost(fit.nodes[x] & ~fit.nodes[x + lattice.stride[step]] & nodes, x);
    int kept = fit.nodes[x] & nodes & again(fit).nodes;
    boolean more = kept != 0 && (repeating >> step & 1) != 0;
    return more ? pj + again(fit).of(kept, x) * advances[step] : pj;
  }

  /**
   * What is still to come once some nodes have moved, by share and position. Positions are worked
   * out from the last one down to the one that was asked for.
   */
  private final class Known {
    private final int moved;
    private final double[][] least = new double[shares().size()][lattice.positions];
    private final int[][] nodes;
    private int from = lattice.positions;

    Known(int moved) {
      this.moved = moved;
      nodes = new int[least.length][];
      for (int k = 0; k < nodes.length; k++) {
        nodes[k] = shares().get(k).nodes;
      }
    }

    void downTo(int position) {
      for (int k = 0; k < least.length; k++) {
        double[] before = reached.length == 0 ? null : reached[k];
        least(shares().get(k), ~moved, before, least[k], position, from);
      }
      from = position;
    }

    /** The least of the shares in which what has not moved fits, as it has yet to be filled. */
    double fitting(int x, int free) {
      double found = Double.POSITIVE_INFINITY;
      for (int k = 0; k < least.length; k++) {
        double c = least[k][x];
        if (c < found && (nodes[k][x] | moved | free) == -1) {
          found = c;
        }
      }
      return found;
    }
  }

  private Known known(int moved, int position) {
    @Nullable Known found = tabled.length > 0 ? tabled[moved] : others.get(moved);
    if (found == null) {
      found = new Known(moved);
      if (tabled.length > 0) {
        tabled[moved] = found;
      } else {
        others.put(moved, found);
      }
    }
    if (position < found.from) {
      found.downTo(position);
    }
    return found;
  }

  /** Works out positions from the one before the last down to the first. */
  private void least(
      Fits.Share fit, int still, double @Nullable [] before, double[] least, int first, int last) {
    int[] stride = lattice.stride;
    int[] nodes = fit.nodes;
    Again again = again(fit);
    int leaving = still & (fit.somewhere | again.nodes);
    for (int x = last - 1; x >= first; x--) {
      if (before != null && before[x] == Double.POSITIVE_INFINITY) {
        least[x] = Double.POSITIVE_INFINITY;
        continue;
      }
      int here = nodes[x] & leaving;
      int todo = open[x];
      if (here == 0 || todo == 0) {
        least[x] = 0;
        continue;
      }
      int kept = here & again.nodes;
      double more = kept == 0 ? 0 : again.of(kept, x);
      int free = fit.staying[x] & (more > 0 ? ~repeating : -1);
      double best = Double.POSITIVE_INFINITY;
      for (int left = todo & free; left != 0; left &= left - 1) {
        double c = least[x + stride[Integer.numberOfTrailingZeros(left)]];
        best = c < best ? c : best;
      }
      for (int left = todo & ~free; left != 0; left &= left - 1) {
        int i = Integer.numberOfTrailingZeros(left);
        int to = x + stride[i];
        double c = least[to];
        if (c < best) {
          c += cost(here & ~nodes[to], x);
          c += more > 0 && (repeating >> i & 1) != 0 ? more * advances[i] : 0;
          best = c < best ? c : best;
        }
      }
      least[x] = best;
    }
  }
}
