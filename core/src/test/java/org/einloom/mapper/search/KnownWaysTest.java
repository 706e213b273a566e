package org.einloom.mapper.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import org.einloom.evaluation.Objective;
import org.junit.jupiter.api.Test;

/**
 * Where something is known, ways that cost more are given up. Bounds of what is better are then
 * those without anything known; what is no better is said to be so; and what is found with labels
 * is what is found without any bound by positions.
 */
class KnownWaysTest {
  private static int within;
  private static int beyond;
  private static int found;

  @Test
  void nothingBetterIsGivenUp() {
    SmallProblems.check("known ways", 400, FillBoundTest::draw, KnownWaysTest::compare);
    assertThat(within).as("bounds of what is better").isGreaterThan(100);
    assertThat(beyond).as("bounds of what is no better").isGreaterThan(100);
    assertThat(found).as("mappings that are better").isGreaterThan(100);
  }

  private static int compare(Problem problem, SplittableRandom random) {
    int seen = 0;
    for (int i = 0; i < 6; i++) {
      Structure s = RandomStructures.draw(problem, random);
      if (s.impossible) {
        continue;
      }
      Incumbents exact = SlideBoundTest.nothing(problem);
      new TemporalSearch(EnumSet.of(TemporalSearch.Shortcut.FILL_BOUND))
          .run(s, exact, problem.options.monitor(), Double.NEGATIVE_INFINITY);
      if (exact.mapping == null) {
        continue;
      }
      // about what the structure costs, where there is something to tell
      double above = exact.value - s.least()[0];
      double known = s.least()[0] + above * (0.2 + 1.2 * random.nextDouble());
      double[] all = bounds(s, SlideBoundTest.nothing(problem));
      double[] limited = bounds(s, knowing(problem, known));
      assertThat(limited).hasSameSizeAs(all);
      for (int k = 0; k < all.length; k++) {
        if (s.least()[0] + all[k] <= known * (1 - 1e-9)) {
          assertThat(s.least()[0] + limited[k])
              .as("bound %s of %s where %s pJ are known", k, s.placement, known)
              .isCloseTo(s.least()[0] + all[k], withPercentage(1e-7));
          within++;
        } else if (s.least()[0] + all[k] > known * (1 + 1e-9)) {
          assertThat(s.least()[0] + limited[k]).isGreaterThan(known);
          beyond++;
        }
      }
      Incumbents better = knowing(problem, known);
      new TemporalSearch().run(s, better, problem.options.monitor(), Double.NEGATIVE_INFINITY);
      if (exact.value < known * (1 - 1e-9)) {
        assertThat(better.value).isCloseTo(exact.value, withPercentage(1e-7));
        found++;
      } else if (exact.value > known * (1 + 1e-9)) {
        assertThat(better.mapping).as("a mapping of less than %s pJ", known).isNull();
      }
      seen++;
    }
    return seen;
  }

  /** By positions, then by stands. */
  private static double[] bounds(Structure s, Incumbents best) {
    StructureBounds bounds = new TemporalSearch().bounds(s).within(best);
    double[] stands = bounds.byStandPj();
    double[] all = Arrays.copyOf(stands, stands.length + 1);
    all[stands.length] = bounds.excessPj();
    return all;
  }

  private static Incumbents knowing(Problem problem, double energyPj) {
    Incumbents known = SlideBoundTest.nothing(problem);
    known.value = energyPj;
    return known;
  }

  @Test
  void roomIsTheMostThatIsNotPruned() {
    var random = new SplittableRandom();
    double none = Double.POSITIVE_INFINITY;
    for (int i = 0; i < 10_000; i++) {
      Objective objective =
          List.of(
                  Objective.ENERGY,
                  Objective.EDP,
                  Objective.LATENCY,
                  Objective.weighted("w", random.nextInt(2), 1))
              .get(random.nextInt(4));
      var best = new Incumbents(objective, false, 1e9, random.nextBoolean() ? none : 150, none);
      if (random.nextInt(4) > 0) {
        double energyPj = 1 + 200 * random.nextDouble();
        double cycles = 1 + random.nextInt(4);
        best.value = best.value(energyPj, cycles);
        best.tie = best.tie(energyPj, cycles);
      }
      double pj = 100 * random.nextDouble();
      double cycles = 1 + random.nextInt(4);
      double room = best.roomPj(pj, cycles);
      if (room < 0) {
        assertThat(best.prunes(pj, cycles)).isTrue();
      } else {
        assertThat(best.prunes(pj + room, cycles)).isFalse();
        assertThat(room == none || best.prunes(pj + Math.nextUp(room), cycles)).isTrue();
      }
    }
  }
}
