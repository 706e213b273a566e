package org.einloom.io.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.einloom.arch.Design;
import org.einloom.constraint.Constraint.Bypassed;
import org.einloom.constraint.Constraint.Kept;
import org.einloom.constraint.Constraint.LoopOrder;
import org.einloom.constraint.Constraint.MaxArea;
import org.einloom.constraint.Constraint.MaxEnergy;
import org.einloom.constraint.Constraint.MaxLatency;
import org.einloom.constraint.Constraint.MinUtilization;
import org.einloom.constraint.Constraint.SpatialFactor;
import org.einloom.constraint.Constraint.SpatialVariables;
import org.einloom.constraint.Constraint.TemporalFactor;
import org.einloom.io.input.InputException;
import org.einloom.io.input.Source;
import org.einloom.mapper.Tiling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConstraintsYamlTest {
  private static final String FILE =
      """
      einloom: 1
      constraints:
        tiling: {all: perfect, p: imperfect}
        memories:
          GLB:
            keep: [input]
            bypass: [W, weight]
            factors: {m: 4, k: {min: 2, max: 8}, c: {min: 2}, n: {max: 3}}
            order: [m, k]
            inner_order: [c]
        fanouts:
          Array:
            min_utilization: 0.07
            dimensions:
              x: {variables: [], factors: {m: 2}}
        max_energy: 5 uJ
        max_latency: 20 us
        max_area: 1.5 mm2
      """;

  private static final String ARCHITECTURE =
      """
      einloom: 1
      architecture:
        name: small
        clock: 200 MHz
        widths: {input: 8 b, weight: 8 b, output: 8 b, partial: 32 b}
        constraints:
          max_latency: 1 ms
          memories: {GLB: {bypass: [output]}}
          tiling: imperfect
        nodes:
        - memory: DRAM
          constraints: {order: [m]}
        - memory: GLB
        - fanout: Array
          constraints: {min_utilization: 25 %}
          dimensions:
          - {name: x, size: 4, constraints: {variables: [m, k], factors: {m: {max: 2}}}}
        - include: pe.yaml
      """;

  private static final String TINY =
      """
      einloom: 1
      architecture:
        name: tiny
        clock: 1 MHz
        widths: {input: 8 b, weight: 8 b, output: 8 b, partial: 8 b}
        nodes: [{memory: DRAM}, {compute: MAC}]
      """;

  @TempDir Path folder;

  @Test
  void everyKeyBecomesItsConstraint() {
    MapspaceSpec spec = read(FILE);
    String glb = "of memory 'GLB'";
    String x = "of dimension 'x' of fanout 'Array'";
    assertThat(spec.constraints().all())
        .containsExactly(
            new Kept("c.yaml:6:7: 'keep: [input]' " + glb, "GLB", Set.of("input")),
            new Bypassed("c.yaml:7:7: 'bypass: [W, weight]' " + glb, "GLB", Set.of("W", "weight")),
            new TemporalFactor("c.yaml:8:17: 'factors: {m: 4}' " + glb, "GLB", "m", 4, 4),
            new TemporalFactor(
                "c.yaml:8:23: 'factors: {k: {min: 2, max: 8}}' " + glb, "GLB", "k", 2, 8),
            new TemporalFactor(
                "c.yaml:8:44: 'factors: {c: {min: 2}}' " + glb, "GLB", "c", 2, Long.MAX_VALUE),
            new TemporalFactor("c.yaml:8:57: 'factors: {n: {max: 3}}' " + glb, "GLB", "n", 1, 3),
            new LoopOrder("c.yaml:9:7: 'order: [m, k]' " + glb, "GLB", List.of("m", "k")),
            new LoopOrder("c.yaml:10:7: 'inner_order: [c]' " + glb, "GLB", List.of("c"), true),
            new MinUtilization(
                "c.yaml:13:7: 'min_utilization: 0.07' of fanout 'Array'", "Array", 0.07),
            new SpatialVariables("c.yaml:15:13: 'variables: []' " + x, "Array", "x", Set.of()),
            new SpatialFactor("c.yaml:15:38: 'factors: {m: 2}' " + x, "Array", "x", "m", 2, 2),
            new MaxEnergy("c.yaml:16:3: 'max_energy: 5 uJ'", 5e6),
            new MaxLatency("c.yaml:17:3: 'max_latency: 20 us'", 20e-6),
            new MaxArea("c.yaml:18:3: 'max_area: 1.5 mm2'", 1.5e6));
    assertThat(spec.tiling().tiling()).isEqualTo(new Tiling(false, Map.of("p", true)));
  }

  @Test
  void anArchitectureSaysWhatItAsksAtItsNodesAndForAll() throws IOException {
    Path file = Files.writeString(folder.resolve("a.yaml"), ARCHITECTURE);
    Path part =
        Files.writeString(
            folder.resolve("pe.yaml"),
            """
            einloom: 1
            nodes:
            - memory: Spad
              constraints: {keep: [weight]}
            - compute: MAC
            """);
    ArchitectureFile read = ArchitectureYaml.readFile(Source.file(file));
    String a = file + ":";
    String x = "of dimension 'x' of fanout 'Array'";
    assertThat(read.mapspace().constraints().all())
        .containsExactlyInAnyOrder(
            new LoopOrder(a + "12:19: 'order: [m]' of memory 'DRAM'", "DRAM", List.of("m")),
            new MinUtilization(
                a + "15:19: 'min_utilization: 25 %' of fanout 'Array'", "Array", 0.25),
            new SpatialVariables(
                a + "17:40: 'variables: [m, k]' " + x, "Array", "x", Set.of("m", "k")),
            new SpatialFactor(a + "17:69: 'factors: {m: {max: 2}}' " + x, "Array", "x", "m", 1, 2),
            new Kept(part + ":4:17: 'keep: [weight]' of memory 'Spad'", "Spad", Set.of("weight")),
            new MaxLatency(a + "7:5: 'max_latency: 1 ms'", 1e-3),
            new Bypassed(a + "8:22: 'bypass: [output]' of memory 'GLB'", "GLB", Set.of("output")));
    assertThat(read.mapspace().tiling().tiling()).isEqualTo(Tiling.IMPERFECT);
    assertThat(ArchitectureYaml.read(file)).isEqualTo(read.architecture());
  }

  @Test
  void anArchitectureThatAsksNothing() {
    assertThat(ArchitectureYaml.readFile(Source.text("a.yaml", TINY)).mapspace())
        .isEqualTo(MapspaceSpec.NONE);
  }

  @Test
  void namesAreLookedUpWhereThereIsAnArchitecture() {
    String text = "einloom: 1\nconstraints: {memories: {Nowhere: {keep: [all]}}}\n";
    assertThat(read(text).constraints().all()).hasSize(1);
    var architecture = ArchitectureYaml.read("a.yaml", TINY);
    var source = Source.text("c.yaml", text);
    assertThatThrownBy(() -> ConstraintsYaml.read(source, Optional.of(Design.of(architecture))))
        .isInstanceOf(InputException.class)
        .hasMessage("c.yaml:2:26: 'Nowhere' is no memory of the architecture; expected 'DRAM'");
  }

  @Test
  void ofTilingsTheStrongerGoesFirst() {
    var file = new TilingChoice(Optional.of(true), Map.of("p", false, "q", false));
    assertThat(TilingChoice.OPEN.tiling()).isEqualTo(Tiling.PERFECT);
    assertThat(file.then(TilingChoice.OPEN)).isEqualTo(file);
    var single = new TilingChoice(Optional.empty(), Map.of("p", true, "r", true));
    assertThat(file.then(single).tiling())
        .isEqualTo(new Tiling(true, Map.of("p", true, "q", false, "r", true)));
    var all = new TilingChoice(Optional.of(false), Map.of("r", true));
    assertThat(file.then(all).tiling()).isEqualTo(new Tiling(false, Map.of("r", true)));
    var both =
        new MapspaceSpec(read(FILE).constraints(), file)
            .and(new MapspaceSpec(read(FILE).constraints(), single));
    assertThat(both.constraints().all()).hasSize(28);
    assertThat(both.tiling()).isEqualTo(file.then(single));
  }

  @Test
  void longTextsAreQuotedInPart() {
    String names = "a".repeat(150) + ", b";
    var kept = read("einloom: 1\nconstraints: {memories: {GLB: {keep: [" + names + "]}}}\n");
    assertThat(kept.constraints().all().getFirst().origin())
        .hasSizeLessThan(120)
        .contains("aaa...'");
  }

  private static MapspaceSpec read(String text) {
    return ConstraintsYaml.read(Source.text("c.yaml", text), Optional.empty());
  }
}
