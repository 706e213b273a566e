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
 * @param monitor watches, and can end the search
 */
public record MapperOptions(
    Policy policy,
    int threads,
    Tiling tiling,
    Constraints constraints,
    boolean front,
    SearchMonitor monitor) {
  /** More is a slip of the fingers: no machine has as many cores. */
  public static final int MOST_THREADS = 1024;

  public MapperOptions {
    if (threads < 1 || threads > MOST_THREADS) {
      throw new InvalidSpecException(
          "the mapper cannot use " + threads + " threads; expected 1 to " + MOST_THREADS);
    }
  }

  /** Perfect tiles, no constraints, no front, no time limit. */
  public MapperOptions(Policy policy, int threads) {
    this(policy, threads, Tiling.PERFECT, Constraints.NONE, false, SearchMonitor.NONE);
  }

  public MapperOptions withTiling(Tiling t) {
    return new MapperOptions(policy, threads, t, constraints, front, monitor);
  }

  public MapperOptions withConstraints(Constraints c) {
    return new MapperOptions(policy, threads, tiling, c, front, monitor);
  }

  public MapperOptions withFront(boolean wanted) {
    return new MapperOptions(policy, threads, tiling, constraints, wanted, monitor);
  }

  public MapperOptions withMonitor(SearchMonitor m) {
    return new MapperOptions(policy, threads, tiling, constraints, front, m);
  }
}
