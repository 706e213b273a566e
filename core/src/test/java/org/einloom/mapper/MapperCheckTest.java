package org.einloom.mapper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.einloom.mapper.BruteForce.Point;
import org.einloom.mapper.MappingResult.Found;
import org.einloom.mapping.LoopTree;
import org.junit.jupiter.api.Test;

/** That the check passes a mapper that is right, and sees each way of being wrong. */
class MapperCheckTest {
  private static final int CASES = 20;

  /** Every wrong answer has to be possible for some problem of these. */
  private static final int MOST_CASES = 400;

  private static final int SMALL = 250;

  private static final Set<String> WRONG_ANSWERS =
      Set.of(
          "no mapping",
          "a worse mapping",
          "a bound too high",
          "a bound too low",
          "no bound",
          "not proven",
          "another evaluation",
          "a front without its first point",
          "a front with a worse point",
          "a front that is not sorted");

  @Test
  void bruteForceIsRight() {
    small().limit(CASES).forEach(p -> MapperCheck.of(p).check(new BruteForceMapper()));
  }

  /** Answers made wrong in one way each, where that is possible. */
  @Test
  void everyWrongAnswerIsSeen() {
    Set<String> seen = new HashSet<>();
    int cases = 0;
    for (Problem problem : (Iterable<Problem>) small()::iterator) {
      BruteForce truth = BruteForce.solve(problem);
      if (truth.front().isEmpty()) {
        continue;
      }
      var check = new MapperCheck(problem, truth, false);
      Found right = (Found) check.map(new BruteForceMapper(), 1);
      wrong(problem, truth)
          .forEach(
              (what, change) -> {
                assertThat(refuses(check, change.apply(right)))
                    .as("%s is seen%n%s", what, problem.describe())
                    .isTrue();
                seen.add(what);
              });
      if (++cases >= CASES && seen.equals(WRONG_ANSWERS)) {
        break;
      }
    }
    assertThat(seen).isEqualTo(WRONG_ANSWERS);
  }

  /** Problems of which brute force is soon done. */
  private static Stream<Problem> small() {
    return LongStream.range(1, 1 + MOST_CASES)
        .mapToObj(RandomProblems::draw)
        .filter(p -> EveryMapping.count(p.einsum(), p.architecture(), p.tiling(), SMALL) < SMALL);
  }

  private static boolean refuses(MapperCheck check, Found answer) {
    MappingResult result = answer == null ? new MappingResult.None("guessed", true) : answer;
    Mapper mapper = (einsum, architecture, objective, options) -> result;
    try {
      check.check(mapper);
      return false;
    } catch (AssertionError e) {
      return true;
    }
  }

  private static Map<String, UnaryOperator<Found>> wrong(Problem problem, BruteForce truth) {
    Map<String, UnaryOperator<Found>> wrong = new HashMap<>();
    wrong.put("no mapping", f -> null);
    wrong.put("no bound", f -> with(f, f.optimality().status(), OptionalDouble.empty()));
    wrong.put("not proven", f -> with(f, Optimality.Status.UNPROVEN, bound(f, 1)));
    double best = truth.best(problem.objective()).map(p -> value(problem, p)).orElseThrow();
    if (best > 0) {
      wrong.put("a bound too high", f -> with(f, Optimality.Status.BOUNDED, bound(f, 1.001)));
      wrong.put("a bound too low", f -> with(f, Optimality.Status.OPTIMAL, bound(f, 0.999)));
    }
    Optional<LoopTree> worse = worse(problem, best);
    worse.ifPresent(
        m ->
            wrong.put(
                "a worse mapping",
                f ->
                    BruteForceMapper.found(
                        problem.einsum(),
                        problem.architecture(),
                        problem.objective(),
                        m,
                        f.front())));
    worse.ifPresent(
        m ->
            wrong.put(
                "another evaluation",
                f -> new Found(m, f.evaluation(), f.optimality(), f.front(), f.log())));
    if (problem.front()) {
      wrong.put(
          "a front without its first point", f -> with(f, f.front().subList(1, f.front().size())));
      if (truth.front().size() > 1) {
        wrong.put("a front that is not sorted", f -> with(f, f.front().reversed()));
      }
      offFront(problem, truth)
          .ifPresent(
              p ->
                  wrong.put(
                      "a front with a worse point",
                      f -> {
                        var front = new ArrayList<>(f.front());
                        front.add(p);
                        return with(f, front);
                      }));
    }
    return wrong;
  }

  private static OptionalDouble bound(Found f, double times) {
    return OptionalDouble.of(f.optimality().value() * times);
  }

  private static double value(Problem problem, Point p) {
    return problem.objective().value(p.energyPj(), p.latencyS());
  }

  private static Optional<LoopTree> worse(Problem problem, double best) {
    List<LoopTree> worse = new ArrayList<>();
    EveryMapping.visit(
        problem.einsum(),
        problem.architecture(),
        problem.tiling(),
        m -> {
          BruteForce.evaluate(problem.einsum(), problem.architecture(), m)
              .filter(e -> problem.objective().value(e) > best * (1 + 1e-6))
              .ifPresent(e -> worse.add(m));
          return worse.isEmpty();
        });
    return worse.stream().findFirst();
  }

  private static Optional<ParetoPoint> offFront(Problem problem, BruteForce truth) {
    double latencyS = truth.front().getLast().latencyS();
    List<ParetoPoint> worse = new ArrayList<>();
    EveryMapping.visit(
        problem.einsum(),
        problem.architecture(),
        problem.tiling(),
        m -> {
          BruteForce.evaluate(problem.einsum(), problem.architecture(), m)
              .filter(e -> e.latencyS() > latencyS * (1 + 1e-6))
              .ifPresent(e -> worse.add(new ParetoPoint(m, e)));
          return worse.isEmpty();
        });
    return worse.stream().findFirst();
  }

  private static Found with(Found f, Optimality.Status status, OptionalDouble bound) {
    Optimality o = f.optimality();
    var changed = new Optimality(status, o.objective(), o.value(), bound, o.evaluated(), o.cpuS());
    return new Found(f.mapping(), f.evaluation(), changed, f.front(), f.log());
  }

  private static Found with(Found f, List<ParetoPoint> front) {
    return new Found(f.mapping(), f.evaluation(), f.optimality(), front, f.log());
  }
}
