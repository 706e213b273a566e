package org.einloom.mapper.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.SplittableRandom;
import org.einloom.evaluation.Objective;
import org.junit.jupiter.api.Test;

/**
 * What the cheapest way with a known tile costs is no more than the best mapping of the structure
 * and the stand does; also where ways are left out that are no better than a mapping at hand.
 * Several structures of one problem, because tables of ranks are remembered from one to the next.
 */
class SlideBoundTest {
  private static int higher;
  private static int exact;

  @Test
  void noMappingOfTheStandCostsLess() {
    SmallProblems.check("tiles", 600, FillBoundTest::draw, SlideBoundTest::stands);
    assertThat(higher).as("higher than the bound by positions").isGreaterThan(50);
    assertThat(exact).as("equal to the best mapping").isGreaterThan(50);
  }

  private static int stands(Problem problem, SplittableRandom random) {
    int seen = 0;
    var bound = new TemporalSearch();
    var search = new TemporalSearch(EnumSet.of(TemporalSearch.Shortcut.FILL_BOUND));
    for (int i = 0; i < 6; i++) {
      Structure s = RandomStructures.draw(problem, random);
      if (s.halo == null || s.impossible) {
        continue;
      }
      double plain = bound.bounds(s).excessPj();
      double[] stands = byTile(bound, s, nothing(problem));
      double least = Double.POSITIVE_INFINITY;
      for (int stand = 0; stand < stands.length; stand++) {
        double[] only = new double[stands.length];
        Arrays.fill(only, Double.POSITIVE_INFINITY);
        only[stand] = 0;
        Incumbents best = nothing(problem);
        search.run(
            s, only, Long.MAX_VALUE, best, problem.options.monitor(), Double.NEGATIVE_INFINITY);
        if (best.mapping == null) {
          continue;
        }
        double energyPj = Searches.evaluate(problem, best.mapping).energyPj();
        least = Math.min(least, energyPj);
        assertThat(s.least()[0] + stands[stand])
            .as("energy of %s, %s pJ beyond that of its structure", best.mapping, stands[stand])
            .isLessThanOrEqualTo(energyPj * (1 + 1e-9));
        higher += stands[stand] > plain * (1 + 1e-9) ? 1 : 0;
        exact += s.least()[0] + stands[stand] >= energyPj * (1 - 1e-9) ? 1 : 0;
        seen++;
      }
      if (Double.isFinite(least)) {
        knowing(bound, s, least);
      }
    }
    return seen;
  }

  static double[] byTile(TemporalSearch bound, Structure s, Incumbents best) {
    return bound.bounds(s).byTilePj(bound.bounds(s).byStandPj(), best);
  }

  /** With a mapping at hand that is hardly worse. */
  private static void knowing(TemporalSearch bound, Structure s, double least) {
    Incumbents known = nothing(s.problem);
    known.value = least * 1.001;
    known.tie = Double.POSITIVE_INFINITY;
    double[] stands = byTile(bound, s, known);
    assertThat(s.least()[0] + Arrays.stream(stands).min().orElseThrow())
        .as("bound of %s where a mapping of %s pJ is known", s.placement, known.value)
        .isLessThanOrEqualTo(least * (1 + 1e-9));
  }

  static Incumbents nothing(Problem problem) {
    double none = Double.POSITIVE_INFINITY;
    return new Incumbents(Objective.ENERGY, false, problem.architecture.clockHz(), none, none);
  }
}
