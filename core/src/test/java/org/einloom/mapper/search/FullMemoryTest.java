package org.einloom.mapper.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.einloom.mapper.search.TemporalSearch.End;
import org.junit.jupiter.api.Test;

/** A search that would take too much memory ends with a bound of all that it has not seen. */
class FullMemoryTest {
  @Test
  void endsWithABound() {
    SmallProblems.check(
        "searches that ended early",
        300,
        ShortcutCheck::draw,
        (problem, random) -> {
          Structure s = RandomStructures.draw(problem, random);
          if (s.halo != null && s.halo.uneven) {
            return 0;
          }
          var best = Front.energyWanted(problem);
          var monitor = problem.options.monitor();
          new TemporalSearch().run(s, best, monitor, Double.NEGATIVE_INFINITY);
          var full = new TemporalSearch(Set.of(), random.nextInt(2) != 0);
          full.labels.mostBytes = 1_500;
          full.labels.watchEvery = 1;
          var some = Front.energyWanted(problem);
          End end = full.run(s, some, monitor, Double.NEGATIVE_INFINITY);
          if (end == End.PROVEN) {
            assertThat(some.value == best.value || some.value <= best.value * (1 + 1e-9)).isTrue();
            return 0;
          }
          assertThat(Math.min(full.openBound(), some.value))
              .as("bound")
              .isLessThanOrEqualTo(best.value * (1 + 1e-9));
          assertThat(some.value).as("found").isGreaterThanOrEqualTo(best.value * (1 - 1e-9));
          return 1;
        });
  }
}
