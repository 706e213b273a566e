package org.einloom.io.timeloop.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.einloom.io.input.InputException;
import org.einloom.io.input.Source;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StatsFileTest {
  private static final String TEXT =
      """
      Buffer and Arithmetic Levels
      ----------------------------
      Level 0
      -------
      === mac ===

          SPECS
          -----
          Word bits             : 16
          Instances             : 4 (2*2)
          Compute energy        : 0.50 pJ

          STATS
          -----
          Utilized instances      : 4
          Computes (total)        : 64
          Cycles                  : 16
          Energy (total)          : 32.00 pJ
          Area (total)            : 1200.00 um^2

      Level 1
      -------
      === RF ===

          SPECS
          -----
              Technology                      : SRAM
              Size                            : -
              Instances                       : 4 (2*2)

          MAPPING
          -------
          Loop nest:
            for M in [0:4)

          STATS
          -----
          Cycles               : 16
          Bandwidth throttling : 1.00
          A:
              Utilized capacity                        : 4
              Utilized instances (max)                 : 4
              Algorithmic scalar reads (per-instance)  : 17
              Actual scalar reads (per-instance)       : 16
              Scalar fills (per-instance)              : 8
              Energy (total)                           : 12.34 pJ
          Z:
              Utilized capacity                        : 1
              Scalar reads (per-instance)              : 12

      Networks
      --------
      Network 0
      ---------
      RF <==> mac

          SPECS
          -----
              Type            : Legacy

          STATS
          -----
          A:
              Fanout                                  : 1
              Ingresses                               :
                  @multicast 1 @scatter 1: 64.00
              Energy (total)                          : 0.25 pJ

      Operational Intensity Stats
      ---------------------------
          Total ops                               : 128

      === RF ===
          Total scalar accesses                   : 48

      Summary Stats
      -------------
      Utilization: 100.00%
      Cycles: 16
      Energy: 0.00 uJ
      EDP(J*cycle): 5.10e+00
      Area: 0.01 mm^2

      Computes = 64
      """;

  private final TimeloopStats stats = read(TEXT);

  @Test
  @DisplayName("levels, tensors, networks and totals are what the text says")
  void figures() {
    assertThat(stats.levels())
        .extracting(TimeloopStats.Block::name)
        .containsExactly("mac", "RF"); // the second RF is of another section
    assertThat(stats.compute().stat("computes (total)").orElseThrow().number()).isEqualTo(64);
    assertThat(stats.compute().spec("instances").orElseThrow().number()).isEqualTo(4);
    var rf = stats.level("RF").orElseThrow();
    assertThat(rf.stat("cycles").orElseThrow().number()).isEqualTo(16);
    assertThat(rf.spec("size")).isEmpty();
    assertThat(rf.tensors()).containsOnlyKeys("A", "Z");
    assertThat(rf.of("A", TimeloopStats.FILLS).orElseThrow().number()).isEqualTo(8);
    assertThat(rf.of("A", TimeloopStats.ENERGY).orElseThrow().number()).isEqualTo(12.34);
    assertThat(rf.of("Z", TimeloopStats.FILLS)).isEmpty();
    var network = stats.networks().getFirst();
    assertThat(network.name()).isEqualTo("RF <==> mac");
    assertThat(network.tensors()).containsOnlyKeys("A");
    assertThat(network.of("A", TimeloopStats.ENERGY).orElseThrow().number()).isEqualTo(0.25);
    assertThat(stats.total("utilization").orElseThrow().number()).isEqualTo(100);
    assertThat(stats.total("edp(j*cycle)").orElseThrow().number()).isEqualTo(5.1);
  }

  @Test
  @DisplayName("of what is printed as dense and as charged, the latter counts")
  void actual() {
    var rf = stats.level("RF").orElseThrow();
    assertThat(rf.of("A", TimeloopStats.READS).orElseThrow().number()).isEqualTo(16);
    assertThat(rf.of("Z", TimeloopStats.READS).orElseThrow().number()).isEqualTo(12);
  }

  @Test
  @DisplayName("a figure agrees with what would be printed like it")
  void precision() {
    Printed energy = stats.compute().stat("energy (total)").orElseThrow();
    assertThat(energy.agrees(32.0049)).isTrue();
    assertThat(energy.agrees(32.0051)).isFalse();
    Printed reads = stats.level("RF").orElseThrow().of("A", TimeloopStats.READS).orElseThrow();
    assertThat(reads.agreesTimes(66, 4)).isTrue(); // 16.5 of each of four
    assertThat(reads.agreesTimes(67, 4)).isFalse();
    assertThat(energy.at()).hasToString("x.stats.txt:18:31");
  }

  @Test
  @DisplayName("other files and cut ones are refused")
  void refusals() {
    assertThatThrownBy(() -> read("architecture:\n  version: 0.4\n"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "x.stats.txt: this is no statistics file of Timeloop; expected what timeloop-model or"
                + " timeloop-mapper write as timeloop-*.stats.txt, with a line 'Buffer and"
                + " Arithmetic Levels' and levels below it");
    assertThatThrownBy(() -> read(TEXT.substring(0, TEXT.indexOf("Summary"))))
        .hasMessage(
            "x.stats.txt: the file has no summary with 'Cycles' and 'Energy'; expected 'Summary"
                + " Stats' at its end; was it cut off?");
    assertThatThrownBy(() -> read(TEXT.replace("=== RF ===", "=== mac ===")))
        .hasMessage(
            "x.stats.txt:23:1: 'mac' is there twice; expected the output of one evaluation");
  }

  private static TimeloopStats read(String text) {
    return StatsFile.read(Source.text("x.stats.txt", text));
  }
}
