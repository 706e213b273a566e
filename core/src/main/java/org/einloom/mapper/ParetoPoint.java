package org.einloom.mapper;

import java.util.Optional;
import org.einloom.evaluation.Evaluation;
import org.einloom.mapping.LoopTree;
import org.einloom.sparsity.Sparsity;

/**
 * A mapping that no other beats in both energy and latency.
 *
 * @param sparsity the formats and optimisations that belong to it, if tensors are sparse: one
 *     mapping may be several points with different ones
 */
public record ParetoPoint(LoopTree mapping, Evaluation evaluation, Optional<Sparsity> sparsity) {
  /** Of dense tensors. */
  public ParetoPoint(LoopTree mapping, Evaluation evaluation) {
    this(mapping, evaluation, Optional.empty());
  }
}
