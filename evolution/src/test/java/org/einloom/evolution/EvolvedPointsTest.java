package org.einloom.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.einloom.component.Value;
import org.einloom.evaluation.Objective;
import org.einloom.explore.Axis;
import org.einloom.explore.Condition;
import org.einloom.explore.ConditionParser;
import org.einloom.explore.DesignSpace;
import org.einloom.explore.Goal;
import org.einloom.explore.Limit;
import org.einloom.explore.Measure;
import org.einloom.explore.Method;
import org.einloom.explore.Point;
import org.einloom.explore.PointResult;
import org.einloom.explore.PointResult.Evaluated;
import org.einloom.explore.PointResult.Infeasible;
import org.einloom.explore.Study;
import org.einloom.workload.InvalidSpecException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Searches of spaces whose points cost what a formula says, held against all combinations.
 *
 * <p>The formula is that of a machine: energy falls with the buffer and rises with the number of
 * units, latency is the larger of compute and transfer, area is a sum. Its front is a small part of
 * the space, and no parameter can be chosen without the others.
 */
class EvolvedPointsTest {
  private static final List<Goal> GOALS =
      List.of(
          Goal.least(Measure.of("energy")),
          Goal.least(Measure.of("latency")),
          Goal.least(Measure.of("area")));

  private static Axis axis(String name, int values) {
    List<Value> all = new ArrayList<>();
    for (int i = 0; i < values; i++) {
      all.add(Value.of(Math.pow(2, i)));
    }
    return Axis.of(name, all);
  }

  private static DesignSpace space(List<Condition> conditions) {
    return new DesignSpace(
        List.of(
            axis("units", 8),
            axis("buffer", 8),
            axis("rate", 6),
            axis("banks", 5),
            Axis.of("preset", List.of(Value.of("deep"), Value.of("high")))),
        List.of(),
        conditions);
  }

  private static Study study(DesignSpace space, List<Limit> limits, List<Goal> goals) {
    return new Study(
        "made",
        "00",
        "made",
        List.of("w"),
        space,
        limits,
        List.of(),
        goals,
        Objective.EDP,
        new Method.Factorial());
  }

  private static double number(Point p, String name) {
    return ((Value.Amount) p.value(name).orElseThrow()).number();
  }

  private static Map<String, Double> costs(Point p) {
    double units = number(p, "units");
    double buffer = number(p, "buffer");
    double rate = number(p, "rate");
    double banks = number(p, "banks");
    boolean high = p.value("preset").orElseThrow().equals(Value.of("high"));
    double traffic = 4096 / Math.sqrt(buffer) + 64;
    double compute = 65536 / units;
    double transfer = traffic * 8 / (rate * (high ? 4 : 1));
    double local = 16384 / banks;
    double latency = Math.max(compute, Math.max(transfer, local));
    double energy =
        traffic * (high ? 24 : 16) + 4096 * (1 + 0.1 * Math.log(buffer * banks)) + 0.01 * latency;
    double area = 40 * units + 9 * buffer + 30 * rate + 20 * banks + (high ? 300 : 0);
    return Map.of("energy", energy, "latency", latency, "area", area, "edp", energy * latency);
  }

  private static PointResult result(Study study, long number, Point p) {
    Map<String, Double> costs = costs(p);
    if (costs.get("area") > 6000) {
      return new PointResult(number, p, new Infeasible("too large for the die"));
    }
    List<String> broken =
        study.limits().stream()
            .filter(l -> !l.allows(costs.get(l.measure().label())))
            .map(Limit::origin)
            .toList();
    var measures = new LinkedHashMap<>(costs);
    return new PointResult(
        number, p, new Evaluated(costs.get("area"), measures, broken, List.of()));
  }

  /** All that a search comes to; the order of results within a generation is drawn by chance. */
  private static List<PointResult> run(Study study, EvolvedPoints source, SplittableRandom order) {
    List<PointResult> all = new ArrayList<>();
    List<PointResult> results = List.of();
    while (true) {
      List<Point> points = source.next(results);
      if (points.isEmpty()) {
        return all;
      }
      results = new ArrayList<>();
      for (Point p : points) {
        results.add(result(study, all.size() + results.size(), p));
      }
      Collections.shuffle(results, java.util.Random.from(order));
      all.addAll(results);
    }
  }

  private static List<PointResult> run(Study study, long points, int population, long seed) {
    var method = new Method.Evolution(points, population, seed);
    return run(study, new EvolvedPoints(study, method), new SplittableRandom());
  }

  private static List<PointResult> factorial(Study study) {
    List<PointResult> all = new ArrayList<>();
    for (long i = 0; i < study.space().size(); i++) {
      Optional<Point> p = study.space().point(i);
      p.ifPresent(x -> all.add(result(study, all.size(), x)));
    }
    return all;
  }

  /** By pairs, of the points within the limits. */
  private static Set<String> front(Study study, List<PointResult> results) {
    List<PointResult> within =
        results.stream()
            .filter(r -> r.outcome() instanceof Evaluated e && e.broken().isEmpty())
            .toList();
    var front = new HashSet<String>();
    for (PointResult r : within) {
      if (within.stream().noneMatch(o -> beats(study, o, r))) {
        front.add(r.point().id());
      }
    }
    return front;
  }

  private static boolean beats(Study study, PointResult a, PointResult b) {
    boolean better = false;
    for (Goal g : study.objectives()) {
      double x = g.cost(costs(a.point()).get(g.measure().label()));
      double y = g.cost(costs(b.point()).get(g.measure().label()));
      if (x > y) {
        return false;
      }
      better |= x < y;
    }
    return better;
  }

  private static final int SEEDS = 6;

  @Test
  @DisplayName("a fifth of the points finds nearly the whole front, which chance does not")
  void findsTheFront() {
    List<Goal> goals = GOALS.subList(0, 2);
    Study study = study(space(List.of()), List.of(), goals);
    Set<String> whole = front(study, factorial(study));
    assertThat(study.space().size()).isEqualTo(3840);
    assertThat(whole).hasSizeBetween(50, 120);
    double found = 0;
    double drawn = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      found += common(front(study, run(study, 768, 32, seed)), whole);
      List<PointResult> chance = factorial(study);
      Collections.shuffle(chance, new java.util.Random(seed));
      drawn += common(front(study, chance.subList(0, 768)), whole);
    }
    assertThat(found / SEEDS).isGreaterThan(0.95);
    assertThat(drawn / SEEDS).isLessThan(0.3);
  }

  @Test
  @DisplayName("of three objectives, limits and points without a mapping it finds most in a third")
  void findsTheFrontWithinLimits() {
    var area =
        new Limit(Measure.of("area"), Double.NEGATIVE_INFINITY, 3000, "area at most 3000 um2");
    Study study = study(space(List.of()), List.of(area), GOALS);
    Set<String> whole = front(study, factorial(study));
    double found = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      found += common(front(study, run(study, 1280, 32, seed)), whole);
    }
    assertThat(found / SEEDS).isGreaterThan(0.75);
  }

  private static double common(Set<String> some, Set<String> whole) {
    return (double) some.stream().filter(whole::contains).count() / whole.size();
  }

  @Test
  @DisplayName("the same seed gives the same points, whatever the order of results; another others")
  void seeded() {
    Study study = study(space(List.of()), List.of(), GOALS);
    List<String> first = ids(run(study, 300, 20, 7));
    assertThat(ids(run(study, 300, 20, 7))).containsExactlyInAnyOrderElementsOf(first);
    assertThat(ids(run(study, 300, 20, 8))).isNotEqualTo(first);
    assertThat(first).hasSize(300).doesNotHaveDuplicates();
  }

  private static List<String> ids(List<PointResult> results) {
    return results.stream().map(r -> r.point().id()).toList();
  }

  @Test
  @DisplayName("conditions hold for all points, and a space that is used up ends the search")
  void endsWithTheSpace() {
    Condition small =
        ConditionParser.parse(
            "units * banks <= 4 and preset == high",
            List.of("units", "banks"),
            Map.of("preset", Set.of("deep", "high")));
    Study study = study(space(List.of(small)), List.of(), GOALS);
    List<PointResult> results = run(study, 3000, 32, 1);
    // 1x1, 1x2, 1x4, 2x1, 2x2, 4x1 of units and banks
    assertThat(ids(results)).hasSize(6 * 8 * 6).doesNotHaveDuplicates();
    assertThat(results)
        .allMatch(r -> number(r.point(), "units") * number(r.point(), "banks") <= 4)
        .allMatch(r -> r.point().value("preset").orElseThrow().equals(Value.of("high")));
  }

  @Test
  @DisplayName("a space without a point is told")
  void noPoint() {
    Condition never = ConditionParser.parse("units < 1", List.of("units"), Map.of());
    Study study = study(space(List.of(never)), List.of(), GOALS);
    var source = new EvolvedPoints(study, new Method.Evolution(100, 8, 1));
    assertThatThrownBy(() -> source.next(List.of()))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageStartingWith("the search found no point: none of 1,000,000 combinations");
  }
}
