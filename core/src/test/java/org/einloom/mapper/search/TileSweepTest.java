package org.einloom.mapper.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Figure;
import org.einloom.arch.Keep;
import org.einloom.arch.Memory;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.Objective;
import org.einloom.evaluation.Policy;
import org.einloom.mapper.MapperOptions;
import org.einloom.mapping.LoopTree;
import org.einloom.testing.Tiny;
import org.einloom.workload.Einsum;
import org.einloom.workload.Widths;
import org.junit.jupiter.api.Test;

/**
 * Every tile shape is there, and what it is said to cost is what the model says of its mapping; no
 * tile shape is better than the mapping that is proven to be the best, also where there are far too
 * many mappings to write each down.
 */
class TileSweepTest {
  private static final int MOST_SHAPES = 400;
  private static final int MOST_SWEPT = 300_000;

  @Test
  void everyShapeCostsWhatTheModelSays() {
    SmallProblems.check(
        "tile shapes",
        60,
        3000,
        SmallProblems::regular,
        (problem, random) -> {
          var every = new EveryStructure(problem, random, 40);
          List<LoopTree> all = new ArrayList<>();
          every.mappings.values().forEach(m -> m.forEach(one -> all.add(one.mapping())));
          int seen = 0;
          for (int i = 0; i < 4 && !all.isEmpty(); i++) {
            LoopTree mapping = all.get(random.nextInt(all.size()));
            boolean more = random.nextBoolean();
            Optional<TileSweep> sweep =
                more
                    ? TileShapes.withEveryLoop(problem, mapping, MOST_SHAPES)
                    : TileShapes.of(problem, mapping, MOST_SHAPES);
            if (sweep.isPresent()) {
              assertThat(sweep.get().count()).isLessThanOrEqualTo(MOST_SHAPES);
              seen += compare(problem, sweep.get(), random);
            }
          }
          return seen;
        });
  }

  private static int compare(Problem problem, TileSweep sweep, SplittableRandom random) {
    Objective objective = Objective.NAMED.get(random.nextInt(Objective.NAMED.size()));
    double[] values = new double[(int) sweep.count()];
    sweep.run(objective, problem.architecture.clockHz(), values);
    double least = Double.POSITIVE_INFINITY;
    long fitting = 0;
    Set<List<Long>> seen = new HashSet<>();
    for (int i = 0; i < values.length; i++) {
      List<Long> bounds = new ArrayList<>();
      for (long b : sweep.bounds(i)) {
        bounds.add(b);
      }
      assertThat(seen.add(bounds)).as("once: %s", bounds).isTrue();
      LoopTree mapping = sweep.mapping(i);
      Optional<Evaluation> cost = new EveryStructure.Costed(problem, mapping).cost();
      double value = cost.map(objective::value).orElse(Double.POSITIVE_INFINITY);
      if (Double.isInfinite(value) || Double.isInfinite(values[i])) {
        assertThat(values[i]).as("%s", mapping).isEqualTo(value);
      } else {
        assertThat(Math.abs(values[i] - value))
            .as("%s for %s, %s", values[i], value, mapping)
            .isLessThanOrEqualTo(1e-9 * value);
        fitting++;
      }
      least = Math.min(least, values[i]);
    }
    assertThat(sweep.evaluated()).isEqualTo(values.length);
    assertThat(sweep.fitting()).isEqualTo(fitting);
    assertThat(sweep.least()).isEqualTo(least);
    if (fitting > 0) {
      assertThat(values[(int) sweep.leastAt()]).isEqualTo(least);
    }
    return (int) fitting;
  }

  @Test
  void noneIsBetterThanTheBestMapping() {
    SmallProblems.check(
        "tile shapes beside the best",
        25,
        TileSweepTest::larger,
        (problem, random) -> {
          double none = Double.POSITIVE_INFINITY;
          double clockHz = problem.architecture.clockHz();
          var best = new Incumbents(problem.objective, false, clockHz, none, none);
          List<ExactSearch> searches = ExactSearch.of(problem, best);
          Searches.together(searches);
          if (best.mapping == null) {
            return 0;
          }
          Optional<TileSweep> sweep = TileShapes.withEveryLoop(problem, best.mapping, MOST_SWEPT);
          if (sweep.isEmpty()) {
            sweep = TileShapes.of(problem, best.mapping, MOST_SWEPT);
          }
          if (sweep.isEmpty()) {
            return 0;
          }
          sweep.get().run(problem.objective, clockHz, new double[0]);
          assertThat(sweep.get().least())
              .as("of %s, search says %s", sweep.get().evaluated(), best.value)
              .isBetween(best.value * (1 - 1e-9), best.value * (1 + 1e-9));
          return sweep.get().evaluated() > 1000 ? 1 : 0;
        });
  }

  /** A matrix product with extents of up to 64. */
  private static Problem larger(SplittableRandom random) {
    while (true) {
      long m = extent(random);
      long n = extent(random);
      long k = extent(random);
      Einsum einsum = Tiny.einsum("O[m,n] += A[m,k] * B[k,n]", "m=%d n=%d k=%d".formatted(m, n, k));
      Problem problem = SmallProblems.draw(random, einsum);
      if (SmallProblems.regular(problem)
          && Searches.isCovered(problem)
          && !Placement.all(problem).isEmpty()) {
        return problem;
      }
    }
  }

  private static long extent(SplittableRandom random) {
    return List.of(8L, 12L, 16L, 24L, 32L, 48L, 64L).get(random.nextInt(7));
  }

  /** What is too much to be written down is known before anything is made. */
  @Test
  void tooManyAreNotMade() {
    Einsum einsum = Tiny.einsum("O[m,n] += A[m,k] * B[k,n]", "m=720720 n=720720 k=720720");
    var problem =
        new Problem(einsum, design(), Objective.EDP, new MapperOptions(Policy.DEFAULT, 1));
    LoopTree mapping =
        Tiny.mapping("M0: A B O", "for m 840", "for n 1", "for k 1", "M1: A B O", "for m 1");
    assertThat(TileShapes.withEveryLoop(problem, mapping, 1e9)).isPresent();
    assertThat(TileShapes.withEveryLoop(problem, mapping, 1e6)).isEmpty();
    assertThat(TileShapes.of(problem, mapping, 1e6)).isPresent();
    assertThat(TileShapes.around(problem, mapping)).isPresent();
  }

  private static Architecture design() {
    var compute = new Compute("X", action("compute"), Figure.NONE, Figure.NONE);
    return new Architecture(
        "two", 1e9, "", new Widths(8, 8, 8, 16), List.of(memory("M0"), memory("M1"), compute));
  }

  private static Memory memory(String name) {
    var actions = new TreeMap<String, Action>();
    List.of("read", "write").forEach(a -> actions.put(a, action(a)));
    return new Memory(
        name, OptionalLong.empty(), Keep.MAY_ALL, actions, true, Figure.NONE, Figure.NONE);
  }

  private static Action action(String name) {
    return new Action(name, Figure.of(1, "test"), 1, 1);
  }

  @Test
  void waysAreCounted() {
    assertThat(Factorizations.count(1, 3)).isEqualTo(1);
    assertThat(Factorizations.count(12, 2)).isEqualTo(6);
    assertThat(Factorizations.count(1024, 4)).isEqualTo(286);
    var ways = new Factorizations(12, List.of(0, 2), 3);
    assertThat(ways.count).isEqualTo(6);
    long large = 1_000_003L * 720_720L;
    assertThat(Factorizations.count(large, 1)).isEqualTo(1);
    assertThat(new Factorizations(large, List.of(0, 1), 2).count)
        .isEqualTo((int) Factorizations.count(large, 2));
    assertThat(ways.group).containsExactly(0, 1, 2, 6);
  }
}
