package org.einloom.mapper.timeloop;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.einloom.evaluation.timeloop.Accounting;
import org.einloom.evaluation.timeloop.Nest;
import org.einloom.mapper.MappingResult;
import org.einloom.mapper.Optimality;
import org.einloom.mapper.SearchMonitor;
import org.einloom.testing.Seeds;
import org.einloom.workload.InvalidSpecException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The search against every mapping of small spaces, each costed by the plain accounting. Replay one
 * with {@code -Deinloom.seed=N -Deinloom.cases=1}.
 */
class NestMapperTest {
  private static final int CASES = Integer.getInteger("einloom.cases", 120);
  private static final long SEED = Long.getLong("einloom.seed", System.nanoTime());
  private static final long MOST = 6_000;

  @Test
  @DisplayName("what is proven is the best of all mappings")
  void bruteForce() {
    int compared = 0;
    int empty = 0;
    for (long seed = SEED; compared < CASES && seed < SEED + 40L * CASES; seed++) {
      RandomProblem p = RandomProblem.of(Seeds.random(seed), 24);
      double[] best = {Double.POSITIVE_INFINITY};
      try {
        EveryNest.of(p.space(), p.machine(), MOST, n -> best[0] = Math.min(best[0], value(p, n)));
      } catch (EveryNest.TooMany e) {
        continue;
      }
      MappingResult result =
          NestMapper.map(
              p.space(),
              p.architecture(),
              p.machine(),
              p.switches(),
              p.objective(),
              SearchMonitor.NONE);
      if (Double.isInfinite(best[0])) {
        empty++;
        assertThat(result).as("seed %d", seed).isInstanceOf(MappingResult.None.class);
        continue;
      }
      compared++;
      assertThat(result).as("seed %d", seed).isInstanceOf(MappingResult.Found.class);
      Optimality o = ((MappingResult.Found) result).optimality();
      assertThat(o.status()).isEqualTo(Optimality.Status.OPTIMAL);
      assertThat(o.value())
          .as("seed %d, %s, %s", seed, p.switches(), p.objective().label())
          .isCloseTo(best[0], Offset.offset(1e-9 * best[0]));
      assertThat(o.lowerBound()).hasValue(o.value());
    }
    System.out.printf(
        "NestMapperTest: seed %d, %d compared, %d without a mapping%n", SEED, compared, empty);
    assertThat(compared).as("seed %d", SEED).isGreaterThanOrEqualTo(Math.min(CASES, 20));
  }

  private static double value(RandomProblem p, Nest nest) {
    try {
      return p.objective()
          .value(Accounting.of(nest, p.architecture(), p.machine(), p.switches()).evaluation());
    } catch (InvalidSpecException e) {
      assertThat(e).hasMessageContaining("holds"); // too small a level, and nothing else
      return Double.POSITIVE_INFINITY;
    }
  }
}
