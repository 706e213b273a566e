package org.einloom.mapper;

import org.einloom.evaluation.Policy;
import org.einloom.workload.InvalidSpecException;

/**
 * How to search; the answer does not depend on {@code threads}.
 *
 * @param policy the rules that candidates are evaluated by
 * @param threads how many may search at once
 */
public record MapperOptions(Policy policy, int threads) {
  /** More is a slip of the fingers: no machine has as many cores. */
  public static final int MOST_THREADS = 1024;

  public MapperOptions {
    if (threads < 1 || threads > MOST_THREADS) {
      throw new InvalidSpecException(
          "the mapper cannot use " + threads + " threads; expected 1 to " + MOST_THREADS);
    }
  }
}
