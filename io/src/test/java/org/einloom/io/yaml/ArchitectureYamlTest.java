package org.einloom.io.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Fanout;
import org.einloom.arch.Figure;
import org.einloom.arch.Keep;
import org.einloom.arch.Memory;
import org.einloom.arch.Toll;
import org.einloom.io.input.Source;
import org.einloom.workload.Widths;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchitectureYamlTest {
  private static final String FULL =
      """
      einloom: 1
      architecture:
        name: demo
        description: One of
          everything
        technology: 65nm
        clock: 200 MHz
        widths: {input: 16 b, weight: 8b, output: 2 B, partial: 32 b}
        source: "the file"
        nodes:
        - memory: DRAM
          ports: separate
          actions:
            read:  {energy: 512 pJ, width: 64 b, throughput: 0.5 /cycle, source: "the action"}
            write: {energy: 0.5nJ, width: 64 b, bandwidth: 1.6 GB/s, assumption: true}
            update: {energy: 7 fJ, width: 8 B, bandwidth: 16 B/cycle}
          area: 2 mm2
          leakage: {value: 3 mW, source: "the figure", assumption: true}
        - fanout: Array
          source: "the node"
          dimensions:
          - {name: x, size: 14}
          - {name: y, size: 12, must_not_index: [weight, input_1]}
          multicast: tiles
          reduce: false
          neighbours: false
          actions: {transfer: {energy: 0.1 pJ}}
          area: 5 um2
        - memory: Buffer
          size: 1.5 KiB
          may_keep: [input]
        - memory: Spad
          size: 448 B
        - compute: MAC
          actions:
            compute: {energy: 1 pJ, throughput: 1 /cycle}
      """;

  @Test
  void readsEverythingTheFormatHas() {
    Architecture demo = ArchitectureYaml.read("demo.yaml", FULL);

    assertThat(demo.name()).isEqualTo("demo");
    assertThat(demo.technology()).isEqualTo("65nm");
    assertThat(demo.clockHz()).isEqualTo(200e6);
    assertThat(demo.widths()).isEqualTo(new Widths(16, 8, 16, 32));
    Memory dram = (Memory) demo.node("DRAM");
    assertThat(dram.capacityBits()).isEmpty();
    assertThat(dram.keep()).isEqualTo(Keep.MUST_ALL);
    assertThat(dram.sharedPort()).isFalse();
    assertThat(dram.actions())
        .isEqualTo(
            Map.of(
                "read",
                new Action("read", new Figure(512, "the action", false), 64, 0.5),
                "write",
                new Action("write", new Figure(500, "the file", true), 64, 1.0),
                "update",
                new Action("update", new Figure(0.007, "the file", false), 64, 2.0)));
    assertThat(dram.areaUm2()).isEqualTo(new Figure(2e6, "the file", false));
    assertThat(dram.leakageUw()).isEqualTo(new Figure(3e3, "the figure", true));
    assertThat(demo.node("Array"))
        .isEqualTo(
            new Fanout(
                "Array",
                List.of(
                    new Fanout.Dimension("x", 14, Set.of()),
                    new Fanout.Dimension("y", 12, Set.of("weight", "input_1"))),
                Fanout.Multicast.TILES,
                false,
                Optional.of(
                    new Action(
                        "transfer",
                        new Figure(0.1, "the node", false),
                        0,
                        Double.POSITIVE_INFINITY)),
                new Figure(5, "the node", false),
                Figure.NONE));
    assertThat(((Memory) demo.node("Buffer")).keep())
        .isEqualTo(new Keep(Set.of(), Set.of("input")));
    assertThat(((Memory) demo.node("Buffer")).capacityBits()).isEqualTo(OptionalLong.of(12288));
    assertThat(((Memory) demo.node("Spad")).keep()).isEqualTo(Keep.MAY_ALL);
    assertThat(demo.compute())
        .isEqualTo(
            new Compute(
                "MAC",
                new Action("compute", new Figure(1, "the file", false), 0, 1),
                Figure.NONE,
                Figure.NONE));
  }

  @Test
  void readsTolls() {
    Architecture read =
        ArchitectureYaml.read(
            "tolls.yaml",
            """
            einloom: 1
            architecture:
              name: tolls
              clock: 1 GHz
              widths: {input: 8 b, weight: 8 b, output: 8 b, partial: 32 b}
              source: "the file"
              nodes:
              - memory: DRAM
              - toll: Link
                tensors: [weight, input_1]
                ports: separate
                actions:
                  update: {energy: 1 pJ}
                  read: {energy: 2 pJ, width: 16 b, bandwidth: 4 GB/s, assumption: true}
                area: 2 um2
                leakage: 3 uW
              - toll: Plain
                actions: {read: {energy: 1 pJ}}
              - compute: MAC
            """);
    Toll link = (Toll) read.node("Link");
    assertThat(link.tensors()).containsExactlyInAnyOrder("weight", "input_1");
    assertThat(link.sharedPort()).isFalse();
    assertThat(link.actions())
        .isEqualTo(
            Map.of(
                "update",
                new Action("update", new Figure(1, "the file", false), 0, Double.POSITIVE_INFINITY),
                "read",
                new Action("read", new Figure(2, "the file", true), 16, 2)));
    assertThat(link.areaUm2()).isEqualTo(new Figure(2, "the file", false));
    assertThat(link.leakageUw()).isEqualTo(new Figure(3, "the file", false));
    Toll plain = (Toll) read.node("Plain");
    assertThat(plain.tensors()).containsExactly(Keep.ALL);
    assertThat(plain.sharedPort()).isTrue();
  }

  @Test
  void describesItselfInOneLine() {
    assertThat(ArchitectureYaml.description(Source.text("demo.yaml", FULL)))
        .isEqualTo("One of everything");
  }

  @Test
  void splicesIncludedNodes(@TempDir Path folder) throws IOException {
    Files.createDirectory(folder.resolve("parts"));
    Files.writeString(
        folder.resolve("top.yaml"),
        """
        einloom: 1
        architecture:
          name: top
          clock: 1 GHz
          widths: {input: 8 b, weight: 8 b, output: 8 b, partial: 32 b}
          nodes:
          - memory: DRAM
          - include: parts/pe.yaml
        """);
    Files.writeString(
        folder.resolve("parts/pe.yaml"),
        "einloom: 1\nnodes: [{memory: Spad}, {include: mac.yaml}]\n");
    Files.writeString(folder.resolve("parts/mac.yaml"), "einloom: 1\nnodes: [{compute: MAC}]\n");

    Architecture top = ArchitectureYaml.read(folder.resolve("top.yaml"));

    assertThat(top.nodes()).extracting(n -> n.name()).containsExactly("DRAM", "Spad", "MAC");
    assertThat(((Memory) top.node("Spad")).keep())
        .as("only the first memory of the whole keeps all by default")
        .isEqualTo(Keep.MAY_ALL);
  }
}
