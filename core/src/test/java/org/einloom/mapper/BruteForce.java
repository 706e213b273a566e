package org.einloom.mapper;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

/**
 * The best mappings of a small problem, found by evaluating all of them with the plain model.
 *
 * @param mappings how many the mapspace has, those that break constraints or do not fit included
 * @param evaluated how many different ones were evaluated
 * @param front those that no other beats in both energy and latency, by falling energy, one for
 *     each pair of energy and latency; empty if there is no mapping
 */
record BruteForce(long mappings, long evaluated, List<Point> front) {
  /** A mapping and what it costs. */
  record Point(LoopTree mapping, double energyPj, double latencyS) {}

  static BruteForce solve(Problem problem) {
    var search = new Search(problem);
    EveryMapping.visit(
        problem.einsum(),
        problem.architecture(),
        problem.tiling(),
        mapping -> {
          search.meet(mapping);
          return true;
        });
    return new BruteForce(search.mappings, search.costs.size(), List.copyOf(search.front));
  }

  /**
   * The best value. Objectives never fall when energy or latency rises, so a mapping on the front
   * has it.
   */
  Optional<Point> best(Objective objective) {
    return front.stream()
        .min(
            (a, b) ->
                Double.compare(
                    objective.value(a.energyPj, a.latencyS),
                    objective.value(b.energyPj, b.latencyS)));
  }

  /**
   * What a mapping costs; empty if it is none after all: its tiles do not fit, or an action is
   * missing.
   */
  static Optional<Evaluation> evaluate(Einsum einsum, Architecture architecture, LoopTree mapping) {
    try {
      var counts = DenseModel.analyze(einsum, architecture, mapping).counts();
      return Optional.of(Evaluator.evaluate(einsum, architecture, counts, Policy.DEFAULT));
    } catch (InvalidSpecException e) {
      return Optional.empty();
    }
  }

  private static final class Search {
    final Problem problem;
    final ConstraintOracle constraints;
    final List<Point> front = new ArrayList<>();

    /** By plain form. */
    final Map<LoopTree, Optional<Evaluation>> costs = new HashMap<>();

    long mappings;

    Search(Problem problem) {
      this.problem = problem;
      constraints = new ConstraintOracle(problem);
    }

    void meet(LoopTree mapping) {
      mappings++;
      Optional<LoopTree> allowed = constraints.anyOrder(mapping);
      if (allowed.isEmpty()) {
        return;
      }
      costs
          .computeIfAbsent(
              SameCost.plain(mapping, problem.architecture()),
              _ -> evaluate(problem.einsum(), problem.architecture(), mapping))
          .filter(constraints::limitsHold)
          .ifPresent(e -> add(new Point(allowed.get(), e.energyPj(), e.latencyS())));
    }

    void add(Point p) {
      for (Point q : front) {
        if (q.energyPj <= p.energyPj && q.latencyS <= p.latencyS) {
          return;
        }
      }
      front.removeIf(q -> p.energyPj <= q.energyPj && p.latencyS <= q.latencyS);
      int at = 0;
      while (at < front.size() && front.get(at).energyPj > p.energyPj) {
        at++;
      }
      front.add(at, p);
    }
  }
}
