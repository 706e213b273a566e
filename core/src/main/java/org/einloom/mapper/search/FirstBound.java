package org.einloom.mapper.search;

import java.util.Arrays;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What the nodes of a structure cost at least beyond one round each, if every one of them had its
 * memory to itself: the bound of {@link FillBound} for the first position, forwards, and only as
 * far as it is of interest.
 *
 * <p>Most structures are left alone once this is known. So nothing is made ready for it by
 * position: all that it has to know of one is a product or a sum over the steps, of which one half
 * of the steps has few, and the other half, too.
 */
final class FirstBound {
  private static final long KNOWN = 1L << 62;
  private static final int MOST_NODES = 61;

  // used again and again
  private double[] least = {};
  private long[] fitting = {};

  /**
   * By number for all ranks of the operand whose tiles overlap: what its nodes fetch anew in pJ,
   * for one irrelevant iteration; no number if that is not known.
   */
  private double[] anew = {};

  // of the structure at hand
  @SuppressWarnings("NullAway.Init") // set before use
  private Half low;

  @SuppressWarnings("NullAway.Init")
  private Half high;

  @SuppressWarnings("NullAway.Init")
  private Node[] nodes;

  private final Node[] of = new Node[MOST_NODES + 2];

  /** The operand whose tiles overlap; -1 if there is none. */
  private int halo;

  /** The steps that are over variables irrelevant to the operand whose tiles overlap, as bits. */
  private int repeating;

  /** The nodes that may have to fetch anew what such loops repeat, by their lower bit. */
  private long again;

  /** By bit, what moving costs at the position that was visited then. */
  private final double[] moving = new double[MOST_NODES + 2];

  private final long[] movedAt = new long[MOST_NODES + 2];
  private long visit;

  /**
   * Some of the steps.
   *
   * @param size how many positions there are if the others are not taken
   * @param open by position, those of the steps that are not done, as bits
   * @param tile {@code [tensor][position]}: relevant iterations below
   * @param rounds {@code [tensor][position]}: irrelevant iterations outside, of these steps
   * @param relevant by position, what they add to the number for all ranks together
   */
  @SuppressWarnings("ArrayRecordComponent") // internal; never compared
  private record Half(int size, int[] open, double[][] tile, double[][] rounds, int[] relevant) {}

  /**
   * A node, with one bit if its tensor is regular, and two otherwise; see {@link HaloReach}.
   *
   * @param bit the lower one
   * @param room bits; if tiles overlap, words
   * @param bits of a tile of one iteration, at least, if the tensor is regular
   * @param fewest if tiles overlap
   */
  private record Node(
      int tensor,
      int bit,
      double room,
      double bits,
      double perRoundPj,
      double grantedPj,
      HaloReach.@Nullable Fewest fewest,
      HaloReach.@Nullable Fetched fetched,
      HaloReach.@Nullable Again again) {
    static Node regular(int tensor, int bit, double roomBits, double bits, double perRoundPj) {
      return new Node(tensor, bit, roomBits, bits, perRoundPj, perRoundPj, null, null, null);
    }
  }

  /**
   * The bound in pJ; infinite if it is more than is of interest.
   *
   * @param mostPj the most that is
   */
  double excessPj(Structure s, Lattice lattice, double mostPj) {
    @Nullable RankNumbers ranks = null;
    @Nullable HaloReach reach = null;
    if (s.halo != null) {
      ranks = new RankNumbers(s.halo, lattice);
      reach = new HaloReach(s.halo, ranks, lattice);
    }
    halo = s.halo == null ? -1 : s.halo.tensor;
    int relevant = ranks == null ? 1 : ranks.relevantCount;
    halves(s, lattice, ranks);
    repeating = 0;
    for (int i = 0; i < lattice.steps && s.halo != null; i++) {
      repeating |= s.problem.relevant[halo][lattice.variable[i]] ? 0 : 1 << i;
    }
    long somewhere = nodes(s, reach);
    int positions = lattice.positions;
    if (least.length < positions) {
      least = new double[positions];
      fitting = new long[positions];
    }
    Arrays.fill(least, 1, positions, Double.POSITIVE_INFINITY);
    Arrays.fill(fitting, 0, positions, 0);
    if (anew.length < relevant) {
      anew = new double[relevant];
    }
    Arrays.fill(anew, 0, relevant, Double.NaN);
    least[0] = 0;
    somewhere &= ~fitting(positions - 1, -1) | again;
    double found = Double.POSITIVE_INFINITY;
    for (int x = 0; x < positions; x++) {
      double here = least[x];
      if (here > mostPj || here >= found) {
        continue;
      }
      visit++;
      int l = x % low.size;
      int h = x / low.size;
      int open = low.open[l] | high.open[h];
      long fits = fitting(x, -1);
      long fit = fits & somewhere;
      if (open == 0 || fit == 0) {
        found = here;
        continue;
      }
      double more = (fit & again) == 0 ? 0 : again(fit & again, l, h);
      for (int left = open; left != 0; left &= left - 1) {
        int i = Integer.numberOfTrailingZeros(left);
        int to = x + lattice.stride[i];
        if (here < least[to]) {
          long leaving = fit & ~fitting(to, fits);
          double c = leaving == 0 ? here : here + cost(leaving, l, h);
          if (more > 0 && (repeating >> i & 1) != 0) {
            c += more * (lattice.prime[i] - 1) / lattice.prime[i];
          }
          least[to] = Math.min(least[to], c);
        }
      }
    }
    return found;
  }

  /**
   * The bits of nodes that would fit at a position.
   *
   * @param before those that fit at one before; others do not fit any more
   */
  private long fitting(int x, long before) {
    long fit = fitting[x];
    if (fit == 0) {
      fit = KNOWN | findFitting(x % low.size, x / low.size, before);
      fitting[x] = fit;
    }
    return fit;
  }

  private long findFitting(int l, int h, long before) {
    long fit = 0;
    for (Node n : nodes) {
      if (n.fewest == null && (before >> n.bit & 1) != 0) {
        boolean fits = low.tile[n.tensor][l] * high.tile[n.tensor][h] * n.bits <= n.room;
        fit |= fits ? 1L << n.bit : 0;
      }
    }
    return halo < 0 ? fit : fit | findOverlapping(low.relevant[l] + high.relevant[h]);
  }

  private long findOverlapping(int relevant) {
    long fit = 0;
    for (Node n : nodes) {
      if (n.fewest != null) {
        double words = n.fewest.near()[relevant];
        if (HaloReach.isNear(words, n.room)) {
          fit |= 3L << n.bit;
        } else if (HaloReach.slides(words, n.fewest.over()[relevant], n.room)) {
          fit |= 2L << n.bit;
        }
      }
    }
    return fit;
  }

  /** Energy in pJ of some nodes' moving at the position that is visited, beyond one round. */
  private double cost(long leaving, int l, int h) {
    double sum = 0;
    for (long left = leaving; left != 0; left &= left - 1) {
      int bit = Long.numberOfTrailingZeros(left);
      if (movedAt[bit] != visit) {
        movedAt[bit] = visit;
        moving[bit] = moving(of[bit], bit, l, h);
      }
      sum += moving[bit];
    }
    return sum;
  }

  /**
   * Energy in pJ of what nodes fetch anew, for a loop that advances in all iterations.
   *
   * @param of those that may be near here
   */
  private double again(long of, int l, int h) {
    int relevant = low.relevant[l] + high.relevant[h];
    double sum = anew[relevant];
    if (Double.isNaN(sum)) {
      sum = 0;
      for (Node n : nodes) {
        if (n.again != null && (of >> n.bit & 1) != 0) {
          sum += n.again.pjOf(relevant);
        }
      }
      anew[relevant] = sum;
    }
    return sum == 0 ? 0 : sum * low.rounds[halo][l] * high.rounds[halo][h];
  }

  private double moving(Node n, int bit, int l, int h) {
    double rounds = low.rounds[n.tensor][l] * high.rounds[n.tensor][h];
    if (bit == n.bit || n.fetched == null) {
      return rounds * n.perRoundPj - n.grantedPj;
    }
    return rounds * n.fetched.gonePjOf(low.relevant[l] + high.relevant[h]);
  }

  /** Finds the nodes; their bits. */
  private long nodes(Structure s, @Nullable HaloReach reach) {
    Problem p = s.problem;
    again = 0;
    Node[] found = new Node[MOST_NODES];
    int count = 0;
    int bit = 0;
    for (int t = 0; t < p.tensors.size(); t++) {
      int[] chain = s.placement.chains()[t];
      for (int j = 0; j < chain.length && bit < MOST_NODES; j++) {
        OptionalLong capacity = p.memory(chain[j]).capacityBits();
        double roomBits =
            capacity.isPresent() ? (double) capacity.getAsLong() : Double.POSITIVE_INFINITY;
        roomBits *= 1 + 1e-12;
        Node n;
        if (p.regular[t]) {
          double bits = Terrain.leastNodeBits(s, t, j);
          n = Node.regular(t, bit, roomBits, bits, Math.max(0, s.perRound[t][j][0]));
          of[bit++] = n;
        } else if (reach != null) {
          HaloReach.Fetched f = reach.fetched(j + 1);
          double words = roomBits / p.architecture.widths().of(p.tensors.get(t));
          HaloReach.Again a =
              capacity.isPresent() && repeating != 0 ? reach.again(j + 1, words) : null;
          if (a != null && a.isNothing()) {
            a = null;
          }
          again |= a != null ? 1L << bit : 0;
          n = new Node(t, bit, words, 0, f.allPj, f.grantedPj, reach.fewest(j + 1), f, a);
          of[bit++] = n;
          of[bit++] = n;
        } else {
          continue;
        }
        found[count++] = n;
      }
    }
    nodes = Arrays.copyOf(found, count);
    return (1L << bit) - 1;
  }

  private void halves(Structure s, Lattice lattice, @Nullable RankNumbers ranks) {
    int middle = 0;
    long size = 1;
    while (middle < lattice.steps && size * size < lattice.positions) {
      size *= lattice.exponent[middle++] + 1;
    }
    int[] adds = ranks == null ? new int[lattice.steps] : ranks.relevantAdds;
    low = half(s, lattice, adds, 0, middle);
    high = half(s, lattice, adds, middle, lattice.steps);
  }

  private static Half half(Structure s, Lattice lattice, int[] adds, int from, int to) {
    Problem p = s.problem;
    int size = 1;
    int steps = 0;
    for (int i = from; i < to; i++) {
      size *= lattice.exponent[i] + 1;
      steps |= 1 << i;
    }
    int tensors = p.tensors.size();
    double[][] tile = new double[tensors][size];
    double[][] rounds = new double[tensors][size];
    int[] open = new int[size];
    int[] relevant = new int[size];
    for (int t = 0; t < tensors; t++) {
      tile[t][0] = 1;
      rounds[t][0] = 1;
      for (int i = from; i < to; i++) {
        for (int e = lattice.exponent[i]; e > 0 && !p.relevant[t][lattice.variable[i]]; e--) {
          rounds[t][0] *= lattice.prime[i];
        }
      }
    }
    open[0] = steps;
    int filled = 1;
    for (int i = from; i < to; i++) {
      int v = lattice.variable[i];
      double prime = lattice.prime[i];
      int end = filled * (lattice.exponent[i] + 1);
      for (int x = filled; x < end; x++) {
        for (int t = 0; t < tensors; t++) {
          tile[t][x] = tile[t][x - filled] * (p.relevant[t][v] ? prime : 1);
          rounds[t][x] = rounds[t][x - filled] / (p.relevant[t][v] ? 1 : prime);
        }
        relevant[x] = relevant[x - filled] + adds[i];
      }
      for (int x = filled; x < end; x++) {
        open[x] = open[x - filled] & ~(x >= end - filled ? 1 << i : 0);
      }
      filled = end;
    }
    return new Half(size, open, tile, rounds, relevant);
  }
}
