package org.einloom.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.einloom.counts.Counts;
import org.einloom.sim.Simulator;
import org.einloom.testing.RandomCase;
import org.einloom.testing.RandomCases;
import org.einloom.testing.Shrinker;
import org.junit.jupiter.api.Test;

/**
 * The model's counts equal the simulator's, every count of every instance, on random Einsums,
 * architectures and mappings. New cases at every run; a failure prints the seed that replays it and
 * a smaller case that fails as well. {@code -Deinloom.seed=N} starts at a given seed, {@code
 * -Deinloom.cases=N} draws another number.
 */
class ModelEqualsSimulatorTest {
  private static final int CASES = Integer.getInteger("einloom.cases", 12_000);

  @Test
  void countsAreEqual() {
    long seed = Long.getLong("einloom.seed", System.nanoTime() & 0xfffffffffL);
    AtomicInteger stepped = new AtomicInteger();
    LongStream.range(seed, seed + CASES)
        .parallel()
        .forEach(
            s -> {
              RandomCase drawn = RandomCases.draw(s);
              if (!equal(drawn)) {
                RandomCase small = Shrinker.shrink(drawn, c -> !equal(c));
                assertThat(model(small).counts())
                    .as("replay with -Deinloom.seed=%d -Deinloom.cases=1%n%s", s, small.describe())
                    .isEqualTo(simulated(small));
              }
              if (model(drawn).methods().containsValue(Method.STEPPED)) {
                stepped.incrementAndGet();
              }
            });
    double share = (double) stepped.get() / CASES;
    System.out.printf(
        "model = simulator on %d cases from seed %d; %.2f %% needed stepping%n",
        CASES, seed, 100 * share);
    if (CASES >= 10_000) {
      assertThat(share).as("share of cases without a closed form").isLessThan(0.05);
    }
  }

  private static boolean equal(RandomCase c) {
    return model(c).counts().equals(simulated(c));
  }

  private static Analysis model(RandomCase c) {
    return DenseModel.analyze(c.einsum(), c.architecture(), c.mapping());
  }

  private static Counts simulated(RandomCase c) {
    return Simulator.run(c.einsum(), c.architecture(), c.mapping()).counts();
  }
}
