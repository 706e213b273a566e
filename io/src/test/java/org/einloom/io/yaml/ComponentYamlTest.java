package org.einloom.io.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Fanout;
import org.einloom.arch.Figure;
import org.einloom.arch.Memory;
import org.einloom.arch.Toll;
import org.einloom.component.Attributes;
import org.einloom.component.Catalog;
import org.einloom.component.Estimate;
import org.junit.jupiter.api.Test;

/** Architectures whose nodes name a component class. */
class ComponentYamlTest {
  private static final String HEAD =
      """
      einloom: 1
      architecture:
        name: made of parts
        technology: 65nm
        voltage: 1 V
        clock: 200 MHz
        widths: {input: 16 b, weight: 16 b, output: 16 b, partial: 16 b}
        nodes:
      """;

  private static Architecture read(String nodes) {
    return ArchitectureYaml.read("test", HEAD + nodes.indent(2));
  }

  private static final String PARTS =
      """
      - memory: DRAM
        component: {class: dram, type: LPDDR4}
      - fanout: Array
        dimensions: [{name: x, size: 4}]
        component: {class: wire, width: 16 b, length: 2 mm}
      - memory: Spad
        size: 48 B
        component: {class: register_file, width: 16}
        actions:
          read: {throughput: 2 /cycle}
          write: {energy: 7 pJ, source: measured}
        leakage: 5 uW
      - compute: MAC
        component: {class: mac, format: int16, accumulator: int32}
      """;

  private static Estimate estimate(String name, Attributes attributes) {
    return Catalog.installed().estimate(name, attributes);
  }

  private static Attributes here() {
    return Attributes.NONE.with("technology", 65).with("voltage", 1);
  }

  private static Action action(Memory memory, String name) {
    return Optional.ofNullable(memory.actions().get(name)).orElseThrow();
  }

  @Test
  void whatIsLeftOutComesFromTheClass() {
    Architecture a = read(PARTS);
    Memory dram = a.memories().getFirst();
    assertThat(action(dram, "read").energyPj().value()).isEqualTo(64 * 8);
    assertThat(action(dram, "read").widthBits()).isEqualTo(64);
    // 12.8 GB/s at 200 MHz
    assertThat(action(dram, "write").perCycle()).isCloseTo(8, within(1e-12));
    assertThat(action(dram, "read").energyPj().assumption()).isFalse();
    assertThat(action(dram, "read").energyPj().source())
        .isEqualTo("component class 'dram', Einloom memory chips 1");
    assertThat(dram.leakageUw().assumption()).isTrue();

    Estimate mac = estimate("mac", here().with("format", "int16").with("accumulator", "int32"));
    Figure compute = a.compute().compute().energyPj();
    assertThat(compute.derivation())
        .contains(Optional.ofNullable(mac.actions().get("compute")).orElseThrow().energyPj());
    assertThat(a.compute().compute().perCycle()).isEqualTo(1);
    assertThat(a.compute().areaUm2().value()).isEqualTo(mac.areaUm2().value());

    Action transfer = a.fanouts().getFirst().transfer().orElseThrow();
    assertThat(transfer.widthBits()).isEqualTo(16);
    assertThat(transfer.energyPj().value())
        .isCloseTo(0.50 / 1.44 * 2 * 16, within(1e-9)); // by the square of 1.0 V over 1.2 V
  }

  @Test
  void whatIsGivenWins() {
    Memory spad = read(PARTS).memories().getLast();
    Estimate file = estimate("register_file", here().with("size", 384).with("width", 16));
    Action read = action(spad, "read");
    assertThat(read.energyPj().value())
        .isEqualTo(
            Optional.ofNullable(file.actions().get("read")).orElseThrow().energyPj().value());
    assertThat(read.perCycle()).isEqualTo(2);
    assertThat(read.widthBits()).isEqualTo(16);
    assertThat(action(spad, "write").energyPj()).isEqualTo(new Figure(7, "measured", false));
    assertThat(action(spad, "write").perCycle()).isEqualTo(1);
    assertThat(spad.leakageUw()).isEqualTo(new Figure(5, "", false));
    assertThat(spad.areaUm2().value()).isEqualTo(file.areaUm2().value());
  }

  @Test
  void severalComponentsShareTheSizeOfTheirNode() {
    Architecture a = read(PARTS.replace("width: 16}", "width: 16, count: 4}"));
    Estimate quarter = estimate("register_file", here().with("size", 96).with("width", 16));
    Memory spad = a.memories().getLast();
    assertThat(action(spad, "read").energyPj().value())
        .isEqualTo(
            Optional.ofNullable(quarter.actions().get("read")).orElseThrow().energyPj().value());
    assertThat(spad.areaUm2().value()).isEqualTo(4 * quarter.areaUm2().value());
  }

  @Test
  void attributesOfTheComponentComeBeforeThoseOfTheArchitecture() {
    Architecture a =
        read(PARTS.replace("format: int16", "format: int16, technology: 45nm, voltage: 900 mV"));
    // 16 b by the power law between the rows of 8 and 32 b, and a sum of 32 b
    assertThat(a.compute().compute().energyPj().value())
        .isCloseTo(Math.sqrt(0.2 * 3.1) + 0.1, within(1e-9));
  }

  @Test
  void withoutItsOwnThroughputANodeHasThatOfItsClass() {
    Fanout array =
        read(PARTS.replace("class: wire, width: 16 b, length: 2 mm", "class: router, width: 16"))
            .fanouts()
            .getFirst();
    assertThat(array.transfer().orElseThrow().perCycle()).isEqualTo(1);
    assertThat(array.areaUm2().value()).isPositive();
  }

  @Test
  void aTollIsPassedBothWays() {
    Architecture a =
        read(
            PARTS.replace(
                "- fanout: Array",
                "- toll: Link\n  component: {class: chip_link, type: grs, width: 32}\n- fanout: Array"));
    Toll link = a.tolls().getFirst();
    for (String way : Toll.ACTIONS) {
      Action action = link.action(way).orElseThrow();
      assertThat(action.energyPj().value()).isCloseTo(32 * 1.285, within(1e-12));
      assertThat(action.widthBits()).isEqualTo(32);
    }
    assertThat(link.actions()).hasSize(2);
  }
}
