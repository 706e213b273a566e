package org.einloom.mapper;

import org.einloom.constraint.Constraints;
import org.einloom.evaluation.Policy;
import org.einloom.workload.InvalidSpecException;

/**
 * How to search; the answer does not depend on {@code threads}.
 *
 * @param policy the rules that candidates are evaluated by
 * @param threads how many may search at once
 * @param tiling which tile sizes there are
 * @param constraints what a mapping has to satisfy besides being legal
 * @param front whether the whole Pareto front of energy and latency is wanted
 * @param frontWithin of the front only points of at most this energy-delay product, pJ s, are
 *     wanted; positive infinity for all of them
 * @param alternatives whether it is wanted, too, what the best of other dataflows cost: see {@link
 *     SearchLog#runnersUp}
 * @param monitor watches, and can end the search
 */
public record MapperOptions(
    Policy policy,
    int threads,
    Tiling tiling,
    Constraints constraints,
    boolean front,
    double frontWithin,
    boolean alternatives,
    SearchMonitor monitor) {
  /** More is a slip of the fingers: no machine has as many cores. */
  public static final int MOST_THREADS = 1024;

  public MapperOptions {
    if (threads < 1 || threads > MOST_THREADS) {
      throw new InvalidSpecException(
          "the mapper cannot use " + threads + " threads; expected 1 to " + MOST_THREADS);
    }
  }

  /** Perfect tiles, no constraints, no front, no alternatives, no time limit. */
  public MapperOptions(Policy policy, int threads) {
    this(
        policy,
        threads,
        Tiling.PERFECT,
        Constraints.NONE,
        false,
        Double.POSITIVE_INFINITY,
        false,
        SearchMonitor.NONE);
  }

  /** All of the front, if any of it. */
  public MapperOptions(
      Policy policy,
      int threads,
      Tiling tiling,
      Constraints constraints,
      boolean front,
      SearchMonitor monitor) {
    this(policy, threads, tiling, constraints, front, Double.POSITIVE_INFINITY, false, monitor);
  }

  public MapperOptions withTiling(Tiling t) {
    return new MapperOptions(
        policy, threads, t, constraints, front, frontWithin, alternatives, monitor);
  }

  public MapperOptions withConstraints(Constraints c) {
    return new MapperOptions(policy, threads, tiling, c, front, frontWithin, alternatives, monitor);
  }

  public MapperOptions withFront(boolean wanted) {
    return new MapperOptions(
        policy, threads, tiling, constraints, wanted, frontWithin, alternatives, monitor);
  }

  /** The front, but for points of a larger energy-delay product than this, in pJ s. */
  public MapperOptions withFrontWithin(double edp) {
    return new MapperOptions(
        policy, threads, tiling, constraints, true, edp, alternatives, monitor);
  }

  public MapperOptions withAlternatives(boolean wanted) {
    return new MapperOptions(
        policy, threads, tiling, constraints, front, frontWithin, wanted, monitor);
  }

  public MapperOptions withMonitor(SearchMonitor m) {
    return new MapperOptions(
        policy, threads, tiling, constraints, front, frontWithin, alternatives, m);
  }
}
