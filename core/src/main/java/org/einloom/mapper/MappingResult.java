package org.einloom.mapper;

import java.util.List;
import org.einloom.evaluation.Evaluation;
import org.einloom.mapping.LoopTree;

/** The answer of a mapper. */
public sealed interface MappingResult {
  /**
   * A mapping that is legal and fits.
   *
   * @param mapping the best that was found
   * @param evaluation what it costs
   * @param optimality how sure it is that nothing is better
   * @param front the mappings that no other beats in both energy and latency, by falling energy;
   *     the whole front if {@code optimality} says so. Empty unless asked for
   * @param log what the search did
   */
  record Found(
      LoopTree mapping,
      Evaluation evaluation,
      Optimality optimality,
      List<ParetoPoint> front,
      SearchLog log)
      implements MappingResult {
    public Found {
      front = List.copyOf(front);
    }
  }

  /**
   * No mapping.
   *
   * @param reason what stands in the way, and what would remove it
   * @param proven whether no mapping exists; otherwise none was found
   */
  record None(String reason, boolean proven) implements MappingResult {}
}
