package org.einloom.io.timeloop.accelergy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.einloom.component.Attributes;
import org.einloom.component.Catalog;
import org.einloom.component.Estimate;
import org.einloom.io.input.InputException;
import org.einloom.io.input.Source;
import org.einloom.io.timeloop.Level;
import org.einloom.io.timeloop.TimeloopFiles;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AccelergyEnergiesTest {
  private static final Catalog CATALOG = Catalog.installed();
  private static final AccelergyEnergies ENERGIES = new AccelergyEnergies(CATALOG);

  /** Every attribute that some class needs. */
  private static final String ALL =
      "width: 32, depth: 256, datawidth: 16, length: 2mm, n_inputs: 4, n_outputs: 4";

  @ParameterizedTest
  @MethodSource("names")
  @DisplayName("every class that is said to be known has a cost for something")
  void known(String type) {
    ComponentFigures figures = ENERGIES.of(level(type, ALL));
    assertThat(figures.energiesPj()).isNotEmpty();
    assertThat(figures.energiesPj().values()).allMatch(f -> f.value() > 0);
    assertThat(figures.match().accelergyClass()).isEqualTo(type);
  }

  static List<String> names() {
    return List.copyOf(AccelergyEnergies.classes());
  }

  @Test
  @DisplayName("an SRAM is an sram of depth x width; a smart buffer has two adders besides")
  void sram() {
    Estimate sram =
        CATALOG.estimate(
            "sram",
            Attributes.NONE
                .with("size", 16384.0 * 64)
                .with("width", 64)
                .with("technology", 32)
                .with("banks", 4)
                .with("ports", 0)
                .with("read_ports", 1)
                .with("write_ports", 1));
    Estimate adder =
        CATALOG.estimate("adder", Attributes.NONE.with("technology", 32).with("format", "int14"));
    String attributes =
        "depth: 16384, width: 64, datawidth: 8, n_banks: 4, n_rd_ports: 1, n_wr_ports: 1";
    ComponentFigures plain = ENERGIES.of(level("SRAM", attributes));
    ComponentFigures smart = ENERGIES.of(level("smartbuffer_SRAM", attributes));
    double read = sram.actions().get("read").energyPj().value();
    double write = sram.actions().get("write").energyPj().value();
    double add = adder.actions().get("compute").energyPj().value();
    assertThat(plain.energiesPj().get("read").value()).isEqualTo(read);
    assertThat(plain.energiesPj().get("update").value()).isEqualTo(write);
    assertThat(plain.areaUm2().value()).isEqualTo(sram.areaUm2().value());
    assertThat(plain.leakageUw().value()).isEqualTo(sram.leakageUw().value());
    assertThat(smart.energiesPj().get("read").value()).isCloseTo(read + add, within(1e-9));
    assertThat(smart.energiesPj().get("write").value()).isCloseTo(write + add, within(1e-9));
    assertThat(smart.areaUm2().value())
        .isCloseTo(sram.areaUm2().value() + 2 * adder.areaUm2().value(), within(1e-6));
    assertThat(smart.leakageUw().value())
        .isCloseTo(sram.leakageUw().value() + 2 * adder.leakageUw().value(), within(1e-9));
    assertThat(smart.match())
        .hasToString(
            "smartbuffer_SRAM is sram (technology 32, size 1048576, width 64, banks 4, ports 0,"
                + " read_ports 1, write_ports 1) and 2 x adder (technology 32, format int14)");
    assertThat(plain.energiesPj().get("read").source())
        .isEqualTo(
            "class 'SRAM' of Accelergy as component class 'sram', Einloom SRAM 1, after CACTI 7");
    assertThat(plain.energiesPj().get("read").derivation()).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "intmac | datawidth: 8 | mac (technology 32, format int8)",
        "intmac | multiplier_width: 8, adder_width: 24, datawidth: 8 | mac (technology 32, format int8, accumulator int24)",
        "fpmac | exponent: 8, mantissa: 7 | mac (technology 32, format bf16)",
        "fpadder | width: 32 | adder (technology 32, format fp32)",
        "intmultiplier | multiplicand_width: 8, multiplier_width: 4 | multiplier (technology 32, format int8, weight_format int4)",
        "regfile | depth: 12, width: 16 | register_file (technology 32, size 192, width 16)",
        "regfile | entries: 12, word-bits: 8, block-size: 2 | register_file (technology 32, size 192, width 16)",
        "DRAM | type: HBM2, width: 128 | dram (type HBM2, width 128)",
        "reg | width: 9, voltage: 0.9V | register (technology 32, voltage 0.9, width 9)",
        "wire | length: 40um, datawidth: 8 | wire (technology 32, width 8, length 40)",
      })
  @DisplayName("attributes of Accelergy's names become those of Einloom's")
  void attributes(String type, String attributes, String made) {
    Match match = ENERGIES.of(level(type, attributes)).match();
    assertThat(match).hasToString(type + " is " + made);
  }

  @Test
  @DisplayName("memory chips without a type are LPDDR4, and the match says so")
  void noType() {
    Match match = ENERGIES.of(level("DRAM", "width: 64")).match();
    assertThat(match.notes())
        .containsExactly("no 'type' of memory chips is given: LPDDR4, as in Accelergy");
  }

  @Test
  @DisplayName("the attributes of a component go before those of the subtrees it stands in")
  void inherited() {
    assertThat(ENERGIES.of(level("reg", "width: 8, technology: 65nm")).match())
        .hasToString("reg is register (technology 65, width 8)");
  }

  @Test
  @DisplayName("what cannot be matched is refused by name")
  void refusals() {
    refused("smartbufer_RF", ALL)
        .hasMessageStartingWith(
            "arch.yaml:8:13: level 'X' is of class 'smartbufer_RF', which matches none of"
                + " Einloom's component classes; expected one of SRAM, cacti_SRAM, smartbuffer,")
        .hasMessageEndingWith(
            "; did you mean 'smartbuffer_RF'?; or define it under 'compound_components', or give a table of energies (ERT)");
    refused("SRAM", "width: 32")
        .hasMessage(
            "arch.yaml:8:13: level 'X' of class 'SRAM' has no 'depth'; to estimate what it costs,"
                + " give how many blocks it holds; or give a table of energies (ERT)");
    refused("SRAM", "width: 32, depth: many")
        .hasMessage("arch.yaml:10:38: 'depth' of level 'X' is 'many'; expected a number");
    refused("fpmac", "exponent: 4, mantissa: 4").hasMessageContaining("4 bits of exponent and 4");
    refused("DRAM", "type: LPDDR9, width: 64").hasMessageContaining("'type' is LPDDR9; expected");
    refused("SRAM", ALL + ", technology: 250nm").hasMessageContaining("'technology' is 250 nm");
  }

  private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> refused(
      String type, String attributes) {
    Level level = level(type, attributes);
    return assertThatThrownBy(() -> ENERGIES.of(level)).isInstanceOf(InputException.class);
  }

  /** A component of that class, in whatever part of the architecture its class puts it. */
  private static Level level(String type, String attributes) {
    String text =
        """
        architecture:
          subtree:
          - name: chip
            attributes: {technology: 32nm}
            local:
            - {name: M, class: storage}
            - %s
            - name: X
              class: %s
              attributes: {%s}
        """
            .formatted(
                type.contains("mac") ? "{name: O, class: other}" : "{name: C, class: compute}",
                type,
                attributes);
    var architecture =
        TimeloopFiles.readSources(List.of(Source.text("arch.yaml", text))).architecture().get();
    return java.util.stream.Stream.of(
            architecture.storage(), List.of(architecture.compute()), architecture.others())
        .flatMap(List::stream)
        .filter(l -> l.name().equals("X"))
        .findFirst()
        .orElseThrow();
  }
}
