package org.einloom.mapper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * On random small problems the answer is as good as brute force over every mapping, and everything
 * that is said of it is true. New problems at every run; a failure prints the seed that replays it.
 * {@code -Deinloom.seed=N} starts at a given seed, {@code -Deinloom.cases=N} draws another number;
 * {@link ReplayProblem} shows both answers.
 */
class ExactMapperTest {
  private static final int CASES = Integer.getInteger("einloom.cases", 1000);

  @Test
  void asGoodAsBruteForce() {
    Map<String, Integer> answers =
        MapperProperty.check(ExactMapper::new, CASES, UnaryOperator.identity());
    double all = answers.values().stream().mapToInt(Integer::intValue).sum();
    assertThat(all).isEqualTo(CASES);
    if (CASES >= 1000) {
      assertThat(answers.getOrDefault("none", 0) / all).as("share without mapping").isLessThan(0.3);
      assertThat(answers.getOrDefault("optimal", 0) / all).as("share proven").isGreaterThan(0.7);
    }
  }
}
