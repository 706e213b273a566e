package org.einloom.mapper.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.einloom.mapper.BruteFeasibility;
import org.einloom.mapper.RandomEmpty;
import org.junit.jupiter.api.Test;

/** What is said of random empty mapspaces is true. */
class RandomConflictsTest {
  /** Mappings looked through for one answer; what is left out makes mapspaces much larger. */
  private static final long MOST_MAPPINGS = 1_000;

  @Test
  void everyClaimHolds() {
    long start = Long.getLong("einloom.seed", System.nanoTime() & 0xfffffffffL);
    long cases = Long.getLong("einloom.cases", 40);
    Map<String, Integer> seen = new TreeMap<>();
    for (long seed = start;
        seed < start + cases || (cases > 1 && few(seen) && seed < start + 10 * cases);
        seed++) {
      Map<Question, Feasibility.Answer> answers = new HashMap<>();
      Feasibility truth = q -> answers.computeIfAbsent(q, new BruteFeasibility(MOST_MAPPINGS)::ask);
      Optional<Question> empty = RandomEmpty.draw(seed, truth);
      if (empty.isEmpty()) {
        continue;
      }
      try {
        Optional<Conflict> conflict =
            Conflicts.find(empty.get(), seed % 2 == 0, truth, () -> false);
        assertThat(conflict).as("a conflict").isPresent();
        ConflictCheck.check(empty.get(), conflict.get(), truth);
        conflict.get().members().forEach(m -> seen.merge(kind(m), 1, Integer::sum));
        seen.merge("conflicts of " + conflict.get().members().size(), 1, Integer::sum);
        seen.merge(conflict.get().smallest() ? "smallest" : "maybe not smallest", 1, Integer::sum);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            "replay with -Deinloom.seed=%d -Deinloom.cases=1%n%s".formatted(seed, e.getMessage()),
            e);
      }
    }
    System.out.printf("empty mapspaces from seed %d: %s%n", start, seen);
    if (cases > 1) {
      assertThat(few(seen)).as("%s", seen).isFalse();
    }
  }

  /** About a quarter of all cases give a conflict that is the smallest, half have a demand. */
  private static boolean few(Map<String, Integer> seen) {
    return seen.getOrDefault("Demand", 0) < 5 || seen.getOrDefault("smallest", 0) < 3;
  }

  private static String kind(Conflict.Member member) {
    return member.requirement().getClass().getSimpleName();
  }
}
