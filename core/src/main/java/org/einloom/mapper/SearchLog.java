package org.einloom.mapper;

import java.util.List;

/**
 * What a search did, for those who want to know why the winner won.
 *
 * @param pruned what was left out and by which argument, most important first
 * @param runnersUp the best of other dataflows, best first; the winner's own is not among them
 */
public record SearchLog(List<Pruned> pruned, List<Alternative> runnersUp) {
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

  public SearchLog {
    pruned = List.copyOf(pruned);
    runnersUp = List.copyOf(runnersUp);
  }
}
