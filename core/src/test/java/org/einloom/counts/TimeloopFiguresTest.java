package org.einloom.counts;

import static org.assertj.core.api.Assertions.assertThat;

import org.einloom.arch.Architecture;
import org.einloom.mapping.LoopTree;
import org.einloom.model.DenseModel;
import org.einloom.sim.Simulator;
import org.einloom.testing.Tiny;
import org.einloom.workload.Einsum;
import org.junit.jupiter.api.Test;

/**
 * Counts that Timeloop (Parashar et al., ISPASS 2019; {@code timeloop-model} of commit 4cf6d4c)
 * reports for the same problem, architecture and mapping, where it is exact; and what exactly
 * differs where it approximates. Its drains are free, so they are not compared.
 */
class TimeloopFiguresTest {
  private static final Architecture THREE = Tiny.architecture("DRAM", "GLB", "RF");
  private static final Architecture TWO = Tiny.architecture("DRAM", "Buf");
  private static final String CONVOLUTION = "O[n,m,p,q] += I[n,c,r+p,s+q] * W[m,c,r,s]";

  /** Reads, fills and updates over all instances. */
  private static void check(Counts counts, String component, String tensor, long... expected) {
    Flows f = counts.component(component).total(tensor);
    assertThat(new long[] {f.reads(), f.fills(), f.updates()})
        .as("%s of %s", tensor, component)
        .isEqualTo(expected);
  }

  private static Counts counts(Einsum einsum, Architecture architecture, LoopTree mapping) {
    Counts model = DenseModel.analyze(einsum, architecture, mapping).counts();
    assertThat(Simulator.run(einsum, architecture, mapping).counts()).isEqualTo(model);
    return model;
  }

  @Test
  void matrixProductOnThreeLevels() {
    Counts c =
        counts(
            Tiny.einsum("Z[m,n] += A[m,k] * B[k,n]", "m=32 k=24 n=16"),
            THREE,
            Tiny.mapping(
                "DRAM: A B Z",
                "for k 12",
                "for m 8",
                "for n 8",
                "GLB: A B Z",
                "for n 2",
                "for m 2",
                "for k 4",
                "RF: A B Z",
                "for k 1",
                "for n 1",
                "for m 1"));
    check(c, "RF", "A", 12288, 6144, 0);
    check(c, "RF", "B", 12288, 6144, 0);
    check(c, "RF", "Z", 11776, 512, 12288);
    check(c, "GLB", "A", 6144, 768, 0);
    check(c, "GLB", "B", 6144, 1536, 0);
    check(c, "GLB", "Z", 512, 512, 1024);
    check(c, "DRAM", "A", 768, 0, 0);
    check(c, "DRAM", "B", 1536, 0, 0);
    check(c, "DRAM", "Z", 512, 0, 1024);
  }

  /** Timeloop refetches whole windows that move along two axes: 800 in place of 752. */
  @Test
  void windowsThatMoveAlongTwoAxes() {
    Counts c =
        counts(
            Tiny.einsum(CONVOLUTION, "n=1 c=4 m=8 p=12 q=8 r=3 s=3"),
            TWO,
            Tiny.mapping(
                "DRAM: W I O",
                "for p 3",
                "for q 4",
                "for m 4",
                "Buf: W I O",
                "for m 1",
                "for c 1",
                "for q 1",
                "for p 1",
                "for s 1",
                "for r 1"));
    check(c, "Buf", "W", 27648, 2304, 0);
    check(c, "Buf", "I", 27648, 752, 0);
    check(c, "Buf", "O", 26880, 0, 27648);
    check(c, "DRAM", "W", 2304, 0, 0);
    check(c, "DRAM", "I", 752, 0, 0);
    check(c, "DRAM", "O", 0, 0, 768);
  }

  /** Timeloop counts the rows between windows, which nothing touches: 1932 in place of 1296. */
  @Test
  void gapsOfAStrideBeyondTheKernel() {
    Counts c =
        counts(
            Tiny.einsum(
                "O[n,m,p,q] += I[n,c,r+4*p,s+4*q] * W[m,c,r,s]", "n=1 c=2 m=4 p=6 q=6 r=3 s=3"),
            TWO,
            Tiny.mapping(
                "DRAM: W I O",
                "for m 2",
                "for p 2",
                "Buf: W I O",
                "for m 1",
                "for c 1",
                "for q 1",
                "for p 1",
                "for s 1",
                "for r 1"));
    check(c, "Buf", "W", 2592, 72, 0);
    check(c, "Buf", "I", 2592, 1296, 0);
    check(c, "Buf", "O", 2448, 0, 2592);
    check(c, "DRAM", "I", 1296, 0, 0);
  }

  /**
   * Timeloop shares only identical windows between children: 6144; word by word it is 3840. It also
   * refetches the whole window when p starts over: 1152; two of its ten rows are still there: 1088.
   */
  @Test
  void windowsThatOverlapBetweenChildren() {
    Einsum einsum = Tiny.einsum(CONVOLUTION, "n=1 c=4 m=8 p=16 q=6 r=3 s=3");
    LoopTree mapping =
        Tiny.mapping(
            "DRAM: W I O",
            "for m 4",
            "for p 8",
            "GLB: W I O",
            "for m 2",
            "for q 2",
            "for c 1",
            "par F.x p 2",
            "RF: W I O",
            "for m 1",
            "for q 1",
            "for p 1",
            "for s 1",
            "for r 1");
    Counts words =
        counts(einsum, Tiny.architecture("DRAM", "GLB", "F x=4 words reduce", "RF"), mapping);
    check(words, "RF", "W", 27648, 6912, 0);
    check(words, "RF", "I", 27648, 6144, 0);
    check(words, "RF", "O", 26880, 0, 27648);
    check(words, "GLB", "W", 1728, 288, 0);
    check(words, "GLB", "I", 3840, 1088, 0);
    check(words, "GLB", "O", 0, 0, 768);
    check(words, "DRAM", "I", 1088, 0, 0);
    Counts tiles =
        counts(einsum, Tiny.architecture("DRAM", "GLB", "F x=4 tiles reduce", "RF"), mapping);
    check(tiles, "GLB", "I", 6144, 1088, 0);
    check(tiles, "GLB", "W", 1728, 288, 0);
  }
}
