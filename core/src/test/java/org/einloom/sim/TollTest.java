package org.einloom.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.einloom.arch.Architecture;
import org.einloom.mapping.InvalidMappingException;
import org.einloom.testing.Tiny;
import org.einloom.workload.Einsum;
import org.junit.jupiter.api.Test;

/** What crosses a toll: as much as has been merged by then, and only what it charges for. */
class TollTest {
  private static final Einsum PRODUCT = Tiny.einsum("O[m] += A[m,k] * B[k]", "m=4 k=6");

  @Test
  void aTollSeesWhatFanoutsFurtherInHaveMerged() {
    Architecture both =
        Tiny.architecture("M0", "toll Up A B O", "F x=4 words reduce", "toll Down A B O");
    Sim.run(PRODUCT, both, "M0: A B O", "for k 1", "par F.x m 1")
        // in each of 6 steps 4 computes ask for a word of A each, and for one word of B
        .operand("Down", "A", 24, 0)
        .operand("Up", "A", 24, 0)
        .operand("Down", "B", 24, 0)
        .operand("Up", "B", 6, 0)
        .operand("M0", "B", 6, 0)
        // each step but the first starts from the value of the step before
        .results("Down", 4, 5, 0, "6/1", "0/0")
        .result("Up", 20, 0, "24/4", "0/0")
        .result("M0", 20, 0, "24/4", "0/0");
  }

  @Test
  void aTollSeesSumsAboveTheFanoutThatAddsAndPartsBelow() {
    Architecture both = Tiny.architecture("M0", "toll Up O", "F x=4 words reduce", "toll Down O");
    Einsum sum = Tiny.einsum("O[m] += A[m,k]", "m=2 k=8");
    Sim.run(sum, both, "M0: A O", "for k 4", "for m 1", "par F.x k 1")
        // two passes over two words; in the second, compute 0 starts from the value of the first
        .results("Down", 1, 2, 0, "4/0", "0/0")
        .results("Down", 3, 0, 0, "4/0", "0/0")
        .result("Up", 2, 0, "4/2", "0/0")
        .result("M0", 2, 0, "4/2", "0/0");
  }

  @Test
  void aTollMergesNothing() {
    Architecture passing = Tiny.architecture("M0", "toll T O B", "F x=4 none pass");
    Einsum sum = Tiny.einsum("O[] += A[k] * B[]", "k=4");
    Sim.run(sum, passing, "M0: A B O", "par F.x k 1")
        .operand("T", "B", 4, 0)
        .operand("M0", "B", 4, 0)
        .result("T", 0, 0, "4/0", "0/0")
        .result("M0", 3, 0, "4/0", "0/0");
  }

  @Test
  void wordsPassBetweenTheStorageNodesOfTheirTensor() {
    Architecture levels = Tiny.architecture("M0", "toll T0 all", "M1", "toll T1 all", "M2");
    Sim.run(PRODUCT, levels, "M0: A O", "M1: B O", "for m 2", "for k 1", "M2: A", "for m 1")
        // A bypasses M1: 24 words, each once, at both tolls
        .operand("T0", "A", 24, 0)
        .operand("T1", "A", 24, 0)
        // B is outermost in M1 and never comes near T0; the computes ask in every step
        .operand("T0", "B", 0, 0)
        .operand("T1", "B", 24, 0)
        // O is held in M1 all the time, and leaves it once
        .result("T0", 0, 0, "4/4", "0/0")
        .result("T1", 20, 0, "24/4", "0/0");
  }

  @Test
  void aTollCountsWhatItChargesFor() {
    Architecture weights = Tiny.architecture("M0", "toll T weight", "M1");
    Sim sim = Sim.run(PRODUCT, weights, "M0: A B O", "M1: A B O", "for k 1", "for m 1");
    sim.operand("T", "B", 6, 0).operand("T", "A", 0, 0).result("T", 0, 0, "0/0", "0/0");
    assertThat(sim.counts().component("T").occupancy()).isEmpty();
  }

  @Test
  void aMappingHasNoNodesForIt() {
    Architecture one = Tiny.architecture("M0", "toll T all", "M1");
    assertThatThrownBy(() -> Sim.run(PRODUCT, one, "M0: A B O", "T: A", "for k 1", "for m 1"))
        .isInstanceOf(InvalidMappingException.class)
        .hasMessageContaining("'T' is no Memory");
    assertThatThrownBy(() -> Sim.run(PRODUCT, one, "M0: A B O", "par T.x k 1", "for m 1"))
        .isInstanceOf(InvalidMappingException.class)
        .hasMessageContaining("'T' is no Fanout");
  }
}
