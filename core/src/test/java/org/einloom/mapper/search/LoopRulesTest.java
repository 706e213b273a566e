package org.einloom.mapper.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import org.einloom.arch.Fanout;
import org.einloom.constraint.Constraint;
import org.einloom.constraint.Constraints;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.Policy;
import org.einloom.mapper.EveryMapping;
import org.einloom.mapper.MapperOptions;
import org.einloom.mapper.MappingResult;
import org.einloom.mapper.Tiling;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.RankVariable;
import org.junit.jupiter.api.Test;

/**
 * Under constraints on loops, the search finds what every mapping that satisfies them, asked one by
 * one, says is best.
 */
class LoopRulesTest {
  @Test
  void asGoodAsEveryMappingThatSatisfiesThem() {
    SmallProblems.check(
        "constraints on loops", 60, 3000, p -> true, (problem, random) -> holds(problem, random));
  }

  private static int holds(Problem free, SplittableRandom random) {
    int seen = 0;
    for (int i = 0; i < 3; i++) {
      var constraints = new Constraints(draw(free, random));
      var options = new MapperOptions(Policy.DEFAULT, 1).withConstraints(constraints);
      var problem = new Problem(free.einsum, free.architecture, free.objective, options);
      if (!Searches.isCovered(problem)) {
        continue;
      }
      double[] best = {Double.POSITIVE_INFINITY};
      EveryMapping.visit(
          problem.einsum,
          problem.architecture,
          Tiling.PERFECT,
          mapping -> {
            if (constraints.violatedBy(problem.einsum, problem.architecture, mapping).isEmpty()) {
              try {
                Evaluation e = Searches.evaluate(problem, mapping);
                best[0] = Math.min(best[0], problem.objective.value(e));
              } catch (InvalidSpecException doesNotFit) {
                // none
              }
            }
            return true;
          });
      String what = constraints.all().toString();
      switch (Searches.run(problem.einsum, problem.architecture, problem.objective, options)) {
        case MappingResult.Found f -> {
          assertThat(f.optimality().value()).as(what).isEqualTo(best[0], offset(best[0]));
          seen++;
        }
        case MappingResult.None n -> {
          assertThat(n.proven()).as(what).isTrue();
          assertThat(best[0]).as(what).isInfinite();
        }
      }
    }
    return seen;
  }

  private static org.assertj.core.data.Offset<Double> offset(double value) {
    return org.assertj.core.data.Offset.offset(1e-9 * (1 + (Double.isFinite(value) ? value : 0)));
  }

  private static List<Constraint> draw(Problem p, SplittableRandom random) {
    List<Constraint> all = new ArrayList<>();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      String memory = p.memory(p.memories[random.nextInt(p.memories.length)]).name();
      List<String> variables =
          new ArrayList<>(p.einsum.variables().stream().map(RankVariable::name).toList());
      Collections.shuffle(variables, new Random(random.nextLong()));
      if (p.fanouts.length > 0 && random.nextInt(3) == 0) {
        all.add(onFanout(p, random, variables, i));
      } else if (random.nextBoolean()) {
        int n = 1 + random.nextInt(variables.size());
        all.add(
            new Constraint.LoopOrder(
                "order " + i, memory, variables.subList(0, n), random.nextBoolean()));
      } else {
        long least = random.nextInt(3) == 0 ? 2 : 1;
        long most = random.nextInt(4) == 0 ? Long.MAX_VALUE : least + random.nextInt(2);
        all.add(
            new Constraint.TemporalFactor(
                "factor " + i, memory, variables.getFirst(), least, most));
      }
    }
    return all;
  }

  private static Constraint onFanout(
      Problem p, SplittableRandom random, List<String> variables, int i) {
    Fanout f = p.fanout(p.fanouts[random.nextInt(p.fanouts.length)]);
    String dimension = f.dimensions().get(random.nextInt(f.dimensions().size())).name();
    return switch (random.nextInt(4)) {
      case 0 -> new Constraint.MinUtilization("use " + i, f.name(), random.nextBoolean() ? 1 : 0.5);
      case 1 ->
          new Constraint.SpatialVariables(
              "variables " + i,
              f.name(),
              dimension,
              Set.copyOf(variables.subList(0, random.nextInt(variables.size()))));
      default -> {
        long least = 1L + random.nextInt(2);
        yield new Constraint.SpatialFactor(
            "spatial " + i,
            f.name(),
            dimension,
            variables.getFirst(),
            least,
            least + random.nextInt(2));
      }
    };
  }
}
