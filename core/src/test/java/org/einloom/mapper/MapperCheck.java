package org.einloom.mapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.fail;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.Evaluator;
import org.einloom.evaluation.Objective;
import org.einloom.evaluation.Policy;
import org.einloom.mapper.BruteForce.Point;
import org.einloom.mapper.MappingResult.Found;
import org.einloom.mapper.MappingResult.None;
import org.einloom.mapper.Optimality.Status;
import org.einloom.mapping.Legality;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.mapping.MappingNode.Loop;
import org.einloom.model.DenseModel;
import org.einloom.sim.Simulator;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.RankVariable;

/**
 * Holds the answers of a mapper that claims proofs to brute force: nothing is better, everything
 * said about the answer is true, and the number of threads does not matter.
 *
 * @param proofsOnly whether answers that claim no proof pass
 */
record MapperCheck(Problem problem, BruteForce truth, boolean proofsOnly) {
  private static final double RELATIVE = 1e-9;

  /**
   * A check of every answer.
   *
   * @see #proofsOnly
   */
  static MapperCheck of(Problem problem) {
    return new MapperCheck(problem, BruteForce.solve(problem), false);
  }

  /** A check that lets answers pass that claim no proof. */
  MapperCheck ofProofsOnly() {
    return new MapperCheck(problem, truth, true);
  }

  /** The answer, if an AssertionError does not say what is wrong with it. */
  MappingResult check(Mapper mapper) {
    MappingResult one;
    try {
      one = map(mapper, 1);
    } catch (InvalidSpecException e) {
      // allowed where the architecture lacks what any mapping needs
      assertThat(truth.front())
          .as("a mapping exists; the mapper said %s", e.getMessage())
          .isEmpty();
      return new None(String.valueOf(e.getMessage()), true);
    }
    if (proofsOnly && !claimsProof(one)) {
      return one;
    }
    switch (one) {
      case None none -> {
        assertThat(truth.front()).as("a mapping exists; the mapper said %s", none).isEmpty();
        assertThat(none.proven()).as("that there is no mapping has to be proven").isTrue();
      }
      case Found found -> check(found);
    }
    same(one, map(mapper, 3));
    // at once, after a while, not at all
    long some = 1 + truth.mappings() % 97;
    for (long asks : new long[] {0, some, Long.MAX_VALUE}) {
      AnytimeCheck.check(mapper, this, asks);
    }
    return one;
  }

  private static boolean claimsProof(MappingResult answer) {
    return switch (answer) {
      case None none -> none.proven();
      case Found found -> found.optimality().status() != Status.UNPROVEN;
    };
  }

  MappingResult map(Mapper mapper, int threads) {
    return map(mapper, threads, SearchMonitor.NONE);
  }

  MappingResult map(Mapper mapper, int threads, SearchMonitor monitor) {
    var options =
        new MapperOptions(Policy.DEFAULT, threads)
            .withTiling(problem.tiling())
            .withConstraints(problem.constraints())
            .withFront(problem.front())
            .withMonitor(monitor);
    return mapper.map(problem.einsum(), problem.architecture(), problem.objective(), options);
  }

  private void check(Found found) {
    Objective objective = problem.objective();
    if (truth.front().isEmpty()) {
      fail("there is no mapping, but the mapper found%n%s", Problem.describe(found.mapping()));
    }
    holds(found.mapping(), found.evaluation());
    double best =
        truth.best(objective).map(p -> objective.value(p.energyPj(), p.latencyS())).orElseThrow();
    Optimality o = found.optimality();
    assertThat(o.objective()).isEqualTo(objective);
    assertThat(o.value()).as("value").isEqualTo(objective.value(found.evaluation()));
    assertThat(atMost(best, o.value()))
        .as("value %s, brute force finds no better than %s", o.value(), best)
        .isTrue();
    double bound = o.lowerBound().orElseThrow(() -> new AssertionError("no lower bound"));
    assertThat(atMost(bound, best))
        .as("lower bound %s, brute force finds %s", bound, best)
        .isTrue();
    boolean perfect =
        problem.einsum().variables().stream().noneMatch(v -> problem.tiling().imperfect(v.name()));
    if (perfect || o.status() == Status.OPTIMAL) {
      assertThat(o.status())
          .as("status; value %s bound %s", o.value(), bound)
          .isEqualTo(Status.OPTIMAL);
      assertThat(bound).as("lower bound of an optimal value").isEqualTo(o.value());
      assertThat(atMost(o.value(), best))
          .as("value %s, but brute force finds %s", o.value(), best)
          .isTrue();
      checkFront(found);
    } else {
      assertThat(o.status()).isEqualTo(Status.BOUNDED);
    }
  }

  private void checkFront(Found found) {
    List<ParetoPoint> front = found.front();
    if (!problem.front()) {
      assertThat(front).as("a front that nobody asked for").isEmpty();
      return;
    }
    for (ParetoPoint p : front) {
      holds(p.mapping(), p.evaluation());
      assertThat(truth.front())
          .as(
              "point of the front at %s pJ, %s s is on the true front",
              p.evaluation().energyPj(), p.evaluation().latencyS())
          .anyMatch(q -> near(q, p.evaluation()));
    }
    for (Point q : truth.front()) {
      assertThat(front)
          .as("the front has %s%n%s", q, Problem.describe(q.mapping()))
          .anyMatch(p -> near(q, p.evaluation()) || beats(p.evaluation(), q));
    }
    for (int i = 1; i < front.size(); i++) {
      Evaluation before = front.get(i - 1).evaluation();
      Evaluation here = front.get(i).evaluation();
      assertThat(here.energyPj()).as("energy falls along the front").isLessThan(before.energyPj());
      assertThat(here.latencyS())
          .as("latency rises along the front")
          .isGreaterThan(before.latencyS());
    }
  }

  private static boolean near(Point q, Evaluation e) {
    return near(q.energyPj(), e.energyPj()) && near(q.latencyS(), e.latencyS());
  }

  /** By less than rounding errors, as {@link #near} says of each point that is found. */
  private static boolean beats(Evaluation e, Point q) {
    return atMost(e.energyPj(), q.energyPj()) && atMost(e.latencyS(), q.latencyS());
  }

  private static boolean near(double a, double b) {
    return atMost(a, b) && atMost(b, a);
  }

  private static boolean atMost(double a, double b) {
    return a <= b + RELATIVE * Math.abs(b);
  }

  /** That it is a mapping of the mapspace, respects the constraints and costs what is said. */
  void holds(LoopTree mapping, Evaluation said) {
    String text = "\n" + Problem.describe(mapping);
    assertThatCode(() -> Legality.check(problem.einsum(), problem.architecture(), mapping))
        .as(text)
        .doesNotThrowAnyException();
    inMapspace(mapping, text);
    var oracle = new ConstraintOracle(problem);
    assertThat(oracle.structureHolds(mapping)).as("constraints hold" + text).isTrue();
    assertThat(oracle.limitsHold(said)).as("limits of cost hold" + text).isTrue();
    var model = DenseModel.analyze(problem.einsum(), problem.architecture(), mapping).counts();
    assertThat(said)
        .as("evaluated in the model" + text)
        .isEqualTo(
            Evaluator.evaluate(problem.einsum(), problem.architecture(), model, Policy.DEFAULT));
    var sim = Simulator.run(problem.einsum(), problem.architecture(), mapping).counts();
    assertThat(said)
        .as("evaluated in the simulator" + text)
        .isEqualTo(
            Evaluator.evaluate(problem.einsum(), problem.architecture(), sim, Policy.DEFAULT));
  }

  private void inMapspace(LoopTree mapping, String text) {
    Map<String, Long> size = new HashMap<>();
    for (RankVariable v : problem.einsum().variables()) {
      size.put(v.name(), v.extent());
    }
    for (MappingNode node : mapping.nodes()) {
      if (node instanceof Loop loop) {
        long cut = size.put(loop.variable(), loop.tile());
        assertThat(loop.tile()).as("tile of a loop that iterates" + text).isLessThan(cut);
        if (!problem.tiling().imperfect(loop.variable())) {
          assertThat(cut % loop.tile()).as("rest of a perfect tile" + text).isZero();
        }
      }
    }
  }

  private static void same(MappingResult one, MappingResult three) {
    if (one instanceof Found a && three instanceof Found b) {
      assertThat(b.mapping()).as("mapping with 3 threads").isEqualTo(a.mapping());
      assertThat(b.evaluation()).as("evaluation with 3 threads").isEqualTo(a.evaluation());
      assertThat(b.front()).as("front with 3 threads").isEqualTo(a.front());
      assertThat(b.optimality().status())
          .as("status with 3 threads")
          .isEqualTo(a.optimality().status());
      assertThat(b.optimality().lowerBound())
          .as("bound with 3 threads")
          .isEqualTo(a.optimality().lowerBound());
    } else {
      assertThat(three).as("answer with 3 threads").isEqualTo(one);
    }
  }
}
