package org.einloom.mapper.timeloop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import org.assertj.core.data.Offset;
import org.einloom.evaluation.timeloop.Accounting;
import org.einloom.evaluation.timeloop.Nest;
import org.einloom.mapper.SearchMonitor;
import org.einloom.testing.Seeds;
import org.einloom.workload.InvalidSpecException;

/**
 * A search that relies on one argument alone, or on none, against every mapping of small spaces.
 * Replay one with {@code -Deinloom.seed=N -Deinloom.cases=1}.
 */
final class OneArgument {
  private static final int CASES = Integer.getInteger("einloom.cases", 40);
  private static final long SEED = Long.getLong("einloom.seed", System.nanoTime());
  private static final long MOST = 3_000;

  private OneArgument() {}

  static void check(EnumSet<Argument> arguments) {
    int compared = 0;
    for (long seed = SEED; compared < CASES && seed < SEED + 40L * CASES; seed++) {
      RandomProblem p = RandomProblem.of(Seeds.random(seed), 24);
      double[] best = {Double.POSITIVE_INFINITY};
      try {
        EveryNest.of(p.space(), p.machine(), MOST, n -> best[0] = Math.min(best[0], value(p, n)));
      } catch (EveryNest.TooMany e) {
        continue;
      }
      if (Double.isInfinite(best[0])) {
        continue;
      }
      compared++;
      var problem =
          new Problem(p.space(), p.architecture(), p.machine(), p.switches(), p.objective());
      var search =
          new LabelSearch(
              problem, SearchMonitor.NONE, l -> value(p, Nests.of(problem, l)), arguments);
      new Structures(problem, new Ports(problem)).addTo(search);
      assertThat(search.run()).isTrue();
      assertThat(search.best)
          .as("seed %d, %s, %s", seed, arguments, p.switches())
          .isCloseTo(best[0], Offset.offset(1e-9 * best[0]));
    }
    System.out.printf("%s: seed %d, %d compared%n", arguments, SEED, compared);
    assertThat(compared).as("seed %d", SEED).isGreaterThanOrEqualTo(Math.min(CASES, 20));
  }

  static double value(RandomProblem p, Nest nest) {
    try {
      return p.objective()
          .value(Accounting.of(nest, p.architecture(), p.machine(), p.switches()).evaluation());
    } catch (InvalidSpecException e) {
      assertThat(e).hasMessageContaining("holds"); // too small a level, and nothing else
      return Double.POSITIVE_INFINITY;
    }
  }
}
