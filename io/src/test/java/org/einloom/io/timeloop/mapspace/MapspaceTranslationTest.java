package org.einloom.io.timeloop.mapspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.einloom.arch.Architecture;
import org.einloom.constraint.Constraint;
import org.einloom.constraint.Constraint.Bypassed;
import org.einloom.constraint.Constraint.Kept;
import org.einloom.constraint.Constraint.LoopOrder;
import org.einloom.constraint.Constraint.MinUtilization;
import org.einloom.constraint.Constraint.SpatialFactor;
import org.einloom.constraint.Constraint.SpatialVariables;
import org.einloom.constraint.Constraint.TemporalFactor;
import org.einloom.io.input.Source;
import org.einloom.io.timeloop.TimeloopFiles;
import org.einloom.io.timeloop.TimeloopSpec;
import org.einloom.io.yaml.ArchitectureYaml;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MapspaceTranslationTest {
  private static final String PROBLEM =
      """
      problem:
        shape:
          name: mm
          dimensions: [M, K, N]
          data_spaces:
          - {name: A, projection: [[[M]], [[K]]]}
          - {name: B, projection: [[[K]], [[N]]]}
          - {name: Z, projection: [[[M]], [[N]]], read_write: true}
        instance: {M: 12, K: 8, N: 5}
      """;

  private static Architecture chip(String dimensions) {
    return ArchitectureYaml.read(
        Source.text(
            "chip",
            """
                einloom: 1
                architecture:
                  name: chip
                  clock: 1 GHz
                  widths: {input: 8 b, weight: 8 b, output: 8 b, partial: 8 b}
                  nodes:
                  - memory: DRAM
                  - memory: GLB
                  - fanout: Array
                    dimensions: [%s]
                  - memory: RF
                  - compute: mac
                """
                .formatted(dimensions)));
  }

  private static final Architecture GRID = chip("{name: x, size: 4}, {name: y, size: 4}");
  private static final Architecture ROW = chip("{name: x, size: 16}");

  private static MapspaceTranslation.Translated translate(Architecture chip, String targets) {
    TimeloopSpec spec =
        TimeloopFiles.readSources(
            List.of(
                Source.text("problem.yaml", PROBLEM),
                Source.text("map.yaml", "mapspace_constraints:\n  targets:\n" + targets)));
    return MapspaceTranslation.of(MapspaceReader.read(spec), spec.problem().orElseThrow(), chip);
  }

  private static List<Constraint> constraints(Architecture chip, String targets) {
    return translate(chip, targets).mapspace().constraints().all();
  }

  @Test
  @DisplayName("factors of loops in time, and a permutation from the inside")
  void temporal() {
    assertThat(
            constraints(
                GRID, "  - {target: RF, type: temporal, factors: M=1 K<=4 N=99, permutation: NM}"))
        .containsExactly(
            new TemporalFactor("map.yaml:3:43: 'M=1' of the loops in time of RF", "RF", "M", 1, 1),
            new TemporalFactor("map.yaml:3:47: 'K<=4' of the loops in time of RF", "RF", "K", 1, 4),
            new TemporalFactor("map.yaml:3:52: 'N=99' of the loops in time of RF", "RF", "N", 5, 5),
            new LoopOrder(
                "map.yaml:3:5: 'permutation: [N, M]' of RF", "RF", List.of("M", "N"), true));
  }

  @Test
  @DisplayName("a permutation of loops that do not iterate asks nothing")
  void vacuous() {
    assertThat(
            constraints(
                GRID, "  - {target: RF, type: temporal, factors: M=1 N=1, permutation: [N, M, K]}"))
        .hasSize(2)
        .allMatch(TemporalFactor.class::isInstance);
  }

  @Test
  @DisplayName("a factor of 0 is what remains of the dimension; other open factors are then 1")
  void rest() {
    assertThat(constraints(GRID, "  - {target: RF, type: temporal, factors: M=0}"))
        .containsExactly(
            new TemporalFactor(
                "map.yaml:3:43: 'M=0' of the loops in time of RF", "RF", "M", 12, 12));
    String both =
        """
          - {target: DRAM, type: temporal, factors: M=3}
          - {target: RF, type: temporal, factors: M=0}
        """;
    assertThat(constraints(GRID, both))
        .last()
        .isEqualTo(
            new TemporalFactor("map.yaml:4:43: 'M=0' of the loops in time of RF", "RF", "M", 4, 4));
  }

  @Test
  @DisplayName(
      "without a split factors are packed along the axes, the largest first, and it is said")
  void packed() {
    var t = translate(GRID, "  - {target: GLB, type: spatial, factors: N=2 M=4 K=2}");
    assertThat(t.mapspace().constraints().all())
        .extracting(
            c -> c instanceof SpatialFactor f ? f.dimension() + f.variable() + f.most() : "")
        .containsExactly("xM4", "yM1", "xN1", "yN2", "xK1", "yK2");
    assertThat(t.remarks())
        .extracting(r -> r.text())
        .contains(
            "without a 'split' that says where, 'M=4' lies along x; no other way is searched");
    var both = translate(GRID, "  - {target: GLB, type: spatial, factors: M=8}");
    assertThat(both.mapspace().constraints().all())
        .extracting(
            c -> c instanceof SpatialFactor f ? f.dimension() + f.variable() + f.most() : "")
        .containsExactly("xM4", "yM2");
    assertThat(both.remarks().getFirst().text()).contains("lies along x (4) and y (2)");
  }

  @Test
  @DisplayName("a split says what lies along X, everything else lies along Y")
  void split() {
    assertThat(
            constraints(
                GRID,
                "  - {target: GLB, type: spatial, factors: M=4 N=1, permutation: MKN, split: 1}"))
        .containsExactly(
            new SpatialFactor(
                "map.yaml:3:43: 'M=4' of the loops in space of GLB", "Array", "x", "M", 4, 4),
            new SpatialFactor(
                "map.yaml:3:47: 'N=1' of the loops in space of GLB", "Array", "y", "N", 1, 1),
            new SpatialVariables("map.yaml:3:5: 'split: 1' of GLB", "Array", "x", Set.of("M")),
            new SpatialVariables(
                "map.yaml:3:5: 'split: 1' of GLB", "Array", "y", Set.of("K", "N")));
  }

  @Test
  @DisplayName("a split behind the permutation leaves the rest where it likes; of all, X has it")
  void partialPermutation() {
    var two = translate(GRID, "  - {target: GLB, type: spatial, permutation: M, split: 2}");
    assertThat(two.mapspace().constraints().all())
        .containsExactly(
            new SpatialVariables(
                "map.yaml:3:5: 'split: 2' of GLB", "Array", "y", Set.of("K", "N")));
    assertThat(two.remarks()).hasSize(1);
    assertThat(constraints(GRID, "  - {target: GLB, type: spatial, permutation: M, split: 3}"))
        .containsExactly(
            new SpatialVariables("map.yaml:3:5: 'split: 3' of GLB", "Array", "y", Set.of()));
  }

  @Test
  @DisplayName("along a single axis no split is needed; what lies along the other cannot be spread")
  void row() {
    assertThat(constraints(ROW, "  - {target: GLB, type: spatial, factors: M=4}"))
        .containsExactly(
            new SpatialFactor(
                "map.yaml:3:43: 'M=4' of the loops in space of GLB", "Array", "x", "M", 4, 4));
    assertThat(constraints(ROW, "  - {target: GLB, type: spatial, permutation: KMN, split: 0}"))
        .containsExactly(
            new SpatialVariables("map.yaml:3:5: 'split: 0' of GLB", "Array", "x", Set.of()));
  }

  @Test
  @DisplayName("what is kept, what is bypassed, how much is used")
  void others() {
    assertThat(
            constraints(
                GRID,
                """
                  - {target: GLB, type: dataspace, keep: [A], bypass: [B, Z]}
                  - {target: RF, type: parallelism, min: 0.5}
                """))
        .containsExactly(
            new Kept("map.yaml:3:5: 'keep: [A]' of GLB", "GLB", Set.of("A")),
            new Bypassed("map.yaml:3:5: 'bypass: [B, Z]' of GLB", "GLB", Set.of("B", "Z")),
            new MinUtilization("map.yaml:4:5: 'min: 0.5' of RF", "Array", 0.5));
  }

  @Test
  @DisplayName("constraints in a list of their own, with attributes, and of the template ruby")
  void forms() {
    TimeloopSpec spec =
        TimeloopFiles.readSources(
            List.of(
                Source.text("problem.yaml", PROBLEM),
                Source.text(
                    "map.yaml",
                    """
                    mapspace:
                      template: ruby
                    architecture_constraints:
                      targets:
                      - target: chip.RF[1..16]
                        constraints:
                        - type: temporal
                          attributes: {factors: [M=2, K=2]}
                    """)));
    var translated =
        MapspaceTranslation.of(MapspaceReader.read(spec), spec.problem().orElseThrow(), GRID);
    assertThat(translated.mapspace().constraints().all()).hasSize(2);
    assertThat(translated.mapspace().tiling().tiling().imperfect("M")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{target: RFF, type: temporal} | map.yaml:3:5: unknown storage level 'RFF'; expected 'DRAM', 'GLB', 'RF'; did you mean 'RF'?",
        "{target: RF, type: temporall} | map.yaml:3:24: unknown type 'temporall' of a constraint; expected",
        "{target: RF, type: temporal, factors: C=2} | map.yaml:3:43: unknown dimension 'C'; expected 'M', 'K', 'N'",
        "{target: RF, type: temporal, permutation: MC} | map.yaml:3:5: unknown dimension 'C' in 'permutation'",
        "{target: RF, type: bypass, keep: [Q]} | map.yaml:3:5: unknown data space 'Q'; expected 'A', 'B', 'Z'",
        "{target: GLB, type: spatial, factors: M>=4} | map.yaml:3:43: 'M>=4' is asked for in space below 'GLB', along X or Y; give a 'split' and a 'permutation' that say which, as in 'split: 1'",
        "{target: RF, type: spatial, factors: M=4} | map.yaml:3:42: 'M=4' is asked for in space below 'RF', where nothing is replicated",
        "{target: RF, type: parallelism, min: 2} | map.yaml:3:42: 'min' is 2.0; expected a share of at most 1",
        "{target: RF, type: temporal, factors: M<=0} | map.yaml:3:43: a factor is M<=0; expected at least 1",
      })
  @DisplayName("what is wrong or cannot be said is refused at its place")
  void refusals(String target, String message) {
    assertThatThrownBy(() -> translate(GRID, "  - " + target)).hasMessageStartingWith(message);
  }

  @Test
  @DisplayName("of the mapper's options the metric counts; the others are named once")
  void options() {
    TimeloopSpec spec =
        TimeloopFiles.readSources(
            List.of(
                Source.text(
                    "mapper.yaml",
                    """
                    mapper:
                      optimization_metrics: [delay, energy]
                      num-threads: 8
                      timeout: 100
                      victory_condition: 50
                      algorithm: random-pruned
                    """)));
    var options = MapperOptionsReader.read(spec);
    assertThat(options.objective().orElseThrow().label()).isEqualTo("latency");
    assertThat(options.remarks())
        .extracting(Object::toString)
        .containsExactly(
            "mapper.yaml:2:33: of several metrics only the first is searched for; mappings that are"
                + " equal in it are told apart by Einloom's rules",
            "mapper.yaml:1:1: no meaning to a search that ends with a proof: num-threads, timeout,"
                + " victory_condition, algorithm");
    assertThatThrownBy(
            () ->
                MapperOptionsReader.read(
                    TimeloopFiles.readSources(
                        List.of(Source.text("m.yaml", "mapper: {victory-conditon: 5}")))))
        .hasMessageStartingWith("m.yaml:1:10: unknown option 'victory-conditon' of the mapper")
        .hasMessageEndingWith("did you mean 'victory-condition'?");
  }
}
