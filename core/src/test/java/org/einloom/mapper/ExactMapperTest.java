package org.einloom.mapper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.einloom.evaluation.Objective;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * On random small problems the answer is as good as brute force over every mapping, and everything
 * that is said of it is true. New problems at every run; a failure prints the seed that replays it.
 * {@code -Deinloom.seed=N} starts at a given seed, {@code -Deinloom.cases=N} draws another number;
 * {@link ReplayProblem} shows both answers.
 */
class ExactMapperTest {
  private static final int CASES = Integer.getInteger("einloom.cases", 1000);

  /**
   * Problems that were once answered wrongly: words of overlapping tiles counted twice in a bound;
   * a tensor that is all padding in a memory that cannot read; an outermost memory with room for
   * complete results only.
   */
  @ParameterizedTest
  @ValueSource(longs = {789, 22111, 23297})
  void rightNow(long seed) {
    assertThat(MapperCheck.of(RandomProblems.draw(seed)).check(new ExactMapper()))
        .isInstanceOf(MappingResult.Found.class);
  }

  /**
   * A weight of 0 makes nothing possible that has no end of energy: the bound of such a structure
   * was no number once, and the search went round it for ever.
   */
  @ParameterizedTest
  @ValueSource(longs = {896, 22111})
  void rightWithWeightsOfZero(long seed) {
    Problem p = RandomProblems.draw(seed);
    for (Objective objective :
        List.of(
            Objective.weighted("0*energy + 1e9*latency", 0, 1e9),
            Objective.weighted("1*energy + 0*latency", 1, 0))) {
      var weighted =
          new Problem(
              p.name(),
              p.einsum(),
              p.architecture(),
              objective,
              p.tiling(),
              p.constraints(),
              p.front());
      assertThat(MapperCheck.of(weighted).check(new ExactMapper()))
          .isInstanceOf(MappingResult.Found.class);
    }
  }

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
