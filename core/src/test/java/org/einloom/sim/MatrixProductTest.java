package org.einloom.sim;

import org.einloom.arch.Architecture;
import org.einloom.testing.Tiny;
import org.einloom.workload.Einsum;
import org.junit.jupiter.api.Test;

/** Two memories and one compute, in several loop orders. */
class MatrixProductTest {
  private static final Einsum PRODUCT = Tiny.einsum("O[m,n] += A[m,k] * B[k,n]", "m=2 n=3 k=4");
  private static final Architecture TWO_LEVELS = Tiny.architecture("M0", "M1");

  @Test
  void reductionInsideTheTile() {
    Sim.run(PRODUCT, TWO_LEVELS, "M0: A B O", "for m 1", "for n 1", "M1: A B O", "for k 1")
        // row m of A, 4 words, stays while n runs: 2 rows
        .operand("M0", "A", 8, 0)
        .operand("M1", "A", 24, 8)
        // column n of B, 4 words, is another one in each of 6 steps
        .operand("M0", "B", 24, 0)
        .operand("M1", "B", 24, 24)
        // each of 6 words gets 4 updates where it is, the last of them complete; 3 have to be added
        .result("M1", 18, 0, "24/6", "6/6")
        .result("M0", 0, 0, "6/6", "0/0")
        .holds("M0", "A", 8, false)
        .holds("M0", "B", 12, false)
        .holds("M0", "O", 6, false)
        .holds("M1", "A", 4, false)
        .holds("M1", "B", 4, false)
        .holds("M1", "O", 1, true)
        .computes(24, 24, 1);
  }

  @Test
  void reductionOutsideSendsPartialSumsBackAndForth() {
    Sim.run(PRODUCT, TWO_LEVELS, "M0: A B O", "for k 1", "for m 1", "M1: A B O", "for n 1")
        // one word of A, another one in each of 4 x 2 steps
        .operand("M0", "A", 8, 0)
        .operand("M1", "A", 24, 8)
        // row k of B, 3 words, stays while m runs
        .operand("M0", "B", 12, 0)
        .operand("M1", "B", 24, 12)
        // row m of O, 3 words, is replaced in each of 8 steps; all but the first 2 steps (k = 0)
        // begin
        // with values: 18 words. Each residency gets one update a word: none to be added where the
        // word
        // came empty, and one start of the compute where it came with a value
        .result("M1", 18, 18, "24/6", "24/6")
        .result("M0", 18, 0, "24/6", "0/0")
        .holds("M0", "O", 6, true)
        .holds("M1", "O", 3, true);
  }

  @Test
  void reductionJustOutsideTheTileLeavesTheResultInPlace() {
    Sim.run(PRODUCT, TWO_LEVELS, "M0: A B O", "for m 1", "for k 1", "M1: A B O", "for n 1")
        .operand("M0", "A", 8, 0)
        // row k of B, 3 words, another one in each of 2 x 4 steps
        .operand("M0", "B", 24, 0)
        .operand("M1", "B", 24, 24)
        // row m of O stays for all k: 6 residencies, 4 updates each
        .result("M1", 18, 0, "24/6", "6/6")
        .result("M0", 0, 0, "6/6", "0/0");
  }

  @Test
  void unevenStorageNodes() {
    // A above the loop over n, O below it, B not in M1 at all
    Sim.run(PRODUCT, TWO_LEVELS, "M0: A B O", "for m 1", "M1: A", "for n 1", "M1: O", "for k 1")
        .operand("M0", "A", 8, 0)
        .operand("M1", "A", 24, 8)
        // the computes take B from M0 themselves, one word a point
        .operand("M0", "B", 24, 0)
        .operand("M1", "B", 0, 0)
        .result("M1", 18, 0, "24/6", "6/6");
  }

  @Test
  void everythingFromTheOutermostMemory() {
    Sim.run(PRODUCT, TWO_LEVELS, "M0: A B O", "for k 1", "for n 1", "for m 1")
        .operand("M0", "A", 24, 0)
        .operand("M0", "B", 24, 0)
        // 24 updates of 6 words; the value goes down to the compute and comes back: 3 times a word
        .result("M0", 18, 0, "24/6", "0/0")
        .result("M1", 0, 0, "0/0", "0/0");
  }

  @Test
  void lastPiecesMayBeSmaller() {
    // k in pieces of 3 and 1, n in pieces of 2 and 1
    Sim.run(
            PRODUCT,
            TWO_LEVELS,
            "M0: A B O",
            "for k 3",
            "for n 2",
            "M1: A B O",
            "for m 1",
            "for k 1",
            "for n 1")
        // k0 2x3, stays for both n; then k1 2x1
        .operand("M0", "A", 8, 0)
        // each word of B is in one tile: 3x2, 3x1, 1x2, 1x1
        .operand("M0", "B", 12, 0)
        // tiles 2x2, 2x1, 2x2, 2x1: 12 words, of which the later 6 begin with values
        .result("M0", 6, 0, "12/6", "0/0")
        // 24 updates: 6 words came empty and need one addition less
        .result("M1", 18, 6, "24/6", "12/6")
        .holds("M1", "A", 6, false)
        .holds("M1", "B", 6, false)
        .holds("M1", "O", 4, true);
  }
}
