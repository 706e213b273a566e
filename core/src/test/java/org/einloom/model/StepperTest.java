package org.einloom.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.einloom.arch.Architecture;
import org.einloom.counts.Counts;
import org.einloom.counts.Flows;
import org.einloom.mapping.LoopTree;
import org.einloom.sim.Simulator;
import org.einloom.testing.RandomCase;
import org.einloom.testing.RandomCases;
import org.einloom.testing.Shrinker;
import org.einloom.testing.Tiny;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;
import org.junit.jupiter.api.Test;

/**
 * That walking through the steps counts what the simulator counts, for every tensor, whether it has
 * a closed form or not; and that it ends in bounded time. New cases at every run; a failure prints
 * the seed that replays it with {@code -Deinloom.seed=N}.
 */
class StepperTest {
  private static final Architecture SPREAD =
      Tiny.architecture("M0", "F0 x=8 y=4 words reduce", "M1");

  @Test
  void everyTensorSteppedThroughEqualsTheSimulator() {
    long seed = seed();
    LongStream.range(seed, seed + 1_500).parallel().forEach(StepperTest::check);
    System.out.printf("stepper = simulator on 1500 cases from seed %d%n", seed);
  }

  @Test
  void tensorsWithoutClosedFormEqualTheSimulator() {
    long seed = seed();
    AtomicInteger checked = new AtomicInteger();
    LongStream.range(seed, seed + 15_000)
        .parallel()
        .filter(s -> needsStepping(RandomCases.draw(s)))
        .forEach(
            s -> {
              checked.incrementAndGet();
              check(s);
            });
    System.out.printf(
        "stepper = simulator on %d cases without closed form from seed %d%n", checked.get(), seed);
    assertThat(checked.get()).isGreaterThan(100);
  }

  /** Beyond what the simulator can run: where both ways exist they agree. */
  @Test
  void largeTensorsSteppedThroughEqualTheirClosedForms() {
    Einsum einsum =
        Tiny.einsum("O[m,p,q] += I[c,2*p+r,q+s] * W[m,c,r,s]", "m=24 c=20 p=18 q=13 r=3 s=3");
    LoopTree mapping =
        Tiny.mapping(
            "M0: I W O",
            "for m 6",
            "for c 4",
            "par F0.x m 1",
            "par F0.y q 4",
            "M1: I W O",
            "for p 5",
            "for r 1",
            "for s 1",
            "for c 1",
            "for q 1",
            "for p 1");
    assertThat(einsum.computes()).isGreaterThan(1_000_000);
    Analysis closed = DenseModel.analyze(einsum, SPREAD, mapping);
    assertThat(closed.methods()).doesNotContainValue(Method.STEPPED);
    assertThat(stepped(einsum, SPREAD, mapping)).isEqualTo(closed.counts());
  }

  @Test
  void tooManyWordsAreRefusedWithTheSharedVariable() {
    Einsum einsum = Tiny.einsum("O[i,k] += A[i,i+j] * B[j,k]", "i=6000 j=6000 k=2");
    LoopTree mapping = Tiny.mapping("M0: A B O", "for i 1", "for j 1", "for k 1");
    assertThatThrownBy(() -> DenseModel.analyze(einsum, Tiny.architecture("M0"), mapping))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("tensor 'A' of Einsum 'tiny'")
        .hasMessageContaining("ranks of 'A' share rank variable 'i'")
        .hasMessageContaining("use smaller extents");
  }

  @Test
  void tooManyPointsAreRefusedWithWhatIsSpread() {
    Einsum einsum = Tiny.einsum("O[2*p+r] += I[c,p] * W[c,r]", "p=8000 r=4 c=4000");
    LoopTree mapping =
        Tiny.mapping("M0: I W O", "par F0.x p 1000", "M1: I W O", "for p 1", "for c 1", "for r 1");
    assertThatThrownBy(() -> DenseModel.analyze(einsum, SPREAD, mapping))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("tensor 'O' of Einsum 'tiny'")
        .hasMessageContaining("rank variable 'p' is spread over fanout 'F0'")
        .hasMessageContaining("do not spread 'p' over 'F0'");
  }

  /** Each of the loops halves at best, so step numbers would need more than 64 bits. */
  @Test
  void stepNumbersBeyondLongAreRefusedNotWrong() {
    List<String> lines = new ArrayList<>(List.of("M0: I W O", "par F0.x p 1", "M1: I W O"));
    for (int tile = 69; tile >= 1; tile--) {
      lines.add("for c " + tile);
    }
    lines.add("for r 1");
    LoopTree mapping = Tiny.mapping(lines.toArray(new String[0]));
    Einsum einsum = Tiny.einsum("O[p+r] += I[c,p] * W[c,r]", "p=2 r=2 c=70");
    assertThatThrownBy(() -> DenseModel.analyze(einsum, SPREAD, mapping))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("in its 71 loops");
  }

  /** An operand needs no step numbers, and sees only indices that are in range. */
  @Test
  void operandsUnderManyLoopsAreCounted() {
    List<String> lines = new ArrayList<>(List.of("M0: A B O"));
    for (int tile = 69; tile >= 1; tile--) {
      lines.add("for i " + tile);
    }
    lines.add("for j 1");
    Einsum einsum = Tiny.einsum("O[i] += A[i,i+j] * B[j]", "i=70 j=2");
    Counts counts =
        DenseModel.analyze(
                einsum, Tiny.architecture("M0"), Tiny.mapping(lines.toArray(new String[0])))
            .counts();
    assertThat(counts.component("M0").total("A").reads()).isEqualTo(140);
  }

  @Test
  void resultsThatAreAllPaddingMoveNothing() {
    Einsum einsum = Tiny.einsum("O[p+r+9:3] += I[c,p] * W[c,r]", "p=8 r=4 c=1000000000");
    LoopTree mapping =
        Tiny.mapping("M0: I W O", "par F0.x p 1", "M1: I W O", "for p 1", "for c 1", "for r 1");
    Analysis analysis = DenseModel.analyze(einsum, SPREAD, mapping);
    assertThat(analysis.methods()).containsEntry("O", Method.STEPPED);
    assertThat(analysis.counts().component("M0").total("O")).isEqualTo(Flows.ZERO);
  }

  private static long seed() {
    return Long.getLong("einloom.seed", System.nanoTime() & 0xfffffffffL);
  }

  private static void check(long seed) {
    RandomCase drawn = RandomCases.draw(seed);
    if (!equal(drawn)) {
      RandomCase small = Shrinker.shrink(drawn, c -> !equal(c));
      assertThat(stepped(small.einsum(), small.architecture(), small.mapping()))
          .as("replay with -Deinloom.seed=%d%n%s", seed, small.describe())
          .isEqualTo(simulated(small));
    }
  }

  private static boolean equal(RandomCase c) {
    return stepped(c.einsum(), c.architecture(), c.mapping()).equals(simulated(c));
  }

  private static boolean needsStepping(RandomCase c) {
    Compiled compiled = new Compiled(c.einsum(), c.architecture(), c.mapping());
    return compiled.tensors.stream().anyMatch(t -> !ClosedForm.exists(compiled, t));
  }

  /** Counts with every tensor stepped through. */
  private static Counts stepped(Einsum einsum, Architecture architecture, LoopTree mapping) {
    Compiled compiled = new Compiled(einsum, architecture, mapping);
    return DenseModel.count(compiled, tensor -> Method.STEPPED).counts();
  }

  private static Counts simulated(RandomCase c) {
    return Simulator.run(c.einsum(), c.architecture(), c.mapping()).counts();
  }
}
