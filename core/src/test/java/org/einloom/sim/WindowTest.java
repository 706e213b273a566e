package org.einloom.sim;

import org.einloom.arch.Architecture;
import org.einloom.testing.Tiny;
import org.einloom.workload.Einsum;
import org.junit.jupiter.api.Test;

/** Sliding windows: halos, strides, dilation, padding of operands and of results. */
class WindowTest {
  private static final Architecture TWO_LEVELS = Tiny.architecture("M0", "M1");
  private static final Einsum WINDOW = Tiny.einsum("O[p] += I[p+r] * W[r]", "p=6 r=3");

  @Test
  void slidingFillsOnlyNewWords() {
    Sim.run(WINDOW, TWO_LEVELS, "M0: I W O", "for p 2", "M1: I W O", "for p 1", "for r 1")
        // words 0-3, then 2-5 (4 and 5 new), then 4-7 (6 and 7 new)
        .operand("M0", "I", 8, 0)
        .operand("M1", "I", 18, 8)
        .operand("M1", "W", 18, 3)
        .holds("M1", "I", 4, false)
        .result("M0", 0, 0, "6/6", "0/0");
  }

  @Test
  void onlyThePreviousTileIsRemembered() {
    Sim.run(WINDOW, TWO_LEVELS, "M0: I W O", "for r 1", "for p 2", "M1: I", "for p 1")
        // r=0: 0-1, 2-3, 4-5; r=1: 1-2, 3-4, 5-6; r=2: 2-3, 4-5, 6-7; no tile shares a word with
        // the last
        .operand("M0", "I", 18, 0);
  }

  @Test
  void theWindowMovesBackAndForth() {
    Sim.run(WINDOW, TWO_LEVELS, "M0: I W O", "for p 2", "for r 1", "M1: I", "for p 1")
        // p0: 0-1, 1-2, 2-3: 2 + 1 + 1 new; p1: 2-3 (held), 3-4, 4-5: 0 + 1 + 1; p2 likewise
        .operand("M0", "I", 8, 0)
        .holds("M1", "I", 2, false);
  }

  @Test
  void strideAndDilationLeaveGaps() {
    // p and r touch 3p + 2r: p0 0 2, p1 3 5, p2 6 8; words 1, 4, 7 do not move
    Einsum sparse = Tiny.einsum("O[p] += I[3*p+2*r] * W[r]", "p=3 r=2");
    Sim.run(sparse, TWO_LEVELS, "M0: I W O", "for p 1", "M1: I", "for r 1")
        .operand("M0", "I", 6, 0)
        .holds("M0", "I", 6, false)
        .holds("M1", "I", 2, false);
    // 2p + r: p0 0-2, p1 2-4, p2 4-6: one word is shared
    Einsum overlapping = Tiny.einsum("O[p] += I[2*p+r] * W[r]", "p=3 r=3");
    Sim.run(overlapping, TWO_LEVELS, "M0: I W O", "for p 1", "M1: I", "for r 1")
        .operand("M0", "I", 7, 0);
  }

  @Test
  void paddingIsComputedButNeverMoved() {
    // coordinates -1 .. 4 of 0 .. 3
    Einsum padded = Tiny.einsum("O[p] += I[p+r-1:4] * W[r]", "p=4 r=3");
    Sim.run(padded, TWO_LEVELS, "M0: I W O", "for p 1", "M1: I W O", "for r 1")
        // 0-1, 0-2, 1-3, 2-3
        .operand("M0", "I", 4, 0)
        // 12 points, of which (0,0) and (3,2) are padding
        .operand("M1", "I", 10, 4)
        .operand("M1", "W", 12, 3)
        .result("M1", 8, 0, "12/4", "4/4")
        .holds("M1", "I", 3, false)
        .computes(12, 12, 1);
  }

  @Test
  void productsOutsideTheResultAreDropped() {
    // word w of O gets the points with p + r - 1 = w: 2, 3, 3 and 2 of them; (0,0) and (3,2) fall
    // outside
    Einsum transposed = Tiny.einsum("O[p+r-1:4] += I[p] * W[r]", "p=4 r=3");
    Sim.run(transposed, TWO_LEVELS, "M0: I W O", "for p 1", "for r 1")
        .operand("M0", "I", 12, 0)
        .operand("M0", "W", 12, 0)
        .result("M0", 6, 0, "10/4", "0/0")
        .holds("M0", "O", 4, true)
        .computes(12, 12, 1);
  }

  @Test
  void theLargestTileNeedNotBeTheFirst() {
    Einsum transposed = Tiny.einsum("O[p+r-1:4] += I[p] * W[r]", "p=4 r=3");
    Sim.run(transposed, TWO_LEVELS, "M0: I W O", "for p 1", "M1: O", "for r 1")
        // 0-1, 0-2, 1-3, 2-3
        .holds("M1", "O", 3, true)
        .result("M0", 0, 0, "4/4", "0/0");
    Einsum padded = Tiny.einsum("O[p] += I[p+r-1:4] * W[r]", "p=4 r=3");
    Sim.run(padded, TWO_LEVELS, "M0: I W O", "for p 1", "M1: I", "for r 1")
        .holds("M1", "I", 3, false);
  }

  @Test
  void aWindowOverTheResultIsDrainedWhereItLeaves() {
    Einsum transposed = Tiny.einsum("O[p+r] += I[p] * W[r]", "p=4 r=3");
    Sim.run(transposed, TWO_LEVELS, "M0: I W O", "for p 1", "M1: O", "for r 1")
        // 0-2, 1-3, 2-4, 3-5: each of 6 words enters once and leaves complete; 12 updates
        .result("M1", 6, 0, "12/6", "6/6")
        .result("M0", 0, 0, "6/6", "0/0")
        .holds("M1", "O", 3, true);
    Sim.run(transposed, TWO_LEVELS, "M0: I W O", "for r 1", "for p 2", "M1: O", "for p 1")
        // r=0: 0-1, 2-3; r=1: 1-2 (2 stays), 3-4; r=2: 2-3 (3 stays), 4-5: 2 + 2 + 1 + 2 + 1 + 2
        // residencies, of which those of 1 and 3, then 2 and 4, begin with the values of the first
        .result("M0", 4, 0, "10/6", "0/0")
        // 12 updates; 6 residencies came empty
        .result("M1", 6, 4, "12/6", "10/6");
  }
}
