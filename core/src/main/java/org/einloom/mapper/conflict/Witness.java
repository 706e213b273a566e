package org.einloom.mapper.conflict;

import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.Evaluator;
import org.einloom.evaluation.Policy;
import org.einloom.mapping.Legality;
import org.einloom.mapping.LoopTree;
import org.einloom.model.DenseModel;
import org.einloom.workload.InvalidSpecException;

/**
 * A few plain mappings that often answer a question: every word alone, all temporal loops outside,
 * with nothing spread, with what is demanded, or with as much as goes. What they answer needs no
 * search.
 */
final class Witness {
  private static final long MOST_STEPS = 1_000_000;

  private final Question question;
  private final Policy policy;

  Witness(Question question, Policy policy) {
    this.question = question;
    this.policy = policy;
  }

  /** Whether one of them is a mapping that is asked for. */
  boolean exists() {
    if (DenseModel.mayStep(question.einsum(), question.architecture()) > MOST_STEPS) {
      return false; // looking would take longer than a search may
    }
    for (PlainMapping.Spread spread : PlainMapping.Spread.values()) {
      if (isAnswer(new PlainMapping(question, spread).tree())) {
        return true;
      }
    }
    return false;
  }

  private boolean isAnswer(LoopTree mapping) {
    try {
      Legality.check(question.einsum(), question.architecture(), mapping);
      if (question
          .constraints()
          .violatedBy(question.einsum(), question.architecture(), mapping)
          .isPresent()) {
        return false;
      }
      var counts = DenseModel.analyze(question.einsum(), question.architecture(), mapping).counts();
      Evaluation evaluation =
          Evaluator.evaluate(question.einsum(), question.architecture(), counts, policy);
      return question.constraints().violatedBy(evaluation).isEmpty();
    } catch (InvalidSpecException e) {
      return false;
    }
  }
}
