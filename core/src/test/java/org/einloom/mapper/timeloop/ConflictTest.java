package org.einloom.mapper.timeloop;

import static org.assertj.core.api.Assertions.assertThat;

import org.einloom.mapper.MappingResult;
import org.einloom.mapper.SearchMonitor;
import org.einloom.testing.Seeds;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is said of an empty mapspace, against brute force. */
class ConflictTest {
  private static final int CASES = Integer.getInteger("einloom.cases", 25);
  private static final long SEED = Long.getLong("einloom.seed", System.nanoTime());

  @Test
  @DisplayName("each requirement that is named is one without which there are mappings")
  void named() {
    int empty = 0;
    int single = 0;
    for (long seed = SEED; empty < CASES && seed < SEED + 200L * CASES; seed++) {
      RandomProblem p = RandomProblem.of(Seeds.random(seed), 16);
      if (has(p.space(), p, new Requirement("", p.space(), p.machine()))) {
        continue;
      }
      empty++;
      MappingResult r =
          NestMapper.map(
              p.space(),
              p.architecture(),
              p.machine(),
              p.switches(),
              p.objective(),
              SearchMonitor.NONE);
      assertThat(r).as("seed %d", seed).isInstanceOf(MappingResult.None.class);
      String reason = ((MappingResult.None) r).reason();
      int named = 0;
      for (Requirement asked : Requirement.of(p.space(), p.machine())) {
        boolean culprit = has(asked.space(), p, asked);
        if (named < 3) {
          assertThat(reason.contains("without " + asked.says()))
              .as("seed %d, %s, %s", seed, asked.says(), reason)
              .isEqualTo(culprit);
        }
        named += culprit ? 1 : 0;
      }
      single += named > 0 ? 1 : 0;
      assertThat(reason.contains("no single one of them")).isEqualTo(named == 0);
    }
    System.out.printf("ConflictTest: seed %d, %d empty, %d explained%n", SEED, empty, single);
    assertThat(single).as("seed %d", SEED).isPositive();
  }

  private static boolean has(NestSpace space, RandomProblem p, Requirement r) {
    boolean[] found = {false};
    var changed =
        new RandomProblem(space, p.architecture(), r.machine(), p.switches(), p.objective());
    EveryNest.of(
        space,
        r.machine(),
        1_000_000,
        n -> found[0] |= !found[0] && Double.isFinite(OneArgument.value(changed, n)));
    return found[0];
  }
}
