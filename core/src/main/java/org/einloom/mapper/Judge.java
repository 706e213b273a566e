package org.einloom.mapper;

import java.util.Optional;
import org.einloom.arch.Architecture;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.Evaluator;
import org.einloom.evaluation.Objective;
import org.einloom.evaluation.Policy;
import org.einloom.mapping.LoopTree;
import org.einloom.model.DenseModel;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;

/** Evaluates candidates of one search. */
record Judge(Einsum einsum, Architecture architecture, Objective objective, Policy policy) {

  /**
   * What a legal mapping costs.
   *
   * @throws InvalidSpecException if it does not fit or asks for actions that are not declared
   */
  Evaluation evaluate(LoopTree mapping) {
    var counts = DenseModel.analyzeLegal(einsum, architecture, mapping).counts();
    return Evaluator.evaluate(einsum, architecture, counts, policy);
  }

  /** How good a mapping is; empty if it is none. */
  Optional<Score> score(LoopTree mapping) {
    try {
      return Optional.of(Score.of(evaluate(mapping), objective));
    } catch (InvalidSpecException e) {
      return Optional.empty();
    }
  }
}
