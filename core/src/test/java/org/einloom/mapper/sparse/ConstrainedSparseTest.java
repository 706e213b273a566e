package org.einloom.mapper.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.einloom.constraint.Constraint;
import org.einloom.constraint.Constraints;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.sparse.SparseEvaluator;
import org.einloom.mapper.MappingResult;
import org.einloom.mapper.Optimality;
import org.einloom.mapper.SearchMonitor;
import org.einloom.mapper.TinyConstraints;
import org.einloom.mapper.sparse.RandomSparse.Family;
import org.einloom.mapping.LoopTree;
import org.einloom.sparsity.Sparsity;
import org.einloom.workload.InvalidSpecException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The sparse mapper under constraints against every mapping that satisfies them, with every choice,
 * on random small problems.
 */
class ConstrainedSparseTest {
  private static final int PROBLEMS = Integer.getInteger("einloom.cases", 25);
  private static final long MOST_EVALUATIONS = Long.getLong("einloom.sparse.evaluations", 600);

  @ParameterizedTest(name = "{0}")
  @DisplayName("what is proven is the least of all mappings that satisfy the constraints")
  @EnumSource
  void againstAll(Family family) {
    String only = System.getProperty("einloom.sparse.family", family.name());
    assumeThat(family.name()).isEqualTo(only);
    long first = Explored.seed("constraints: " + family);
    int solved = 0;
    int matter = 0;
    boolean many = PROBLEMS > 20;
    for (long seed = first;
        solved < PROBLEMS || (many && matter == 0 && solved < 4 * PROBLEMS);
        seed++) {
      RandomSparse p = RandomSparse.draw(seed, family);
      if (EverySparse.size(p, MOST_EVALUATIONS) >= MOST_EVALUATIONS) {
        continue;
      }
      OptionalDouble free = EverySparse.least(p);
      if (free.isEmpty()) {
        continue;
      }
      Constraints asked = constraints(p);
      solved++;
      matter += check(p, asked).equals(free) ? 0 : 1;
    }
    System.out.println("constraints matter in " + matter + " of " + solved);
    if (many) {
      assertThat(matter).as("problems whose answer constraints change").isPositive();
    }
  }

  /** Some that a mapping of the problem may satisfy. */
  static Constraints constraints(RandomSparse p) {
    var random = new SplittableRandom(p.seed());
    List<Sparsity> choices = new ArrayList<>(EverySparse.choices(p));
    Sparsity any = choices.get(random.nextInt(choices.size()));
    Constraints asked;
    do {
      asked =
          TinyConstraints.add(
                  random, EverySparse.asked(p, Constraints.NONE), tree -> evaluate(p, tree, any))
              .constraints();
    } while (p.seed() % 2 == 0 && asked.all().stream().noneMatch(ConstrainedSparseTest::ofLoops));
    return asked;
  }

  /** These decide late how a mapping may go on. */
  private static boolean ofLoops(Constraint c) {
    return c instanceof Constraint.TemporalFactor || c instanceof Constraint.LoopOrder;
  }

  static Optional<Evaluation> evaluate(RandomSparse p, LoopTree tree, Sparsity chosen) {
    try {
      return Optional.of(
          SparseEvaluator.evaluate(
              p.einsum(), p.architecture(), chosen, p.nodes(), p.count(tree, chosen)));
    } catch (InvalidSpecException e) {
      return Optional.empty(); // does not fit, or is not counted
    }
  }

  private static OptionalDouble check(RandomSparse p, Constraints asked) {
    String as =
        "replay with -Deinloom.seed=%d -Deinloom.cases=1: %s, %s"
            .formatted(p.seed(), p.einsum().expression(), asked);
    OptionalDouble least = EverySparse.least(p, asked);
    SparseMapper.Answer answer;
    try {
      answer =
          SparseMapper.map(
              p.einsum(),
              p.architecture(),
              p.choices(),
              p.nodes(),
              p.objective(),
              asked,
              SearchMonitor.NONE);
    } catch (InvalidSpecException | IllegalStateException e) {
      throw new AssertionError(as, e);
    }
    if (least.isEmpty()) {
      assertThat(answer.result()).as(as).isInstanceOf(MappingResult.None.class);
      assertThat(((MappingResult.None) answer.result()).proven()).as(as).isTrue();
      return least;
    }
    assertThat(answer.result()).as(as).isInstanceOf(MappingResult.Found.class);
    var f = (MappingResult.Found) answer.result();
    assertThat(f.optimality().status()).as(as).isEqualTo(Optimality.Status.OPTIMAL);
    double value = f.optimality().value();
    assertThat(value)
        .as(as)
        .isCloseTo(least.getAsDouble(), within(1e-9 * Math.abs(least.getAsDouble())));
    assertThat(asked.violatedBy(p.einsum(), p.architecture(), f.mapping())).as(as).isEmpty();
    Evaluation again = evaluate(p, f.mapping(), answer.chosen().orElseThrow()).orElseThrow();
    assertThat(asked.violatedBy(again)).as(as).isEmpty();
    assertThat(p.objective().value(again)).as(as).isEqualTo(value);
    return least;
  }
}
