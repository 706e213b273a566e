package org.einloom.mapper.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  private final List<int[]> shares;

  /** {@code [node][position]}: energy in pJ of moving there, beyond one round. */
  private final double[][] cost;

  /** {@code [tensor][node]}: its bits. */
  private final int[][] bits;

  private final Map<Long, double[]> known = new HashMap<>();

  /**
   * @param rounds {@code [tensor][position]}
   * @param tile {@code [tensor][position]}: relevant iterations below
   * @param nodeBits {@code [tensor][node]}: the least that a tile of one iteration takes, bits
   * @param capacity {@code [tensor][node]}: bits
   * @param sharing {@code [tensor][node]}: the number of a memory that several tensors share; or -1
   */
  FillBound(
      Structure s,
      @Nullable HaloReach reach,
      Lattice lattice,
      double[][] rounds,
      double[][] tile,
      double[][] nodeBits,
      double[][] capacity,
      int[][] sharing) {
    this.lattice = lattice;
    int tensors = rounds.length;
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
    cost = new double[n][];
    int[][] fits = new int[shared < 0 ? 1 : SHARES.length][lattice.positions];
    for (int t = 0; t < tensors; t++) {
      for (int j = 0; j < bits[t].length && bits[t][j] != 0; j++) {
        for (int k = 0; k < fits.length; k++) {
          double room = capacity[t][j];
          if (sharing[t][j] >= 0 && sharing[t][j] == shared) {
            room *= t != split ? 1 - SHARES[k] : k + 1 < SHARES.length ? SHARES[k + 1] : 1;
          }
          room *= 1 + 1e-12;
          if (s.problem.regular[t]) {
            for (int x = 0; x < lattice.positions; x++) {
              fits[k][x] |= tile[t][x] * nodeBits[t][j] <= room ? bits[t][j] : 0;
            }
          } else if (k > 0 && sharing[t][j] != shared) {
            for (int x = 0; x < lattice.positions; x++) {
              fits[k][x] |= fits[0][x] & bits[t][j];
            }
          } else if (reach != null) {
            int width = s.problem.architecture.widths().of(s.problem.tensors.get(t));
            reach.regions(j + 1, room / width, bits[t][j], fits[k]);
          }
        }
        int node = Integer.numberOfTrailingZeros(bits[t][j]);
        cost[node] = new double[lattice.positions];
        if (s.problem.regular[t]) {
          leavable &= ~(1 << node);
          for (int x = 0; x < lattice.positions; x++) {
            cost[node][x] = Math.max(0, s.perRound[t][j][0]) * (rounds[t][x] - 1);
          }
        } else if (reach != null) {
          leavable &= ~(2 << node);
          overlapping |= bits[t][j];
          HaloReach.Fetched fetched = reach.fetched(j + 1);
          cost[node + 1] = new double[lattice.positions];
          for (int x = 0; x < lattice.positions; x++) {
            cost[node][x] = rounds[t][x] * fetched.all() - fetched.granted();
            cost[node + 1][x] = rounds[t][x] * fetched.gone()[x];
          }
        }
      }
    }
    shares = new ArrayList<>();
    for (int[] fit : fits) {
      if (shares.stream().noneMatch(other -> Arrays.equals(other, fit))) {
        shares.add(fit);
      }
    }
    open = lattice.open();
  }

  /** The bit of a node, by which {@link #toGo} is told that it has moved. */
  int bits(int t, int j) {
    return bits[t][j];
  }

  /**
   * By position, the least energy in pJ still to come, beyond one round.
   *
   * @param moved the nodes that have moved, as bits
   */
  double[] toGo(int moved) {
    return toGo(moved, leavable);
  }

  /** The same where tiles that overlap may just have moved. */
  double[] toGoAtLeast(int moved) {
    return toGo(moved, leavable | overlapping);
  }

  private double[] toGo(int moved, int free) {
    long key = (long) free << Integer.SIZE | (moved & 0xffffffffL);
    double[] found = known.get(key);
    if (found == null) {
      found = new double[lattice.positions];
      Arrays.fill(found, Double.POSITIVE_INFINITY);
      double[] least = new double[lattice.positions];
      for (int[] f : shares) {
        least(f, ~moved, least);
        for (int x = 0; x < least.length; x++) {
          // what has not moved has yet to be filled, so it fits
          if ((f[x] | moved | free) == -1) {
            found[x] = Math.min(found[x], least[x]);
          }
        }
      }
      known.put(key, found);
    }
    return found;
  }

  private void least(int[] fit, int still, double[] least) {
    for (int x = lattice.positions - 1; x >= 0; x--) {
      int here = fit[x] & still;
      if (here == 0 || open[x] == 0) {
        least[x] = 0;
        continue;
      }
      double best = Double.POSITIVE_INFINITY;
      for (int left = open[x]; left != 0; left &= left - 1) {
        int to = x + lattice.stride[Integer.numberOfTrailingZeros(left)];
        double c = least[to];
        for (int leaving = here & ~fit[to]; leaving != 0; leaving &= leaving - 1) {
          c += cost[Integer.numberOfTrailingZeros(leaving)][x];
        }
        best = c < best ? c : best;
      }
      least[x] = best;
    }
  }
}
