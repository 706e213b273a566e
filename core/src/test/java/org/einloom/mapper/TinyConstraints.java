package org.einloom.mapper;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.einloom.arch.Fanout;
import org.einloom.arch.Memory;
import org.einloom.constraint.Constraint;
import org.einloom.constraint.Constraints;
import org.einloom.evaluation.Evaluation;
import org.einloom.mapping.LoopTree;
import org.einloom.workload.RankVariable;
import org.einloom.workload.TensorAccess;

/**
 * One to three constraints of any kind, now and then about names that the problem does not have.
 */
public final class TinyConstraints {
  private final SplittableRandom random;
  private final Problem problem;

  /** What a mapping costs, if it is one. */
  private final Function<LoopTree, Optional<Evaluation>> costs;

  private TinyConstraints(
      SplittableRandom random, Problem problem, Function<LoopTree, Optional<Evaluation>> costs) {
    this.random = random;
    this.problem = problem;
    this.costs = costs;
  }

  static Problem add(SplittableRandom random, Problem p) {
    return add(random, p, m -> BruteForce.evaluate(p.einsum(), p.architecture(), m));
  }

  /** With limits near what some mappings cost. */
  public static Problem add(
      SplittableRandom random, Problem p, Function<LoopTree, Optional<Evaluation>> costs) {
    var tiny = new TinyConstraints(random, p, costs);
    List<Constraint> all = new ArrayList<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      tiny.draw("constraint " + i).ifPresent(all::add);
    }
    return new Problem(
        p.name(),
        p.einsum(),
        p.architecture(),
        p.objective(),
        p.tiling(),
        new Constraints(all),
        p.front());
  }

  private Optional<Constraint> draw(String origin) {
    List<Memory> memories = problem.architecture().memories();
    String memory = any(memories).name();
    return switch (random.nextInt(9)) {
      case 0 -> Optional.of(new Constraint.Kept(origin, memory, tensors()));
      case 1 ->
          Optional.of(new Constraint.Bypassed(origin, any(memories.reversed()).name(), tensors()));
      case 2 -> {
        long least = random.nextBoolean() ? 1 : 1L + random.nextInt(3);
        long most = random.nextInt(3) == 0 ? Long.MAX_VALUE : least + random.nextInt(3);
        yield Optional.of(new Constraint.TemporalFactor(origin, memory, variable(), least, most));
      }
      case 3 ->
          Optional.of(new Constraint.LoopOrder(origin, memory, variables(), random.nextBoolean()));
      case 4, 5, 6 -> onFanout(origin);
      case 7 -> cost().map(e -> new Constraint.MaxEnergy(origin, e.energyPj() * 1.0001));
      default ->
          random.nextInt(4) == 0
              ? cost().map(e -> area(origin, e))
              : cost().map(e -> new Constraint.MaxLatency(origin, e.latencyS() * 1.0001));
    };
  }

  private Constraint area(String origin, Evaluation e) {
    return new Constraint.MaxArea(origin, e.areaUm2() * (random.nextInt(4) == 0 ? 0.99 : 1.01));
  }

  private Optional<Constraint> onFanout(String origin) {
    if (problem.architecture().fanouts().isEmpty()) {
      return Optional.empty();
    }
    Fanout fanout = any(problem.architecture().fanouts());
    String dimension = any(fanout.dimensions()).name();
    return Optional.of(
        switch (random.nextInt(3)) {
          case 0 -> {
            long least = random.nextBoolean() ? 1 : 1L + random.nextInt(2);
            long most = least + random.nextInt(3);
            yield new Constraint.SpatialFactor(
                origin, fanout.name(), dimension, variable(), least, most);
          }
          case 1 ->
              new Constraint.SpatialVariables(
                  origin, fanout.name(), dimension, Set.copyOf(variables()));
          default ->
              new Constraint.MinUtilization(
                  origin, fanout.name(), List.of(0.25, 0.5, 0.75, 1.0).get(random.nextInt(4)));
        });
  }

  private Set<String> tensors() {
    TensorAccess t = any(problem.einsum().tensors());
    return switch (random.nextInt(12)) {
      case 0 -> Set.of("all");
      case 1 -> Set.of("nothing", t.name());
      case 2, 3 -> Set.of(t.role().label());
      default -> Set.of(t.name());
    };
  }

  private String variable() {
    return random.nextInt(20) == 0 ? "z" : any(problem.einsum().variables()).name();
  }

  private List<String> variables() {
    List<String> names =
        new ArrayList<>(problem.einsum().variables().stream().map(RankVariable::name).toList());
    Collections.shuffle(names, new Random(random.nextLong()));
    return names.subList(0, 1 + random.nextInt(names.size()));
  }

  /** Of one of the first mappings there are: a limit near it leaves some and excludes others. */
  private Optional<Evaluation> cost() {
    int[] skip = {random.nextInt(40)};
    List<Evaluation> met = new ArrayList<>();
    EveryMapping.visit(
        problem.einsum(),
        problem.architecture(),
        problem.tiling(),
        (LoopTree m) -> {
          if (skip[0]-- % 8 == 0) {
            costs.apply(m).ifPresent(met::add);
          }
          return skip[0] >= 0;
        });
    return met.isEmpty() ? Optional.empty() : Optional.of(met.getLast());
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
