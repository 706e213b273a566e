package org.einloom.mapper.sparse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.einloom.constraint.Constraints;
import org.einloom.evaluation.sparse.SparseEvaluator;
import org.einloom.format.TensorFormat;
import org.einloom.mapper.ConstraintOracle;
import org.einloom.mapper.EveryMapping;
import org.einloom.mapper.Tiling;
import org.einloom.mapping.LoopTree;
import org.einloom.sparsity.Sparsity;
import org.einloom.sparsity.Sparsity.Held;
import org.einloom.workload.InvalidSpecException;

/**
 * The least value of a small problem, of every mapping with every choice of formats and
 * optimisations, each counted by the model. Leaves nothing out.
 */
final class EverySparse {
  private final RandomSparse problem;
  private final ConstraintOracle asked;
  private double least = Double.POSITIVE_INFINITY;

  /** By energy, the fewest cycles of any mapping that costs exactly that. */
  private final NavigableMap<Double, Double> cycles = new TreeMap<>();

  private EverySparse(RandomSparse problem, Constraints constraints) {
    this.problem = problem;
    asked = new ConstraintOracle(asked(problem, constraints));
  }

  /** How many evaluations it takes; {@code limit} if at least so many. */
  static long size(RandomSparse p, long limit) {
    long mappings = EveryMapping.count(p.einsum(), p.architecture(), Tiling.PERFECT, limit);
    return Math.min(limit, mappings * choices(p).size());
  }

  static OptionalDouble least(RandomSparse p) {
    return least(p, Constraints.NONE);
  }

  /** What the tests of mappings of dense tensors draw, and hold, constraints of. */
  static org.einloom.mapper.Problem asked(RandomSparse p, Constraints constraints) {
    return new org.einloom.mapper.Problem(
        "seed " + p.seed(),
        p.einsum(),
        p.architecture(),
        p.objective(),
        Tiling.PERFECT,
        constraints,
        false);
  }

  /** Of those mappings that satisfy constraints. */
  static OptionalDouble least(RandomSparse p, Constraints constraints) {
    EverySparse every = every(p, constraints);
    return every.least < Double.POSITIVE_INFINITY
        ? OptionalDouble.of(every.least)
        : OptionalDouble.empty();
  }

  /** Energy, and latency in cycles. */
  record Cost(double energyPj, double cycles) {}

  /** What no other such mapping beats in both energy and latency, by rising energy. */
  static List<Cost> front(RandomSparse p, Constraints constraints) {
    var front = new ArrayList<Cost>();
    every(p, constraints)
        .cycles
        .forEach(
            (energyPj, fewest) -> {
              if (front.isEmpty() || fewest < front.getLast().cycles()) {
                front.add(new Cost(energyPj, fewest));
              }
            });
    return front;
  }

  private static EverySparse every(RandomSparse p, Constraints constraints) {
    var every = new EverySparse(p, constraints);
    List<Sparsity> choices = choices(p);
    EveryMapping.visit(
        p.einsum(),
        p.architecture(),
        Tiling.PERFECT,
        tree -> {
          every.asked.anyOrder(tree).ifPresent(m -> choices.forEach(s -> every.meet(m, s)));
          return true;
        });
    return every;
  }

  private void meet(LoopTree tree, Sparsity sparsity) {
    try {
      var counts = problem.count(tree, sparsity);
      var evaluation =
          SparseEvaluator.evaluate(
              problem.einsum(), problem.architecture(), sparsity, problem.nodes(), counts);
      if (asked.limitsHold(evaluation)) {
        least = Math.min(least, problem.objective().value(evaluation));
        cycles.merge(evaluation.energyPj(), evaluation.latencyCycles(), Math::min);
      }
    } catch (InvalidSpecException e) {
      // does not fit, needs an action that is not there, or is not counted
    }
  }

  static List<Sparsity> choices(RandomSparse p) {
    var all = new ArrayList<Sparsity>();
    var held = new ArrayList<>(p.choices().formats().keySet());
    for (Sparsity variant : p.choices().variants()) {
      formats(p, variant, held, new HashMap<>(), all);
    }
    return all;
  }

  private static void formats(
      RandomSparse p,
      Sparsity variant,
      List<Held> held,
      Map<Held, TensorFormat> chosen,
      List<Sparsity> all) {
    if (chosen.size() == held.size()) {
      all.add(variant.with(p.einsum(), chosen));
      return;
    }
    Held next = held.get(chosen.size());
    for (TensorFormat f : p.choices().formats().getOrDefault(next, List.of())) {
      chosen.put(next, f);
      formats(p, variant, held, chosen, all);
      chosen.remove(next);
    }
  }
}
