package org.einloom.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.einloom.arch.Architecture;
import org.einloom.counts.InstanceClass;
import org.einloom.testing.Tiny;
import org.einloom.workload.Einsum;
import org.junit.jupiter.api.Test;

/** Loops that do not divide: the last pieces are smaller and some instances have nothing to do. */
class IdleInstancesTest {
  private static final Architecture FLAT = Tiny.architecture("M0", "F x=2 words reduce", "M2");
  private static final Architecture DEEP =
      Tiny.architecture("M0", "M1", "F x=2 words reduce", "M2");

  @Test
  void anIdleInstanceKeepsItsOperands() {
    // m in pairs, 0 1 and 2, for each of 2 n: instance 0 has 0 2 0 2, instance 1 has 1 - 1 -
    Einsum einsum = Tiny.einsum("O[m,n] += A[m] * B[n]", "m=3 n=2");
    Sim sim = Sim.run(einsum, FLAT, "M0: A B O", "for n 1", "for m 2", "par F.x m 1", "M2: A");
    sim.operand("M2", "A", 6, 5).operand("M0", "A", 5, 0).computes(6, 4, 2);
    assertThat(sim.counts().component("M2").classes())
        .map(InstanceClass::instances)
        .containsExactly(1L, 1L);
  }

  @Test
  void anIdleInstanceKeepsItsResultWhileTheParentDoes() {
    // k outside: instance 0 has 0 2 0 2, instance 1 has 1 - 1 -
    Einsum einsum = Tiny.einsum("O[m] += A[m,k]", "m=3 k=2");
    Sim.run(einsum, FLAT, "M0: A O", "for k 1", "for m 2", "par F.x m 1", "M2: O")
        // instance 0: 4 residencies, the last 2 with a value; instance 1: one, of 2 updates
        .results("M2", 1, 2, 2, "4/2", "4/2")
        .results("M2", 1, 1, 0, "2/1", "1/1")
        .result("M0", 2, 0, "5/3", "0/0");
  }

  @Test
  void anIdleInstanceDropsWhatItsParentDrops() {
    // as above, but M1 keeps pairs of m: when it goes on to 2, instance 1 is idle and holds 1
    Einsum einsum = Tiny.einsum("O[m] += A[m,k]", "m=3 k=2");
    Sim.run(einsum, DEEP, "M0: A O", "for k 1", "for m 2", "M1: O", "par F.x m 1", "M2: O")
        .results("M2", 1, 2, 2, "4/2", "4/2")
        .results("M2", 1, 1, 1, "2/1", "2/1")
        // M1 takes in 0 1, 2, 0 1, 2, the second time with values, which it gives on at once
        .result("M1", 3, 3, "6/3", "6/3")
        .result("M0", 3, 0, "6/3", "0/0");
  }

  @Test
  void aForcedDrainIsAddedUpWithTheOthers() {
    // k in threes over two children, 0-2 and 3-4: two steps for both, the third for child 0 alone.
    // O[m] leaves both children with m, by force from child 1
    Einsum einsum = Tiny.einsum("O[m] += A[m,k]", "m=2 k=5");
    Sim.run(einsum, DEEP, "M0: A O", "for m 1", "M1: O", "par F.x k 3", "M2: O", "for k 1")
        .results("M2", 1, 4, 0, "6/0", "2/0")
        .results("M2", 1, 2, 0, "4/0", "2/0")
        .result("F", 0, 0, "4/0", "0/0")
        .result("M1", 0, 0, "2/2", "2/2")
        .computes(10, 6, 2);
  }

  @Test
  void instancesWithoutAnyWorkAreNotUsed() {
    // 4 children, but 5 values in pieces of 2 make 3 pieces
    Einsum einsum = Tiny.einsum("O[m] += A[m]", "m=5");
    Sim.run(
            einsum,
            Tiny.architecture("M0", "F x=4 words reduce", "M1"),
            "M0: A O",
            "par F.x m 2",
            "M1: A O",
            "for m 1")
        .results("M1", 2, 0, 0, "2/2", "2/2")
        .results("M1", 1, 0, 0, "1/1", "1/1")
        .computes(5, 2, 3);
  }

  @Test
  void piecesOfPieces() {
    // 7 in pieces of 4 (4, 3), those in pieces of 3 (3, 1 and 3): spatial; one value at a time:
    // temporal
    Einsum einsum = Tiny.einsum("O[m] += A[m]", "m=7");
    Sim.run(
            einsum,
            Tiny.architecture("M0", "F x=4 words reduce", "M1"),
            "M0: A O",
            "par F.x m 4",
            "par F.x m 3",
            "M1: A",
            "for m 1")
        .holds("M1", "A", 3, false)
        .operand("M1", "A", 7, 7)
        .computes(7, 3, 3);
  }
}
