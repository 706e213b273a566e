package org.einloom.mapper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Where neighbours hand on words, too, the answer is as good as brute force over every mapping.
 * {@code -Deinloom.seed=N} starts at a given seed, {@code -Deinloom.cases=N} draws another number.
 */
class LinkedMapperTest {
  private static final int CASES = Integer.getInteger("einloom.cases", 150);

  @Test
  void asGoodAsBruteForce() {
    Map<String, Integer> answers =
        MapperProperty.check(
            LinkedProblems::draw, ExactMapper::new, CASES, UnaryOperator.identity());
    assertThat(answers.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(CASES);
    if (CASES >= 100) {
      assertThat(answers.getOrDefault("optimal", 0)).as("proven").isGreaterThan(CASES / 2);
    }
  }
}
