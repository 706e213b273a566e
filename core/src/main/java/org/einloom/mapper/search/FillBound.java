package org.einloom.mapper.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoublePredicate;
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

  /** Shares of a memory that are told apart. */
  private static final double[] SHARES = {0, 0.125, 0.25, 0.5, 0.75};

  private final Lattice lattice;

  /** By position, the steps that are not done, as bits. */
  private final int[] open;

  /** All bits but those of nodes that must fit as long as they have not moved. */
  private int leavable = -1;

  /** The bits of nodes whose tiles overlap. */
  private int overlapping;

  /** {@code [share][position]}: the nodes that would fit, as bits. */
  private @Nullable List<int[]> every;

  /** Those of them that are not left out. */
  private @Nullable List<int[]> shares;

  /** By share, the least energy in pJ still to come at the first position; empty if not known. */
  private double[] leastOf = {};

  private final Structure s;
  private final @Nullable HaloReach reach;
  private final double[][] tile;
  private final double[][] nodeBits;
  private final double[][] capacity;
  private final int[][] sharing;
  private final int shared;
  private final int split;

  /** By position, the nodes of memories of their own that fit. */
  private final int[] base;

  /** The same with the others, if each had the memory to itself. */
  private final int[] unshared;

  private final double[][] rounds;

  /** By bit: the tensor of the node; what a round costs, in pJ; and see {@link HaloReach}. */
  private final int[] tensor;

  private final double[] perRound;
  private final double[] all;
  private final double[] granted;
  private final double[] @Nullable [] gone;

  /** {@code [bit][position]}: see {@link #cost}. */
  private final double[][] moving;

  /** {@code [tensor][node]}: its bits. */
  private final int[][] bits;

  /** By nodes that have moved; empty if there are too many of these. */
  private final @Nullable Known[] tabled;

  private LongMap<Known> others = new LongMap<>();

  /**
   * @param roundsOf {@code [tensor][position]}
   * @param tile {@code [tensor][position]}: relevant iterations below
   * @param nodeBits {@code [tensor][node]}: the least that a tile of one iteration takes, bits
   * @param capacity {@code [tensor][node]}: bits
   * @param sharing {@code [tensor][node]}: the number of a memory that several tensors share; or -1
   */
  FillBound(
      Structure s,
      @Nullable HaloReach reach,
      Lattice lattice,
      double[][] roundsOf,
      double[][] tile,
      double[][] nodeBits,
      double[][] capacity,
      int[][] sharing) {
    this.lattice = lattice;
    this.s = s;
    this.reach = reach;
    this.tile = tile;
    this.nodeBits = nodeBits;
    this.capacity = capacity;
    this.sharing = sharing;
    int tensors = roundsOf.length;
    bits = new int[tensors][];
    int n = 0;
    int shared = -1;
    int split = -1;
    for (int t = 0; t < tensors; t++) {
      boolean regular = s.problem.regular[t];
      bits[t] = new int[sharing[t].length];
      for (int j = 0; j < bits[t].length && n < Integer.SIZE - 1; j++) {
        bits[t][j] = (regular ? 1 : 3) << n;
        n += regular ? 1 : 2;
        if (sharing[t][j] >= 0 && regular) {
          shared = sharing[t][j]; // the result, if it is one of them
          split = t;
        }
      }
    }
    rounds = roundsOf;
    tensor = new int[n];
    perRound = new double[n];
    gone = new double[n] @Nullable [];
    all = new double[n];
    granted = new double[n];
    base = new int[lattice.positions];
    for (int t = 0; t < tensors; t++) {
      for (int j = 0; j < bits[t].length && bits[t][j] != 0; j++) {
        int node = Integer.numberOfTrailingZeros(bits[t][j]);
        tensor[node] = t;
        if (s.problem.regular[t]) {
          leavable &= ~(1 << node);
          perRound[node] = Math.max(0, s.perRound[t][j][0]);
        } else if (reach != null) {
          tensor[node + 1] = t;
          leavable &= ~(2 << node);
          overlapping |= bits[t][j];
          HaloReach.Fetched fetched = reach.fetched(j + 1);
          all[node] = fetched.all();
          granted[node] = fetched.granted();
          gone[node + 1] = fetched.gone();
        }
        if (shared < 0 || sharing[t][j] != shared) {
          fit(s, reach, t, j, tile[t], nodeBits[t][j], capacity[t][j], base);
        }
      }
    }
    moving = new double[n][];
    for (int node = 0; node < n; node++) {
      moving[node] = moving(node);
    }
    this.shared = shared;
    this.split = split;
    unshared = shared < 0 ? base : fit(base, 1, 1);
    open = lattice.open();
    tabled = new @Nullable Known[n <= MOST_TABLED ? 1 << n : 0];
  }

  /** The same where every node has so much room for itself. */
  FillBound within(double[][] nodeBits, double[][] roomBits, int[][] sharing) {
    return new FillBound(this, nodeBits, roomBits, sharing);
  }

  private FillBound(FillBound shared, double[][] nodeBits, double[][] roomBits, int[][] sharing) {
    lattice = shared.lattice;
    s = shared.s;
    reach = shared.reach;
    tile = shared.tile;
    this.nodeBits = nodeBits;
    capacity = roomBits;
    this.sharing = sharing;
    bits = shared.bits;
    rounds = shared.rounds;
    tensor = shared.tensor;
    perRound = shared.perRound;
    all = shared.all;
    granted = shared.granted;
    gone = shared.gone;
    leavable = shared.leavable;
    overlapping = shared.overlapping;
    moving = shared.moving;
    open = shared.open;
    this.shared = -1;
    split = -1;
    base = new int[lattice.positions];
    for (int t = 0; t < bits.length; t++) {
      for (int j = 0; j < bits[t].length && bits[t][j] != 0; j++) {
        fit(s, reach, t, j, tile[t], nodeBits[t][j], capacity[t][j], base);
      }
    }
    unshared = base;
    tabled = new @Nullable Known[shared.tabled.length];
  }

  /**
   * The nodes that fit.
   *
   * @param most of the shared memory, for one of the tensors
   * @param others what others have of it
   */
  private int[] fit(int[] base, double most, double others) {
    int[] fit = base.clone();
    for (int t = 0; t < bits.length; t++) {
      for (int j = 0; j < bits[t].length && bits[t][j] != 0; j++) {
        if (sharing[t][j] == shared) {
          double room = capacity[t][j] * (t != split ? others : most);
          fit(s, reach, t, j, tile[t], nodeBits[t][j], room, fit);
        }
      }
    }
    return fit;
  }

  /** {@code [share][position]}: the nodes that would fit, as bits. */
  List<int[]> shares() {
    List<int[]> found = shares;
    if (found == null) {
      found = everyShare();
      shares = found;
    }
    return found;
  }

  private List<int[]> everyShare() {
    List<int[]> every = this.every;
    if (every == null) {
      every = new ArrayList<>();
      for (int k = 0; k < (shared < 0 ? 1 : SHARES.length); k++) {
        double most = k + 1 < SHARES.length ? SHARES[k + 1] : 1;
        int[] fit = shared < 0 ? base : fit(base, most, 1 - SHARES[k]);
        if (every.stream().noneMatch(other -> Arrays.equals(other, fit))) {
          every.add(fit);
        }
      }
      this.every = every;
    }
    return every;
  }

  /**
   * Leaves out shares with which every mapping costs too much; all others are bounded as before.
   *
   * @param tooMuch of energy in pJ still to come at the first position
   */
  void leaveOut(DoublePredicate tooMuch) {
    List<int[]> every = everyShare();
    double[] least = leastOf();
    List<int[]> left = new ArrayList<>();
    for (int k = 0; k < least.length; k++) {
      if (!tooMuch.test(least[k])) {
        left.add(every.get(k));
      }
    }
    if (left.size() != shares().size()) {
      shares = left;
      Arrays.fill(tabled, null);
      others = new LongMap<>();
    }
  }

  private double[] leastOf() {
    double[] least = leastOf;
    if (least.length == 0) {
      least = everyShare().stream().mapToDouble(share -> after(share, -1)[0]).toArray();
      leastOf = least;
    }
    return least;
  }

  /** What {@link #toGo} says at the first position, where no node has moved. */
  double toGo() {
    double[] least = leastOf();
    double found = Double.POSITIVE_INFINITY;
    for (int k = 0; k < least.length; k++) {
      if ((everyShare().get(k)[0] | leavable) == -1) {
        found = Math.min(found, least[k]);
      }
    }
    return found;
  }

  /** The same, if nothing had to be shared. */
  double unsharedToGo() {
    return after(unshared, -1)[0];
  }

  private void fit(
      Structure s,
      @Nullable HaloReach reach,
      int t,
      int j,
      double[] tile,
      double nodeBits,
      double capacity,
      int[] fit) {
    double room = capacity * (1 + 1e-12);
    if (s.problem.regular[t]) {
      for (int x = 0; x < fit.length; x++) {
        fit[x] |= tile[x] * nodeBits <= room ? bits[t][j] : 0;
      }
    } else if (reach != null) {
      int width = s.problem.architecture.widths().of(s.problem.tensors.get(t));
      reach.regions(j + 1, room / width, bits[t][j], fit);
    }
  }

  /** Energy in pJ of some nodes' moving at a position, beyond one round. */
  private double cost(int nodes, int x) {
    double sum = 0;
    for (int left = nodes; left != 0; left &= left - 1) {
      sum += moving[Integer.numberOfTrailingZeros(left)][x];
    }
    return sum;
  }

  /** By position, energy in pJ of a node's moving there, beyond one round. */
  private double[] moving(int node) {
    double[] rounds = this.rounds[tensor[node]];
    double[] pj = new double[rounds.length];
    double[] of = gone[node];
    for (int x = 0; x < pj.length; x++) {
      pj[x] =
          of != null
              ? rounds[x] * of[x]
              : all[node] > 0
                  ? rounds[x] * all[node] - granted[node]
                  : perRound[node] * (rounds[x] - 1);
    }
    return pj;
  }

  /** The bit of a node, by which {@link #toGo} is told that it has moved. */
  int bits(int t, int j) {
    return bits[t][j];
  }

  /**
   * The least energy in pJ still to come from a position on, beyond one round.
   *
   * @param moved the nodes that have moved, as bits
   */
  double toGo(int moved, int position) {
    return known(moved, position).strict[position];
  }

  /** The same where tiles that overlap may just have moved. */
  double toGoAtLeast(int moved, int position) {
    return known(moved, position).loose[position];
  }

  /** The steps that are not done at a position, as bits. */
  int open(int position) {
    return open[position];
  }

  /**
   * By position, the least energy in pJ still to come of some nodes.
   *
   * @param fit the nodes that fit, by position
   */
  double[] after(int[] fit, int nodes) {
    double[] least = new double[lattice.positions];
    least(fit, nodes, least, 0, lattice.positions);
    return least;
  }

  /** By position, the least energy in pJ of some nodes on the way there. */
  double[] before(int[] fit, int nodes) {
    double[] least = new double[lattice.positions];
    Arrays.fill(least, 1, lattice.positions, Double.POSITIVE_INFINITY);
    for (int x = 0; x < lattice.positions; x++) {
      for (int left = open[x]; left != 0; left &= left - 1) {
        int to = x + lattice.stride[Integer.numberOfTrailingZeros(left)];
        least[to] = Math.min(least[to], least[x] + leaving(fit, x, to, nodes));
      }
    }
    return least;
  }

  /** Energy in pJ of nodes that fit at one position and not at the next. */
  double leaving(int[] fit, int x, int to, int nodes) {
    return cost(fit[x] & ~fit[to] & nodes, x);
  }

  /**
   * What is still to come once some nodes have moved: by share and position; of these the least, if
   * what has not moved fits; and if tiles that overlap may just have moved. Positions are worked
   * out from the last one down to the one that was asked for.
   */
  private final class Known {
    private final int moved;
    private final double[][] least = new double[shares().size()][lattice.positions];
    private final double[] strict = new double[lattice.positions];
    private final double[] loose = new double[lattice.positions];
    private int from = lattice.positions;

    Known(int moved) {
      this.moved = moved;
    }

    void downTo(int position) {
      for (int k = 0; k < least.length; k++) {
        least(shares().get(k), ~moved, least[k], position, from);
      }
      for (int x = position; x < from; x++) {
        strict[x] = fitting(x, leavable);
        loose[x] = fitting(x, leavable | overlapping);
      }
      from = position;
    }

    /** What has not moved has yet to be filled, so it fits. */
    private double fitting(int x, int free) {
      double found = Double.POSITIVE_INFINITY;
      for (int k = 0; k < least.length; k++) {
        if ((shares().get(k)[x] | moved | free) == -1) {
          found = Math.min(found, least[k][x]);
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
  private void least(int[] fit, int still, double[] least, int first, int last) {
    int[] stride = lattice.stride;
    for (int x = last - 1; x >= first; x--) {
      int here = fit[x] & still;
      int todo = open[x];
      if (here == 0 || todo == 0) {
        least[x] = 0;
        continue;
      }
      double best = Double.POSITIVE_INFINITY;
      for (int left = todo; left != 0; left &= left - 1) {
        int to = x + stride[Integer.numberOfTrailingZeros(left)];
        double c = least[to];
        for (int l = c < best ? here & ~fit[to] : 0; l != 0; l &= l - 1) {
          c += moving[Integer.numberOfTrailingZeros(l)][x];
        }
        best = c < best ? c : best;
      }
      least[x] = best;
    }
  }
}
