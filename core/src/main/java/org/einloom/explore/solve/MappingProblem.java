package org.einloom.explore.solve;

import java.util.Optional;
import org.einloom.arch.Architecture;
import org.einloom.constraint.Constraints;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.Evaluator;
import org.einloom.evaluation.Objective;
import org.einloom.evaluation.Policy;
import org.einloom.evaluation.sparse.SparseEvaluator;
import org.einloom.mapper.Tiling;
import org.einloom.mapping.LoopTree;
import org.einloom.model.DenseModel;
import org.einloom.model.sparse.SparseAnalysis;
import org.einloom.sparsity.SparseLayer;
import org.einloom.sparsity.Sparsity;
import org.einloom.workload.Einsum;

/**
 * What a mapper is asked. Equal problems have equal answers.
 *
 * @param einsum what is to run
 * @param architecture one path of a design
 * @param objective what is to be small
 * @param constraints what is asked of mappings
 * @param tiling which tile sizes there are
 * @param sparse what is sparse about it; empty where nothing is
 */
public record MappingProblem(
    Einsum einsum,
    Architecture architecture,
    Objective objective,
    Constraints constraints,
    Tiling tiling,
    Optional<SparseLayer> sparse) {

  /** One whose tensors are dense. */
  public MappingProblem(
      Einsum einsum,
      Architecture architecture,
      Objective objective,
      Constraints constraints,
      Tiling tiling) {
    this(einsum, architecture, objective, constraints, tiling, Optional.empty());
  }

  /** The same with another architecture and objective. */
  MappingProblem with(Architecture other, Objective goal) {
    return new MappingProblem(einsum, other, goal, constraints, tiling, sparse);
  }

  /**
   * What a solution's mapping costs.
   *
   * @throws org.einloom.workload.InvalidSpecException if it does not fit
   */
  public Evaluation evaluate(LoopTree mapping, Optional<Sparsity> chosen) {
    if (sparse.isEmpty()) {
      return evaluate(mapping);
    }
    Sparsity s = chosen.orElseThrow();
    var counts = SparseAnalysis.analyze(einsum, architecture, mapping, s);
    return SparseEvaluator.evaluate(einsum, architecture, s, sparse.get().nodes(), counts);
  }

  /**
   * What a legal mapping of dense tensors costs.
   *
   * @throws org.einloom.workload.InvalidSpecException if it does not fit
   */
  public Evaluation evaluate(LoopTree mapping) {
    var counts = DenseModel.analyze(einsum, architecture, mapping).counts();
    return Evaluator.evaluate(einsum, architecture, counts, Policy.DEFAULT);
  }
}
