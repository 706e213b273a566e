package org.einloom.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.einloom.counts.Counts;
import org.einloom.sim.Simulator;
import org.einloom.testing.LinkedCases;
import org.einloom.testing.RandomCase;
import org.einloom.testing.Shrinker;
import org.junit.jupiter.api.Test;

/**
 * With links between neighbours, too, the model's counts equal the simulator's. {@code
 * -Deinloom.seed=N} starts at a given seed, {@code -Deinloom.cases=N} draws another number.
 */
class LinksTest {
  private static final int CASES = Integer.getInteger("einloom.cases", 6_000);

  @Test
  void countsAreEqual() {
    long seed = Long.getLong("einloom.seed", System.nanoTime() & 0xfffffffffL);
    AtomicInteger stepped = new AtomicInteger();
    AtomicInteger linked = new AtomicInteger();
    LongStream.range(seed, seed + CASES)
        .parallel()
        .forEach(
            s -> {
              RandomCase drawn = LinkedCases.draw(s);
              Counts counts = simulated(drawn);
              Analysis analysis = model(drawn);
              if (!analysis.counts().equals(counts)) {
                RandomCase small =
                    Shrinker.shrink(drawn, c -> !model(c).counts().equals(simulated(c)));
                assertThat(model(small).counts())
                    .as("replay with -Deinloom.seed=%d -Deinloom.cases=1%n%s", s, small.describe())
                    .isEqualTo(simulated(small));
              }
              assertThat(otherWays(drawn))
                  .as("replay with -Deinloom.seed=%d -Deinloom.cases=1%n%s", s, drawn.describe())
                  .allMatch(counts::equals);
              stepped.addAndGet(analysis.methods().containsValue(Method.STEPPED) ? 1 : 0);
              linked.addAndGet(links(drawn, counts) > 0 ? 1 : 0);
            });
    System.out.printf(
        "model = simulator on %d cases from seed %d, in %d of them neighbours hand on words;"
            + " %.2f %% needed stepping%n",
        CASES, seed, linked.get(), 100.0 * stepped.get() / CASES);
    if (CASES >= 1000) {
      assertThat(linked.get()).as("cases in which links are used").isGreaterThan(CASES / 50);
    }
  }

  private static long links(RandomCase c, Counts counts) {
    return counts.components().stream()
        .flatMap(x -> c.einsum().tensors().stream().map(t -> x.total(t.name()).links()))
        .mapToLong(Long::longValue)
        .sum();
  }

  /** Counted in all ways that there are for each operand. */
  private static List<Counts> otherWays(RandomCase c) {
    var compiled = new Compiled(c.einsum(), c.architecture(), c.mapping());
    return List.of(
        DenseModel.count(compiled, t -> Method.STEPPED).counts(),
        DenseModel.count(
                compiled,
                t ->
                    OperandKinds.covers(compiled, t)
                        ? Method.BY_KIND
                        : DenseModel.method(compiled, t))
            .counts());
  }

  private static Analysis model(RandomCase c) {
    return DenseModel.analyze(c.einsum(), c.architecture(), c.mapping());
  }

  private static Counts simulated(RandomCase c) {
    return Simulator.run(c.einsum(), c.architecture(), c.mapping()).counts();
  }
}
