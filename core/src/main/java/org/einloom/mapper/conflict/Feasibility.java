package org.einloom.mapper.conflict;

import java.util.Optional;
import org.einloom.evaluation.Objective;

/** Something that knows, or finds out, whether there is a mapping. */
@FunctionalInterface
public interface Feasibility {
  /** What it says. */
  enum Answer {
    /** There is a mapping. */
    EXISTS,
    /** There is none, proven. */
    NONE,
    /** It ran out of time, say. */
    UNKNOWN
  }

  /** Whether there is a mapping; the same at every call. */
  Answer ask(Question question);

  /**
   * A small value.
   *
   * @param least whether it is proven that there is no smaller one
   */
  record Value(double value, boolean least) {}

  /** The least value of an objective over all mappings; empty if it has no quick way to know. */
  default Optional<Value> least(Question question, Objective objective) {
    return Optional.empty();
  }
}
