package org.einloom.explore;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.einloom.evaluation.sparse.SparseOutcome;
import org.einloom.explore.solve.MappingProblem;
import org.einloom.mapping.LoopTree;
import org.einloom.network.NetworkResult;
import org.einloom.sparsity.Sparsity;

/**
 * A workload of an evaluated point with all its mappings. Large: not to be kept.
 *
 * @param network what it costs
 * @param sparse by name of the layers with sparse tensors, their mappings
 */
public record MappedWorkload(NetworkResult network, SequencedMap<String, SparseMapping> sparse) {
  /**
   * A mapping of sparse tensors.
   *
   * @param problem that it solves
   * @param chosen the formats and optimisations that belong to it
   */
  public record SparseMapping(MappingProblem problem, LoopTree mapping, Sparsity chosen) {
    /** What becomes of zeros. */
    public SparseOutcome outcome() {
      return SparseOutcome.of(
          problem.einsum(),
          problem.architecture(),
          mapping,
          chosen,
          problem.sparse().orElseThrow().nodes());
    }
  }

  public MappedWorkload {
    sparse = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(sparse));
  }
}
