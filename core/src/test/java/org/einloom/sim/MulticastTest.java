package org.einloom.sim;

import org.einloom.testing.Tiny;
import org.einloom.workload.Einsum;
import org.junit.jupiter.api.Test;

/** What the networks make of requests that overlap. */
class MulticastTest {
  private static final Einsum WINDOW = Tiny.einsum("O[p] += I[p+r] * W[r]", "p=4 r=3");

  /** Reads of I and W at M0 when each of 4 children computes one word of the result. */
  private static Sim fourWindows(String multicast) {
    return Sim.run(
        WINDOW,
        Tiny.architecture("M0", "F x=4 " + multicast + " reduce", "M1"),
        "M0: I W O",
        "par F.x p 1",
        "M1: I W O",
        "for r 1");
  }

  @Test
  void partialOverlapOfTiles() {
    // 0-2, 1-3, 2-4, 3-5 of I: 12 requested, 6 different, no two sets equal; of W 0-2 by all four
    fourWindows("words").operand("M0", "I", 6, 0).operand("M0", "W", 3, 0);
    fourWindows("tiles").operand("M0", "I", 12, 0).operand("M0", "W", 3, 0);
    fourWindows("none").operand("M0", "I", 12, 0).operand("M0", "W", 12, 0);
    // what crosses the lower face does not depend on the merging above it
    fourWindows("words")
        .operand("F", "I", 12, 0)
        .operand("F", "W", 12, 0)
        .operand("M1", "I", 12, 12)
        .operand("M1", "W", 12, 12);
  }

  @Test
  void someTilesEqualSomeOverlapping() {
    // 2 pieces of p, 0-3 and 2-5, each requested for both m
    Einsum einsum = Tiny.einsum("O[m,p] += I[p+r] * W[m,r]", "m=2 p=4 r=3");
    String[] mapping = {"M0: I W O", "par F.x p 2", "par F.y m 1", "M1: I", "for p 1", "for r 1"};
    Sim.run(einsum, Tiny.architecture("M0", "F x=2 y=2 words reduce", "M1"), mapping)
        .operand("M0", "I", 6, 0);
    Sim.run(einsum, Tiny.architecture("M0", "F x=2 y=2 tiles reduce", "M1"), mapping)
        .operand("M0", "I", 8, 0);
    Sim.run(einsum, Tiny.architecture("M0", "F x=2 y=2 none reduce", "M1"), mapping)
        .operand("M0", "I", 16, 0);
  }

  @Test
  void onlyRequestsOfTheSameStepMeet() {
    // tiles of p are 0-1 and 2-3, then one word each is new at the next r: instance 1 requests at
    // r=0
    // what instance 0 requests at r=1 and 2, too late to be merged
    String[] mapping = {"M0: I W O", "for r 1", "par F.x p 2", "M1: I", "for p 1"};
    Sim.run(WINDOW, Tiny.architecture("M0", "F x=2 words reduce", "M1"), mapping)
        // r0: 0-1 and 2-3; r1: 2 and 4; r2: 3 and 5
        .operand("M0", "I", 8, 0)
        .operand("M1", "I", 12, 8);
  }

  @Test
  void computesAreChildrenToo() {
    // each of 3 steps of r: 4 computes request 4 words of I and the same word of W
    Sim.run(
            WINDOW,
            Tiny.architecture("M0", "F x=4 words reduce"),
            "M0: I W O",
            "for r 1",
            "par F.x p 1")
        .operand("M0", "I", 12, 0)
        .operand("F", "I", 12, 0)
        .operand("M0", "W", 3, 0)
        .operand("F", "W", 12, 0);
    // the loop that reuses W in time asks for it again: computes remember nothing
    Sim.run(
            WINDOW,
            Tiny.architecture("M0", "F x=3 words reduce"),
            "M0: I W O",
            "for p 1",
            "par F.x r 1")
        .operand("M0", "W", 12, 0);
  }

  /** I at M0 and at both of two fanouts in a row, F over pieces of p and G within them. */
  private static void inARow(String outer, String inner, long reads, long atF) {
    Sim.run(
            WINDOW,
            Tiny.architecture(
                "M0", "F y=2 " + outer + " reduce", "G x=2 " + inner + " reduce", "M1"),
            "M0: I W O",
            "par F.y p 2",
            "par G.x p 1",
            "M1: I",
            "for r 1")
        .operand("M0", "I", reads, 0)
        .operand("F", "I", atF, 0)
        .operand("G", "I", 12, 0);
  }

  @Test
  void innerNetworksMergeFirst() {
    // below the two instances of G: 0-2 and 1-3; 2-4 and 3-5
    inARow("none", "words", 8, 8);
    inARow("words", "words", 6, 8);
    inARow("words", "none", 6, 12);
    inARow("tiles", "words", 8, 8);
    inARow("words", "tiles", 6, 12);
    inARow("none", "none", 12, 12);
  }

  @Test
  void mergingGoesThroughMemoriesThatDoNotKeepTheTensor() {
    Sim.run(
            WINDOW,
            Tiny.architecture("M0", "F y=2 words reduce", "M1", "G x=2 none reduce", "M2"),
            "M0: I W O",
            "par F.y p 2",
            "M1: W O",
            "par G.x p 1",
            "M2: I",
            "for r 1")
        .operand("M0", "I", 6, 0)
        .operand("M1", "I", 0, 0)
        .operand("F", "I", 12, 0)
        .operand("G", "I", 12, 0)
        .operand("M2", "I", 12, 12);
  }
}
