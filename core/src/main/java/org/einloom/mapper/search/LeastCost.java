package org.einloom.mapper.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What structures cost at least, added up tensor by tensor. What a tensor costs depends on who
 * keeps it and, fanout by fanout, on the products of the factors of variables that it has and that
 * it has not; so few different costs make up those of many structures, and each is worked out once.
 * The sums are those of {@link Structure#least}, but for rounding.
 */
final class LeastCost {
  /** One tensor, some outermost fanouts of which are spread. */
  static final class Part {
    /** By dimension; empty where there is no such way. */
    private final double[] cost;

    /** By kind of spread of the next fanout. */
    private final @Nullable Part[] next;

    Part(double[] cost, int kinds) {
      this.cost = cost;
      next = new Part[kinds];
    }
  }

  private final Problem problem;
  private final List<List<Spread>> choices;

  /** The tensor whose tiles overlap; -1 for none. */
  private final int overlapping;

  /** By variable, whether it is in a rank whose tiles overlap or are padded. */
  private final boolean[] joined;

  /** {@code [tensor][fanout][choice]}: choices of one kind cost the same. */
  private final int[][][] kind;

  /** {@code [tensor][fanout]}: how many kinds there are. */
  private final int[][] kinds;

  /** By tensor and who keeps it, no fanout spread. */
  private final Map<List<Integer>, Part> roots = new HashMap<>();

  /** By number of fanouts that are spread, the children of all others. */
  private final double[] open;

  private final double computes;
  private final double computePj;

  /** Of the last sum: energy in pJ, leakage included. */
  double energyPj;

  /** Of the last sum. */
  double cycles;

  /**
   * @param choices by fanout, how it may be spread
   */
  LeastCost(Problem problem, List<List<Spread>> choices) {
    this.problem = problem;
    this.choices = choices;
    int irregular = -1;
    for (int t = 0; t < problem.regular.length; t++) {
      irregular = problem.regular[t] ? irregular : t;
    }
    overlapping = irregular;
    joined = new boolean[problem.variables];
    if (overlapping >= 0) {
      for (RankOverlap.Rank r : problem.overlap(overlapping).ranks) {
        for (int v : r.variables()) {
          joined[v] |= !r.apart();
        }
      }
    }
    int n = problem.fanouts.length;
    kind = new int[problem.tensors.size()][n][];
    kinds = new int[kind.length][n + 1];
    for (int t = 0; t < kind.length; t++) {
      for (int f = 0; f < n; f++) {
        Map<List<Long>, Integer> numbers = new HashMap<>();
        kind[t][f] = new int[choices.get(f).size()];
        for (int i = 0; i < kind[t][f].length; i++) {
          List<Long> key = kind(t, choices.get(f).get(i).factor());
          kind[t][f][i] = numbers.computeIfAbsent(key, k -> numbers.size());
        }
        kinds[t][f] = numbers.size();
      }
    }
    open = new double[n + 1];
    open[n] = 1;
    for (int f = n - 1; f >= 0; f--) {
      open[f] = open[f + 1] * problem.children(f);
    }
    computes = (double) problem.einsum.computes();
    computePj = computes * problem.architecture.compute().compute().energyPj().value();
  }

  /** All that {@link Structure} looks at in the spread of a fanout when it costs one tensor. */
  private List<Long> kind(int t, long[] factor) {
    long related = 1;
    long unrelated = 1;
    long uneven = 0;
    for (int v = 0; v < factor.length; v++) {
      if (problem.relevant[t][v]) {
        related *= factor[v];
      } else {
        unrelated *= factor[v];
      }
      // the ports of a result then count other instances: see Structure.busiest
      uneven |= t == problem.result && joined[v] && factor[v] > 1 ? 1 : 0;
    }
    return List.of(related, unrelated, uneven);
  }

  /** A placement, no fanout of which is spread yet. */
  Part[] roots(Placement placement) {
    Part[] parts = new Part[kind.length];
    for (int t = 0; t < parts.length; t++) {
      List<Integer> key = new ArrayList<>(List.of(t));
      for (int node : placement.chains()[t]) {
        key.add(node);
      }
      if (t == problem.result && overlapping >= 0) {
        key.add(-1); // see Structure.busiest
        for (int node : placement.chains()[overlapping]) {
          key.add(node);
        }
      }
      Part part = roots.get(key);
      if (part == null) {
        Spread[] none = new Spread[choices.size()];
        java.util.Arrays.fill(none, Spread.none(problem.variables));
        part = part(t, placement, none, 0);
        roots.put(key, part);
      }
      parts[t] = part;
    }
    return parts;
  }

  /**
   * One more fanout spread.
   *
   * @param parts by tensor, the fanouts before it spread
   * @param choice the number of its spread
   * @param into by tensor, what becomes of the parts
   */
  void next(
      Part[] parts, Placement placement, Spread[] spreads, int fanout, int choice, Part[] into) {
    for (int t = 0; t < parts.length; t++) {
      int k = kind[t][fanout][choice];
      Part next = parts[t].next[k];
      if (next == null) {
        Spread[] with = spreads.clone();
        with[fanout] = choices.get(fanout).get(choice);
        next = part(t, placement, with, fanout + 1);
        parts[t].next[k] = next;
      }
      into[t] = next;
    }
  }

  private Part part(int t, Placement placement, Spread[] spreads, int assigned) {
    var s = new Structure(problem, placement, spreads, assigned, t);
    double[] cost = s.impossible ? new double[0] : s.leastByDimension();
    if (t == overlapping && s.halo != null && !s.impossible) {
      Structure.addLeast(s.halo, cost);
    }
    return new Part(cost, kinds[t][assigned]);
  }

  /**
   * Adds up tensors to {@link #energyPj} and {@link #cycles}; false if it is impossible.
   *
   * @param used children in use of all fanouts that are spread
   */
  boolean sum(Part[] parts, int assigned, double used) {
    double pj = computePj;
    for (Part part : parts) {
      if (part.cost.length == 0) {
        return false;
      }
      pj += part.cost[0];
    }
    double most =
        computes / (used * open[assigned]) / problem.architecture.compute().compute().perCycle();
    for (int d = 1; d < parts[0].cost.length; d++) {
      double port = 0;
      for (Part part : parts) {
        port += part.cost[d];
      }
      most = Math.max(most, port);
    }
    cycles = most;
    energyPj = pj + problem.leakPjPerCycle * most;
    return true;
  }
}
