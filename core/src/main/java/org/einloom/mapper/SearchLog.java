package org.einloom.mapper;

import java.util.List;
import java.util.Optional;

/**
 * What a search did, for those who want to know why the winner won.
 *
 * @param pruned what was left out and by which argument, most important first
 * @param runnersUp the best of other dataflows, best first; the winner's own is not among them
 * @param shapes what other tile shapes of the winner's dataflow cost; empty if they were not costed
 */
public record SearchLog(List<Pruned> pruned, List<Alternative> runnersUp, Optional<Shapes> shapes) {
  /** Nothing is known. */
  public static final SearchLog EMPTY = new SearchLog(List.of(), List.of());

  /**
   * Candidates, or whole families of them, left out by one argument.
   *
   * @param argument in words
   * @param count how many
   */
  public record Pruned(String argument, long count) {}

  /**
   * Another way to run the Einsum.
   *
   * @param dataflow in words: what is spread over which fanout, what is kept where
   * @param value of the objective, or a proven lower bound of it
   * @param exact whether it is the value; otherwise a bound
   */
  public record Alternative(String dataflow, double value, boolean exact) {}

  /**
   * Every tile shape that the winner could have instead of its own: the same storage nodes, spatial
   * loops, and temporal loops in the same order.
   *
   * @param count how many there are, the winner's own among them
   * @param fitting how many of them fit into all memories
   * @param within1Percent how many of those have a value of the objective of at most 1.01 times the
   *     least
   * @param within10Percent the same for 1.1 times
   * @param withinTwice the same for twice
   * @param median half of those that fit have at least this value
   */
  public record Shapes(
      long count,
      long fitting,
      long within1Percent,
      long within10Percent,
      long withinTwice,
      double median) {}

  /** Without tile shapes. */
  public SearchLog(List<Pruned> pruned, List<Alternative> runnersUp) {
    this(pruned, runnersUp, Optional.empty());
  }

  /** The same with tile shapes. */
  public SearchLog with(Optional<Shapes> shapes) {
    return new SearchLog(pruned, runnersUp, shapes);
  }

  public SearchLog {
    pruned = List.copyOf(pruned);
    runnersUp = List.copyOf(runnersUp);
  }
}
