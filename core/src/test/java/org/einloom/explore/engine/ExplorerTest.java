package org.einloom.explore.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.einloom.evaluation.Objective;
import org.einloom.evaluation.Policy;
import org.einloom.explore.Goal;
import org.einloom.explore.Limit;
import org.einloom.explore.MappedWorkload;
import org.einloom.explore.Point;
import org.einloom.explore.PointResult;
import org.einloom.explore.PointResult.Cut;
import org.einloom.explore.PointResult.Evaluated;
import org.einloom.explore.ResultSink;
import org.einloom.explore.solve.Family;
import org.einloom.explore.solve.MappingProblem;
import org.einloom.mapper.ExactMapper;
import org.einloom.mapper.Mapper;
import org.einloom.mapper.MapperOptions;
import org.einloom.mapper.MappingResult;
import org.einloom.workload.Workload.DistinctLayer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Small studies, held against solving every point by itself. */
class ExplorerTest {
  private static final int CASES = Integer.getInteger("einloom.cases", 6);

  /** Remembers what it is given. */
  private static final class Kept implements ResultSink {
    final List<PointResult> results = new ArrayList<>();
    final Map<Point, PointResult> earlier = new HashMap<>();

    @Override
    public Optional<PointResult> done(Point point) {
      return Optional.ofNullable(earlier.get(point));
    }

    @Override
    public void put(PointResult result, List<MappedWorkload> mapped) {
      results.add(result);
    }
  }

  private interface Check {
    void of(SmallStudies.Case c);
  }

  private static void forAll(Check check) {
    long first = Long.getLong("einloom.seed", new SplittableRandom().nextLong(1L << 40));
    for (long seed = first; seed < first + CASES; seed++) {
      try {
        check.of(SmallStudies.draw(seed));
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("replay with -Deinloom.seed=" + seed + ": " + e.getMessage(), e);
      }
    }
  }

  private static Exploration run(
      SmallStudies.Case c, Kept kept, int threads, boolean cutting, ExploreMonitor monitor) {
    var explorer = new Explorer(c.study(), c.builder(), new ExactMapper(), kept, monitor, cutting);
    return explorer.run(ListedPoints.all(c.study().space()), threads);
  }

  private static Set<String> ids(List<PointResult> results) {
    var ids = new TreeSet<String>();
    results.forEach(r -> ids.add(r.point().toString()));
    return ids;
  }

  @Test
  @DisplayName("the front, with and without cutting, is that of all points solved by themselves")
  void front() {
    forAll(
        c -> {
          Map<String, Map<String, Double>> all = bruteForce(c);
          Exploration with = run(c, new Kept(), 2, true, ExploreMonitor.NONE);
          Exploration without = run(c, new Kept(), 2, false, ExploreMonitor.NONE);
          assertThat(ids(with.front())).isEqualTo(front(c, all));
          assertThat(ids(without.front())).isEqualTo(front(c, all));
          assertThat(with.points()).isEqualTo(c.study().space().size());
          assertThat(without.evaluated() + without.infeasible()).isEqualTo(with.points());
          assertThat(with.best().get("small").map(r -> r.point().toString()))
              .isEqualTo(without.best().get("small").map(r -> r.point().toString()));
          assertThat(with.best().get("small").map(r -> energy(r)).isPresent())
              .isEqualTo(best(c, all).isPresent());
          best(c, all)
              .ifPresent(
                  pJ ->
                      assertThat(with.best().get("small").map(r -> energy(r)).orElseThrow())
                          .isCloseTo(pJ, within(1e-9 * pJ)));
        });
  }

  private static double energy(PointResult r) {
    return ((Evaluated) r.outcome()).energyPj();
  }

  @Test
  @DisplayName("each point costs what its layers cost that are mapped by themselves")
  void points() {
    forAll(ExplorerTest::explored);
  }

  @Test
  @DisplayName("what one mapping problem says of others is not searched again, and is so")
  void inferred() {
    Exploration e = explored(SmallStudies.whole());
    assertThat(e.work().searched()).isLessThan(e.work().layers());
  }

  /** Goes through all points, and holds each to what its layers cost by themselves. */
  private static Exploration explored(SmallStudies.Case c) {
    Map<String, Map<String, Double>> all = bruteForce(c);
    var kept = new Kept();
    Exploration e = run(c, kept, 2, false, ExploreMonitor.NONE);
    for (PointResult r : kept.results) {
      if (r.outcome() instanceof Evaluated v) {
        assertThat(v.proven()).isTrue();
        double expected = all.get(r.point().toString()).get("value");
        double value =
            v.workloads().getFirst().layers().stream()
                .mapToDouble(l -> l.repeats() * l.value())
                .sum();
        assertThat(value).isCloseTo(expected, within(1e-9 * expected));
      }
    }
    return e;
  }

  @Test
  @DisplayName("the number of threads changes nothing, not even the order")
  void threads() {
    forAll(
        c -> {
          for (Objective mapping : List.of(Objective.EDP, Objective.LATENCY)) {
            long seed = Long.parseLong(c.study().name().replaceFirst("small ", ""));
            SmallStudies.Case other = SmallStudies.draw(seed, mapping);
            var one = new Kept();
            var three = new Kept();
            run(other, one, 1, true, ExploreMonitor.NONE);
            run(other, three, 3, true, ExploreMonitor.NONE);
            assertThat(three.results).isEqualTo(one.results);
          }
        });
  }

  @Test
  @DisplayName("a study that was ended goes on, repeats no point, and comes to the same")
  void goesOn() {
    forAll(
        c -> {
          var whole = new Kept();
          Exploration expected = run(c, whole, 2, true, ExploreMonitor.NONE);
          var begun = new Kept();
          var stop =
              new ExploreMonitor() {
                @Override
                public boolean stop() {
                  return begun.results.size() >= 5;
                }
              };
          Exploration some = run(c, begun, 2, true, stop);
          assertThat(some.complete()).isEqualTo(some.points() == c.study().space().size());
          var rest = new Kept();
          begun.results.forEach(r -> rest.earlier.put(r.point(), r));
          Exploration all = run(c, rest, 2, true, ExploreMonitor.NONE);
          assertThat(all.complete()).isTrue();
          assertThat(all.kept()).isEqualTo(begun.results.size());
          var together = new ArrayList<>(begun.results);
          together.addAll(rest.results);
          assertThat(together).hasSameSizeAs(whole.results);
          assertThat(ids(all.front())).isEqualTo(ids(expected.front()));
        });
  }

  @Test
  @DisplayName("what was solved before a run was ended is not searched again by the next")
  void solutionsAreKept() {
    SmallStudies.Case c = SmallStudies.whole();
    var searches = new AtomicInteger();
    Mapper counting =
        (einsum, architecture, objective, options) -> {
          searches.incrementAndGet();
          return new ExactMapper().map(einsum, architecture, objective, options);
        };
    var whole = new Kept();
    run(c, whole, counting, ExploreMonitor.NONE, SolutionStore.NONE);
    int expected = searches.getAndSet(0);

    var kept = new Kept();
    Map<MappingProblem, Family.Step> solved = new HashMap<>();
    var store = store(solved);
    for (int ended = 0; ended < 4; ended++) {
      int before = solved.size();
      kept.results.forEach(r -> kept.earlier.put(r.point(), r));
      var stop =
          new ExploreMonitor() {
            @Override
            public boolean stop() {
              return solved.size() > before;
            }
          };
      assertThat(run(c, kept, counting, stop, store).complete()).isFalse();
      assertThat(solved).hasSize(before + 1); // it was ended as soon as one more was solved
      assertThat(kept.results).isEmpty();
    }
    assertThat(run(c, kept, counting, ExploreMonitor.NONE, store).complete()).isTrue();
    assertThat(kept.results).isEqualTo(whole.results);
    assertThat(searches.get()).isEqualTo(expected);
    assertThat(solved).isEmpty();
  }

  @Test
  @DisplayName("points of a run before throw nothing away that it solved for those that follow")
  void solutionsOfLaterPointsAreKept() {
    SmallStudies.Case c = SmallStudies.whole();
    var whole = new Kept();
    run(c, whole, 1, false, ExploreMonitor.NONE);
    var kept = new Kept();
    List<PointResult> earlier = whole.results.subList(0, Groups.FEWEST);
    earlier.forEach(r -> kept.earlier.put(r.point(), r));
    var finished = new AtomicInteger();
    var atWork = new AtomicInteger(-1);
    var store =
        new SolutionStore() {
          @Override
          public Optional<Family.Step> known(MappingProblem problem) {
            return Optional.empty();
          }

          @Override
          public void put(MappingProblem problem, Family.Step step) {}

          @Override
          public void finished() {
            finished.incrementAndGet();
          }
        };
    var monitor =
        new ExploreMonitor() {
          @Override
          public void working(long done, long total, int points, int problems) {
            if (points > 0) {
              atWork.compareAndSet(-1, finished.get());
            }
          }
        };
    var explorer = new Explorer(c.study(), c.builder(), new ExactMapper(), kept, monitor, false);
    var points = ListedPoints.all(c.study().space());
    assertThat(explorer.run(points, 1, store, Optional.empty()).complete()).isTrue();
    assertThat(kept.results).hasSize(whole.results.size() - Groups.FEWEST);
    assertThat(atWork.get()).as("what was there is gone before work begins").isZero();
    assertThat(finished.get()).isPositive();
  }

  private static SolutionStore store(Map<MappingProblem, Family.Step> solved) {
    return new SolutionStore() {
      @Override
      public Optional<Family.Step> known(MappingProblem problem) {
        return Optional.ofNullable(solved.get(problem));
      }

      @Override
      public void put(MappingProblem problem, Family.Step step) {
        solved.put(problem, step);
      }

      @Override
      public void finished() {
        solved.clear();
      }
    };
  }

  private static Exploration run(
      SmallStudies.Case c, Kept kept, Mapper mapper, ExploreMonitor monitor, SolutionStore store) {
    var explorer = new Explorer(c.study(), c.builder(), mapper, kept, monitor, true);
    return explorer.run(ListedPoints.all(c.study().space()), 1, store, Optional.empty());
  }

  @Test
  @DisplayName("most points whose bounds are above what others come to are not solved")
  void cutsMuch() {
    SmallStudies.Case c = SmallStudies.whole();
    var kept = new Kept();
    Exploration e = run(c, kept, 2, true, ExploreMonitor.NONE);
    assertThat(e.points()).isEqualTo(108);
    assertThat(e.cut()).isGreaterThan(20);
    assertThat(ids(e.front())).isEqualTo(front(c, bruteForce(c)));
  }

  @Test
  @DisplayName("what is cut says why, with bounds below what it would have come to")
  void cuts() {
    forAll(
        c -> {
          var cutting = new Kept();
          var solving = new Kept();
          run(c, cutting, 2, true, ExploreMonitor.NONE);
          run(c, solving, 2, false, ExploreMonitor.NONE);
          Map<Point, PointResult> solved = new HashMap<>();
          solving.results.forEach(r -> solved.put(r.point(), r));
          for (PointResult r : cutting.results) {
            if (r.outcome() instanceof Cut x) {
              assertThat(x.reason()).isNotEmpty();
              assertThat(x.by().isEmpty()).isEqualTo(!x.reason().equals("dominated"));
              if (solved.get(r.point()).outcome() instanceof Evaluated e) {
                x.bounds()
                    .forEach(
                        (measure, bound) ->
                            assertThat(bound)
                                .as(measure)
                                .isLessThanOrEqualTo(e.measures().get(measure) * (1 + 1e-12)));
              }
            }
          }
        });
  }

  /** Every point by itself: its measures, and the sum of what its mappings were chosen for. */
  private static Map<String, Map<String, Double>> bruteForce(SmallStudies.Case c) {
    Map<String, Map<String, Double>> all = new HashMap<>();
    for (long i = 0; i < c.study().space().size(); i++) {
      Point p = c.study().space().point(i).orElseThrow();
      var candidate = c.builder().build(p);
      var path = candidate.design().first();
      double energy = 0;
      double latency = 0;
      double value = 0;
      boolean fits = true;
      for (DistinctLayer d : candidate.workloads().getFirst().distinctLayers()) {
        var options = new MapperOptions(Policy.DEFAULT, 1);
        var answer = new ExactMapper().map(d.layer().einsum(), path, c.study().mapping(), options);
        if (answer instanceof MappingResult.Found f) {
          energy += d.repeats() * f.evaluation().energyPj();
          latency += d.repeats() * f.evaluation().latencyS();
          value += d.repeats() * f.optimality().value();
        } else {
          fits = false;
        }
      }
      if (fits) {
        all.put(
            p.toString(),
            Map.of(
                "energy",
                energy,
                "latency",
                latency,
                "edp",
                energy * latency,
                "power",
                energy * 1e-12 / latency,
                "area",
                path.areaUm2(),
                "accuracy",
                candidate.given().get("accuracy"),
                "value",
                value));
      }
    }
    return all;
  }

  /** The least energy within the budget, and within the limits of the study. */
  private static OptionalDouble best(SmallStudies.Case c, Map<String, Map<String, Double>> all) {
    List<Limit> limits = new ArrayList<>(c.study().limits());
    limits.addAll(c.study().budgets().getFirst().limits());
    return all.values().stream()
        .filter(m -> limits.stream().allMatch(l -> m.get(l.measure().name()) <= l.most()))
        .mapToDouble(m -> m.get("energy"))
        .min();
  }

  private static Set<String> front(SmallStudies.Case c, Map<String, Map<String, Double>> all) {
    Map<String, Map<String, Double>> within = new HashMap<>(all);
    within
        .values()
        .removeIf(
            m -> c.study().limits().stream().anyMatch(l -> m.get(l.measure().name()) > l.most()));
    var front = new TreeSet<String>();
    within.forEach(
        (id, m) -> {
          if (within.values().stream().noneMatch(o -> beats(c.study().objectives(), o, m))) {
            front.add(id);
          }
        });
    return front;
  }

  private static boolean beats(List<Goal> goals, Map<String, Double> a, Map<String, Double> b) {
    boolean better = false;
    for (Goal g : goals) {
      double x = g.cost(a.get(g.measure().name()));
      double y = g.cost(b.get(g.measure().name()));
      if (x > y) {
        return false;
      }
      better |= x < y;
    }
    return better;
  }
}
