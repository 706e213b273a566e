package org.einloom.mapper;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.einloom.arch.Architecture;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.Objective;
import org.einloom.mapper.BruteForce.Point;
import org.einloom.mapper.MappingResult.Found;
import org.einloom.mapping.LoopTree;
import org.einloom.workload.Einsum;

/** Evaluates every mapping: right by definition, and far too slow. */
final class BruteForceMapper implements Mapper {
  @Override
  public MappingResult map(
      Einsum einsum, Architecture architecture, Objective objective, MapperOptions options) {
    var problem =
        new Problem(
            "asked",
            einsum,
            architecture,
            objective,
            options.tiling(),
            options.constraints(),
            options.front());
    BruteForce truth = BruteForce.solve(problem);
    Optional<Point> best = truth.best(objective);
    if (best.isEmpty()) {
      return new MappingResult.None("none of " + truth.mappings() + " mappings fits", true);
    }
    List<ParetoPoint> front = new ArrayList<>();
    for (Point p : options.front() ? truth.front() : List.<Point>of()) {
      front.add(new ParetoPoint(p.mapping(), evaluate(einsum, architecture, p.mapping())));
    }
    return found(einsum, architecture, objective, best.get().mapping(), front);
  }

  /** An answer that claims to be optimal. */
  static Found found(
      Einsum einsum,
      Architecture architecture,
      Objective objective,
      LoopTree mapping,
      List<ParetoPoint> front) {
    Evaluation evaluation = evaluate(einsum, architecture, mapping);
    double value = objective.value(evaluation);
    var optimality =
        new Optimality(
            Optimality.Status.OPTIMAL,
            objective,
            value,
            OptionalDouble.of(value),
            OptionalLong.empty(),
            OptionalDouble.empty());
    return new Found(mapping, evaluation, optimality, front, SearchLog.EMPTY);
  }

  private static Evaluation evaluate(Einsum einsum, Architecture architecture, LoopTree mapping) {
    return BruteForce.evaluate(einsum, architecture, mapping).orElseThrow();
  }
}
