package org.einloom.mapper.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How far the temporal loops of a structure have come: for every prime factor of every variable's
 * iterations, how many of it are covered. Positions are numbered, 0 where no loop stands yet; a
 * step adds a loop with a prime bound and leads to a larger number.
 */
final class Lattice {
  final int variables;
  final int steps;

  /** {@code [step]}: the variable that its loop is over. */
  final int[] variable;

  /** {@code [step]}: the bound of its loop. */
  final int[] prime;

  /** {@code [step]}: how many such loops there are. */
  final int[] exponent;

  /** {@code [step]}: what a step adds to the number of a position. */
  final int[] stride;

  /** How many positions there are; the last one has all loops. */
  final int positions;

  private Lattice(int variables, List<int[]> found) {
    this.variables = variables;
    steps = found.size();
    variable = new int[steps];
    prime = new int[steps];
    exponent = new int[steps];
    stride = new int[steps];
    long size = 1;
    for (int i = 0; i < steps; i++) {
      variable[i] = found.get(i)[0];
      prime[i] = found.get(i)[1];
      exponent[i] = found.get(i)[2];
      stride[i] = (int) size;
      size *= exponent[i] + 1;
    }
    positions = Math.toIntExact(size);
  }

  /**
   * The positions of a structure.
   *
   * @param classes whether variables of one class count as one where tiles are regular
   * @param separate whether loops that may all be outermost are left out: see {@link
   *     Structure#outermost}
   */
  static Lattice of(Structure s, boolean classes, boolean separate) {
    Problem p = s.problem;
    long[] iterations = s.temporal.clone();
    boolean[] outermost = separate ? s.outermost() : new boolean[p.variables];
    for (int v = 0; v < p.variables; v++) {
      iterations[v] = outermost[v] ? 1 : iterations[v];
    }
    if (s.halo == null && classes) {
      // of variables of one class only the product counts
      int[] classOf = p.classes();
      for (int v = 0; v < p.variables; v++) {
        for (int u = 0; u < v; u++) {
          if (classOf[u] == classOf[v]) {
            iterations[u] *= iterations[v];
            iterations[v] = 1;
            break;
          }
        }
      }
    }
    List<int[]> found = new ArrayList<>();
    for (int v = 0; v < p.variables; v++) {
      long left = iterations[v];
      for (int prime = 2; left > 1; prime++) {
        if ((long) prime * prime > left) {
          found.add(new int[] {v, (int) left, 1});
          break;
        }
        int exponent = 0;
        while (left % prime == 0) {
          left /= prime;
          exponent++;
        }
        if (exponent > 0) {
          found.add(new int[] {v, prime, exponent});
        }
      }
    }
    return new Lattice(p.variables, found);
  }

  /** How many loops of a step are covered at a position. */
  int covered(int position, int step) {
    return position / stride[step] % (exponent[step] + 1);
  }

  /** Whether all loops of a step are covered at a position. */
  boolean done(int position, int step) {
    return covered(position, step) == exponent[step];
  }

  /** Temporal iterations of each variable below a position. */
  long[] iterations(int position) {
    long[] below = new long[variables];
    Arrays.fill(below, 1);
    for (int i = 0; i < steps; i++) {
      for (int k = covered(position, i); k > 0; k--) {
        below[variable[i]] *= prime[i];
      }
    }
    return below;
  }

  /** {@code [position]}: the product of the iterations of some variables. */
  double[] products(boolean[] of) {
    double[] product = new double[positions];
    product[0] = 1;
    int filled = 1;
    for (int i = 0; i < steps; i++) {
      double by = of[variable[i]] ? prime[i] : 1;
      for (int to = filled; to < filled * (exponent[i] + 1); to++) {
        product[to] = product[to - filled] * by;
      }
      filled *= exponent[i] + 1;
    }
    return product;
  }

  /** {@code [position]}: the steps that are not done, as bits. */
  int[] open() {
    int[] open = new int[positions];
    int filled = 1;
    for (int i = 0; i < steps; i++) {
      for (int e = exponent[i]; e >= 0; e--) {
        int bit = e < exponent[i] ? 1 << i : 0;
        for (int k = 0; k < filled; k++) {
          open[e * filled + k] = open[k] | bit;
        }
      }
      filled *= exponent[i] + 1;
    }
    return open;
  }

  /**
   * {@code [position]}: the least position with the same iterations of some variables, by which
   * what depends on them alone can be remembered.
   */
  int[] projections(boolean[] of) {
    int[] adds = new int[steps];
    for (int i = 0; i < steps; i++) {
      adds[i] = of[variable[i]] ? stride[i] : 0;
    }
    return sums(adds);
  }

  /**
   * {@code [position]}: the sum of what the steps to it add.
   *
   * @param adds by step
   */
  int[] sums(int[] adds) {
    int[] to = new int[positions];
    int filled = 1;
    for (int i = 0; i < steps; i++) {
      for (int at = filled; at < filled * (exponent[i] + 1); at++) {
        to[at] = to[at - filled] + adds[i];
      }
      filled *= exponent[i] + 1;
    }
    return to;
  }
}
