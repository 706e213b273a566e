package org.einloom.mapper.sparse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.einloom.constraint.Constraints;
import org.einloom.evaluation.sparse.SparseEvaluator;
import org.einloom.mapping.LoopTree;
import org.einloom.sparsity.Sparsity;
import org.einloom.workload.InvalidSpecException;

/** States of small random problems, and what mappings cost by the model. */
final class Explored {
  static final Steps.Judge ALL =
      new Steps.Judge() {
        @Override
        public boolean hasRoom(State s) {
          return true;
        }

        @Override
        public boolean promising(State s) {
          return true;
        }
      };

  private Explored() {}

  /** Where random tests begin; printed, so that they can be replayed. */
  static long seed(String test) {
    long seed = Long.getLong("einloom.seed", System.nanoTime());
    System.out.println(test + " from seed " + seed + "; replay with -Deinloom.seed=" + seed);
    return seed;
  }

  static Problem problem(RandomSparse p) {
    Coverage.check(p.einsum(), p.architecture(), p.choices());
    return new Problem(
        p.einsum(), p.architecture(), p.choices(), p.nodes(), p.objective(), Constraints.NONE);
  }

  static List<Structure> structures(Problem p) {
    var structures = new ArrayList<Structure>();
    if (p.tensors.stream().allMatch(t -> p.memory(0).keep().allows(t))) {
      Structures.visit(p, structures::add);
    }
    return structures;
  }

  /** What may come next; none for a mapping. */
  static List<State> next(State s) {
    var next = new ArrayList<State>();
    if (!s.complete()) {
      Steps.visit(s, ALL, next::add);
    }
    return next;
  }

  static List<State> roots(Structure structure) {
    State root = State.root(structure);
    var roots = new ArrayList<State>();
    if (root.complete()) {
      Completions.visit(root, roots::add);
    } else {
      roots.add(root);
    }
    return roots;
  }

  /** A mapping, by steps drawn at random; empty if they lead nowhere. */
  static Optional<State> mapping(Problem p, SplittableRandom random) {
    List<Structure> structures = structures(p);
    for (int tries = 0; tries < 20 && !structures.isEmpty(); tries++) {
      List<State> next = roots(structures.get(random.nextInt(structures.size())));
      while (!next.isEmpty()) {
        State at = next.get(random.nextInt(next.size()));
        if (at.complete()) {
          return Optional.of(at);
        }
        next = next(at);
      }
    }
    return Optional.empty();
  }

  /**
   * What the best formats of a mapping cost; where there is no closed form, by the model, which has
   * to say no less than the search takes for granted.
   */
  static double best(RandomSparse p, Pricer pricer, State s) {
    if (!pricer.estimated(s)) {
      return pricer.best(s, Double.POSITIVE_INFINITY).value();
    }
    double least = Double.POSITIVE_INFINITY;
    for (Selection.Best b : pricer.promising(s, (_, _, _) -> true)) {
      for (LoopTree tree : Realized.mappings(s)) {
        double value = value(p, tree, Realized.sparsity(s, b.options()));
        if (!Double.isNaN(value)) {
          assertThat(b.value()).as(tree.toString()).isLessThanOrEqualTo(value * (1 + 1e-9));
          least = Math.min(least, value);
        }
      }
    }
    return least;
  }

  /** By the model; not a number where it refuses. */
  static double value(RandomSparse p, LoopTree tree, Sparsity sparsity) {
    try {
      var counts = p.count(tree, sparsity);
      return p.objective()
          .value(
              SparseEvaluator.evaluate(p.einsum(), p.architecture(), sparsity, p.nodes(), counts));
    } catch (InvalidSpecException e) {
      return Double.NaN;
    }
  }
}
