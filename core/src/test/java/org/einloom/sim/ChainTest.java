package org.einloom.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.einloom.arch.Architecture;
import org.einloom.mapping.InvalidMappingException;
import org.einloom.testing.Tiny;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;
import org.junit.jupiter.api.Test;

/** Bypass, tensors without a word or with several uses, and what is not run. */
class ChainTest {
  private static final Architecture THREE_LEVELS = Tiny.architecture("M0", "M1", "M2");
  private static final Einsum PRODUCT = Tiny.einsum("O[m] += A[m,k] * B[k]", "m=2 k=3");

  @Test
  void everyTensorHasAChainOfItsOwn() {
    Sim sim = Sim.run(PRODUCT, THREE_LEVELS, "M0: A B O", "for m 1", "M1: B", "M2: A", "for k 1");
    sim.operand("M0", "A", 6, 0)
        .operand("M1", "A", 0, 0)
        .operand("M2", "A", 6, 6)
        .operand("M0", "B", 3, 0)
        .operand("M1", "B", 6, 3)
        .operand("M2", "B", 0, 0)
        .result("M0", 4, 0, "6/2", "0/0");
    assertThat(sim.counts().component("M1").occupancy()).containsOnlyKeys("B");
    assertThat(sim.counts().component("M2").occupancy()).containsOnlyKeys("A");
  }

  @Test
  void aMemoryWithoutTensorsCountsNothing() {
    Sim sim = Sim.run(PRODUCT, THREE_LEVELS, "M0: A B O", "for m 1", "M2: A B O", "for k 1");
    assertThat(sim.counts().components()).map(c -> c.component()).containsExactly("M0", "M1", "M2");
    assertThat(sim.counts().component("M1").classes()).isEmpty();
    assertThat(sim.counts().component("M1").occupancy()).isEmpty();
  }

  @Test
  void theSecondMemoryMayBeTheOutermostStorage() {
    Sim.run(PRODUCT, THREE_LEVELS, "M0: A O", "M1: B", "for m 1", "for k 1")
        .operand("M0", "B", 0, 0)
        .operand("M1", "B", 6, 0)
        .holds("M1", "B", 3, false);
  }

  @Test
  void twoUsesOfATensorAreTwoOperandsWithTheSameValues() {
    Einsum square = Tiny.einsum("O[] += A[k] * A#2[k]", "k=3");
    var result = Simulator.run(square, THREE_LEVELS, Tiny.mapping("M0: A A#2 O", "for k 1"));
    // a sum of squares, none of which is 0
    assertThat(result.result()).hasSize(1).allMatch(sum -> sum >= 3);
    new Sim(result.counts())
        .operand("M0", "A", 3, 0)
        .operand("M0", "A#2", 3, 0)
        .result("M0", 2, 0, "3/1", "0/0");
  }

  @Test
  void anIterationSpaceOfOnePointWithoutVariables() {
    Einsum one = Tiny.einsum("O[] += A[]", "k=1");
    var scalar = new Einsum("scalar", List.of(), one.operands(), one.output());
    Sim.run(scalar, THREE_LEVELS, "M0: A O", "M1: A O")
        .operand("M0", "A", 1, 0)
        .operand("M1", "A", 1, 1)
        .result("M1", 0, 0, "1/1", "1/1")
        .result("M0", 0, 0, "1/1", "0/0")
        .computes(1, 1, 1);
  }

  @Test
  void aTensorThatIsAllPaddingMovesNothing() {
    Einsum einsum = Tiny.einsum("O[p] += I[p-9:1] * W[p]", "p=3");
    Sim sim = Sim.run(einsum, THREE_LEVELS, "M0: I W O", "for p 1", "M1: I W O");
    sim.operand("M0", "I", 0, 0)
        .operand("M1", "I", 0, 0)
        .holds("M1", "I", 0, false)
        .result("M0", 0, 0, "3/3", "0/0");
    assertThat(sim.counts().component("M1").classes()).allMatch(c -> !c.flows().containsKey("I"));
  }

  @Test
  void refusesWhatItCouldNotFinish() {
    Einsum large = Tiny.einsum("O[m,n] += A[m,k] * B[k,n]", "m=4096 n=4096 k=4096");
    assertThatThrownBy(
            () ->
                Simulator.run(
                    large,
                    THREE_LEVELS,
                    Tiny.mapping("M0: A B O", "for m 1", "for n 1", "for k 1")))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("too large for the simulator")
        .hasMessageContaining("'tiny'");
  }

  @Test
  void refusesIllegalMappings() {
    assertThatThrownBy(
            () -> Simulator.run(PRODUCT, THREE_LEVELS, Tiny.mapping("M0: A B O", "for m 1")))
        .isInstanceOf(InvalidMappingException.class)
        .hasMessageContaining("'k'");
  }
}
