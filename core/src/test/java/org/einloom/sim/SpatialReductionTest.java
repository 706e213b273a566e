package org.einloom.sim;

import org.einloom.arch.Architecture;
import org.einloom.testing.Tiny;
import org.einloom.workload.Einsum;
import org.junit.jupiter.api.Test;

/**
 * Results of several children for one word, and the values that a later pass over it starts from.
 */
class SpatialReductionTest {
  private static final Architecture ADDING = Tiny.architecture("M0", "F x=4 words reduce");
  private static final Architecture PASSING = Tiny.architecture("M0", "F x=4 words pass");
  private static final Einsum ONE_PASS = Tiny.einsum("O[m] += A[m,k]", "m=2 k=4");
  private static final Einsum TWO_PASSES = Tiny.einsum("O[m] += A[m,k]", "m=2 k=8");

  @Test
  void theNetworkAddsUp() {
    Sim.run(ONE_PASS, ADDING, "M0: A O", "for m 1", "par F.x k 1")
        // 4 results arrive at the network for each word, none of them complete; one goes on
        .result("F", 0, 0, "8/0", "0/0")
        .result("M0", 0, 0, "2/2", "0/0")
        .holds("M0", "O", 2, false)
        .operand("F", "A", 8, 0)
        .computes(8, 2, 4);
  }

  @Test
  void theMemoryAddsUpWhereTheNetworkDoesNot() {
    Sim.run(ONE_PASS, PASSING, "M0: A O", "for m 1", "par F.x k 1")
        .result("F", 0, 0, "8/0", "0/0")
        // the first result of each word is stored, 3 are added, no single one is complete
        .result("M0", 6, 0, "8/0", "0/0")
        .holds("M0", "O", 2, true);
  }

  @Test
  void oneComputeStartsFromTheValueSoFar() {
    Sim.run(TWO_PASSES, ADDING, "M0: A O", "for k 4", "for m 1", "par F.x k 1")
        // in the second pass compute 0 gets the value of the first: one word for each m
        .result("F", 2, 0, "16/0", "0/0")
        .result("M0", 2, 0, "4/2", "0/0")
        .holds("M0", "O", 2, true);
    Sim.run(TWO_PASSES, PASSING, "M0: A O", "for k 4", "for m 1", "par F.x k 1")
        // first pass: 3 additions a word; second: 1 start, the slot is empty again, 3 additions
        .result("F", 2, 0, "16/0", "0/0")
        .result("M0", 14, 0, "16/0", "0/0");
  }

  @Test
  void onlyTheLowestInstanceIsFilled() {
    Architecture pads = Tiny.architecture("M0", "F x=4 words reduce", "M1");
    Sim.run(TWO_PASSES, pads, "M0: A O", "for k 4", "for m 1", "par F.x k 1", "M1: O")
        // m changes in each of 4 steps: 4 residencies of one word and one update; in the second
        // pass
        // instance 0 gets 2 words with values, which its compute takes over in turn
        .results("M1", 1, 2, 2, "4/0", "4/0")
        .results("M1", 3, 0, 0, "4/0", "4/0")
        .result("F", 2, 0, "16/0", "0/0")
        .result("M0", 2, 0, "4/2", "0/0")
        .holds("M1", "O", 1, true);
  }

  @Test
  void theLowestInstanceBelowEachParent() {
    // two parents, m = 0 and m = 1, with two children each, which share k
    Architecture two =
        Tiny.architecture("M0", "F y=2 words reduce", "M1", "G x=2 words reduce", "M2");
    Einsum einsum = Tiny.einsum("O[m,n] += A[m,n,k]", "m=2 n=2 k=4");
    Sim.run(
            einsum,
            two,
            "M0: A O",
            "par F.y m 1",
            "M1: O",
            "for k 2",
            "for n 1",
            "par G.x k 1",
            "M2: O")
        // below each parent: 2 passes over 2 words; the lower child gets both words of the second
        // pass
        .results("M2", 2, 2, 2, "4/0", "4/0")
        .results("M2", 2, 0, 0, "4/0", "4/0")
        // per instance of G: 2 starts down; 2 children x 4 results up
        .results("G", 2, 2, 0, "8/0", "0/0")
        // per parent: 4 sums arrive, the second of each word complete; the first goes down again
        .results("M1", 2, 2, 0, "4/2", "2/2")
        .result("F", 0, 0, "4/4", "0/0")
        .result("M0", 0, 0, "4/4", "0/0");
  }

  @Test
  void twoNetworksInARow() {
    // G adds pairs up, F passes the sums of its two children on
    Architecture row = Tiny.architecture("M0", "F y=2 words pass", "G x=2 words reduce");
    Sim.run(ONE_PASS, row, "M0: A O", "for m 1", "par F.y k 2", "par G.x k 1")
        .results("G", 2, 0, 0, "4/0", "0/0")
        .result("F", 0, 0, "4/0", "0/0")
        .result("M0", 2, 0, "4/0", "0/0");
    // and the other way round: F finds equal words in what G passes on
    Architecture other = Tiny.architecture("M0", "F y=2 words reduce", "G x=2 words pass");
    Sim.run(ONE_PASS, other, "M0: A O", "for m 1", "par F.y k 2", "par G.x k 1")
        .result("F", 0, 0, "8/0", "0/0")
        .result("M0", 0, 0, "2/2", "0/0");
  }

  @Test
  void aSumOverChildrenIsCompleteWhereItArrives() {
    Architecture below = Tiny.architecture("M0", "M1", "F x=4 words reduce");
    Sim.run(ONE_PASS, below, "M0: A O", "for m 1", "M1: O", "par F.x k 1")
        .result("M1", 0, 0, "2/2", "2/2")
        .holds("M1", "O", 1, false);
  }
}
