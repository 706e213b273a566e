package org.einloom.mapper;

import org.einloom.evaluation.Objective;
import org.einloom.mapper.conflict.Feasibility;
import org.einloom.mapper.conflict.Question;
import org.einloom.mapping.LoopTree;

/** Looks through every mapping until one is found, but not through more than so many. */
public record BruteFeasibility(long most) implements Feasibility {
  @Override
  public Answer ask(Question q) {
    var problem =
        new Problem(
            "asked",
            q.einsum(),
            q.architecture(),
            Objective.EDP,
            q.tiling(),
            q.constraints(),
            false);
    var oracle = new ConstraintOracle(problem);
    long[] seen = {0};
    boolean[] found = {false};
    EveryMapping.visit(
        q.einsum(),
        q.architecture(),
        q.tiling(),
        mapping -> {
          found[0] = isOne(problem, oracle, mapping);
          return !found[0] && ++seen[0] < most;
        });
    return found[0] ? Answer.EXISTS : seen[0] < most ? Answer.NONE : Answer.UNKNOWN;
  }

  private static boolean isOne(Problem problem, ConstraintOracle oracle, LoopTree mapping) {
    return oracle.anyOrder(mapping).isPresent()
        && BruteForce.evaluate(problem.einsum(), problem.architecture(), mapping)
            .filter(oracle::limitsHold)
            .isPresent();
  }
}
