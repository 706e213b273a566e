package org.einloom.mapper;

import java.util.List;
import java.util.Optional;
import org.einloom.evaluation.Evaluation;
import org.einloom.mapping.LoopTree;
import org.einloom.sparsity.Sparsity;

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
   * @param sparsity the formats and optimisations that belong to the mapping, if tensors are sparse
   */
  record Found(
      LoopTree mapping,
      Evaluation evaluation,
      Optimality optimality,
      List<ParetoPoint> front,
      SearchLog log,
      Optional<Sparsity> sparsity)
      implements MappingResult {
    public Found {
      front = List.copyOf(front);
    }

    /** Of dense tensors. */
    public Found(
        LoopTree mapping,
        Evaluation evaluation,
        Optimality optimality,
        List<ParetoPoint> front,
        SearchLog log) {
      this(mapping, evaluation, optimality, front, log, Optional.empty());
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
