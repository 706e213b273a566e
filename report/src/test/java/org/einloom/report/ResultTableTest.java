package org.einloom.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResultTableTest {
  @Test
  void showsALinePerLayerAndWhatTheFiguresRestOn() {
    assertThat(String.join("\n", ResultTable.lines(Example.unproven(), 100, Detail.LEAST)))
        .isEqualTo(
            """
            demo on tiny: 2 distinct of 3 layers, objective edp, policy default, clock 1.00 MHz

                                                                  OffChip
            layer  x  MACs  cycles  util   energy  bound by        Memory  MAC
            fc1    2   400    1199    8%  3.20 nJ  OffChipMemory      87%  13%
            fc2    1   100     299    8%   798 pJ  OffChipMemory      87%  13%
            total  3   900    2697    8%  7.19 nJ                     87%  13%

            totals: energy 7.19 nJ, latency 2.70 ms, energy x latency 19.4 pJs, area 2000 um2
            rates: 371 runs/s, 2.67 uW, 667 kOPS, 0.250 TOPS/W, OffChipMemory traffic 8.08 kB
            optimality: no proof, the best that a heuristic mapper found (2,000 candidates, 1.0 s of CPU time)
            not costed: Relu x2, Bias x3
            words: A (input) 8 b; A#2 (weight) 8 b; O (output) 16 b, partial 32 b
            note: fc1, fc2: tensor A is used more than once; A#2 is counted as an operand of its own
            figures: 2 as published; 1 derived or assumed (OffChipMemory write); 1 without a source (MAC area);
              5 not given, taken as 0 (OffChipMemory area, OffChipMemory leakage, Array area, ...)""");
  }

  @Test
  void saysHowFarABoundIsAndWhy() {
    assertThat(ResultTable.lines(Example.bounded(), 200, new Detail(true, true)))
        .contains(
            "optimality: better mappings may exist, but none below 5.60 nJ (here 7.19 nJ, gap 22.2%)"
                + " (10 candidates, 0.5 s of CPU time); the proof is open for 1 of 2 layers: fc1"
                + " 25.0%",
            "front of fc1: 1 mapping found, more may exist",
            "front of fc2: 1 mapping, proven whole",
            "*  3.20 nJ  1.20 ms          3.83 pJs    1199  OffChipMemory",
            "why fc1 costs that:",
            "  time: OffChipMemory decides with 1199 cycles; of that time are busy: MAC 8%",
            "  energy: OffChipMemory 87%, MAC 13%",
            "  runner-up: 6.40 nJ (x 2.00), A spread over x",
            "  runner-up: at least 12.8 nJ (x 4.00), O spread over x",
            "  left out: 1,234 by the bound")
        .noneMatch(l -> l.contains("symmetry"));
  }

  @Test
  void aFrontCutShortMakesNoBetterMapping() {
    assertThat(ResultTable.lines(Example.frontCutShort(), 200, Detail.LEAST))
        .contains(
            "optimality: proven, no mapping of the mapspace is better; of the front there may be"
                + " more (10 candidates, 0.5 s of CPU time)");
  }

  @Test
  void isSplitWhereTheTerminalIsNarrow() {
    assertThat(ResultTable.lines(Example.given(), 60, Detail.LEAST))
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(60))
        .contains("share of the energy:")
        .contains("optimality: none claimed, the mapping was given");
  }

  @Test
  void headersAndNamesKeepTheColumnsNarrow() {
    assertThat(ResultTable.header("GlobalBuffer")).isEqualTo("Global\nBuffer");
    assertThat(ResultTable.header("weight_scratch_pad")).isEqualTo("weight_\nscratch_pad");
    assertThat(ResultTable.header("DRAM")).isEqualTo("DRAM");
    assertThat(ResultTable.header("accumulator")).isEqualTo("accumulator");
    assertThat(ResultTable.shortened("/conv1/Conv")).isEqualTo("/conv1/Conv");
    assertThat(ResultTable.shortened("/encoder/layers.0/attention/self/query/MatMul"))
        .isEqualTo("/encoder/lay..f/query/MatMul");
  }

  @Test
  void aWorkloadIsShownWithAllItsNamesAndCounts() {
    assertThat(String.join("\n", WorkloadTable.lines(Example.WORKLOAD, 100)))
        .isEqualTo(
            """
            demo: 2 distinct of 3 layers

            layer  operator  x  MACs  extents
            fc1    Einsum    2   400  k400
            fc2    Einsum    1   100  k100
            total            3   900

            parameters: 1,234
            not costed: Relu x2, Bias x3
            expressions:
              O[] += A[k] * A#2[k]  (2)""");
  }
}
