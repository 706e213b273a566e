package org.einloom.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.einloom.counts.ComponentCounts;
import org.einloom.mapping.Legality;
import org.einloom.sim.Simulator;
import org.junit.jupiter.api.Test;

class ShrinkerTest {
  /** Some memory gets starting values: an observable that a few nodes suffice for. */
  private static boolean hasStartingValues(RandomCase c) {
    String result = c.einsum().output().name();
    return Simulator.run(c.einsum(), c.architecture(), c.mapping()).counts().components().stream()
        .map((ComponentCounts component) -> component.total(result))
        .anyMatch(flows -> flows.fills() > 0);
  }

  @Test
  void findsTheSmallestCaseWithStartingValues() {
    RandomCase large =
        LongStream.range(0, 1000)
            .mapToObj(RandomCases::draw)
            .filter(ShrinkerTest::hasStartingValues)
            .filter(c -> c.einsum().computes() > 100)
            .findFirst()
            .orElseThrow();

    RandomCase small = Shrinker.shrink(large, ShrinkerTest::hasStartingValues);

    // A result of two words, visited twice with a reduction outside and one memory that must give
    // up the
    // first for the second: an outer loop, an inner loop, and a storage node below.
    assertThat(small.einsum().computes()).as(small.describe()).isEqualTo(4);
    assertThat(small.mapping().nodes().size() - small.einsum().operands().size())
        .as(small.describe())
        .isEqualTo(4);
    Legality.check(small.einsum(), small.architecture(), small.mapping());
  }

  @Test
  void keepsACaseThatNothingSimplerFails() {
    RandomCase drawn = RandomCases.draw(1);
    Predicate<RandomCase> onlyItself = drawn::equals;

    assertThat(Shrinker.shrink(drawn, onlyItself)).isEqualTo(drawn);
  }
}
