package org.einloom.io.timeloop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.einloom.io.input.Source;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the native form of Timeloop's files reads as. */
class TimeloopFilesTest {
  static List<String> names() {
    return Cases.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  @DisplayName("every case reads, in any order of files and as one file")
  void readsInAnyOrder(String name) {
    TimeloopSpec spec = Cases.read(name);
    assertThat(spec.architecture()).isPresent();
    assertThat(spec.problem()).isPresent();
    assertThat(spec.mapping()).isPresent();
    assertThat(spec.energies()).isPresent();
    assertThat(spec.areas()).isPresent();
    List<Source> shuffled = new ArrayList<>(Cases.files(name));
    Collections.shuffle(shuffled, new Random(name.hashCode()));
    assertThat(TimeloopFiles.readSources(shuffled)).isEqualTo(spec);
    String one = shuffled.stream().map(Source::text).collect(Collectors.joining("\n"));
    TimeloopSpec together = TimeloopFiles.readSources(List.of(Source.text("all.yaml", one)));
    assertThat(together.architecture().orElseThrow().levels().stream().map(Level::name))
        .isEqualTo(spec.architecture().orElseThrow().levels().stream().map(Level::name).toList());
  }

  @Test
  @DisplayName("names are without path and range")
  void names1() {
    TimeloopSpec spec = Cases.read("mm_clustered");
    TimeloopArchitecture a = spec.architecture().orElseThrow();
    assertThat(a.levels().stream().map(l -> l.name() + " " + l.instances()))
        .containsExactly("DRAM 1", "L2 1", "L1 4", "RF 32", "mac 32");
    assertThat(spec.energies().orElseThrow().component("L1").orElseThrow().most("read"))
        .isPresent();
  }

  @Test
  @DisplayName("ranges of subtrees multiply")
  void subtrees() {
    String text =
        """
        architecture:
          version: 0.4
          subtree:
          - name: system
            local: [{name: DRAM, class: DRAM}]
            subtree:
            - name: PE[0..15]
              local: [{name: 'RF[0..1]', class: regfile}, {name: mac, class: intmac}]
        """;
    TimeloopArchitecture a =
        TimeloopFiles.readSources(List.of(Source.text("a.yaml", text)))
            .architecture()
            .orElseThrow();
    assertThat(a.levels().stream().map(l -> l.name() + " " + l.instances()))
        .containsExactly("DRAM 1", "RF 32", "mac 16");
  }

  @ParameterizedTest
  @DisplayName("the short forms of factors and permutations")
  @CsvSource(
      delimiter = '|',
      value = {
        "M=4 K=2|M=4/4 K=2/2",
        "M4 K2|M=4/4 K=2/2",
        "M=4,2 K=3|M=4/2 K=3/3",
        "M=4, K<=2|M=4/4 K<=2/2",
        "M2=4 N=0|M2=4/4 N=0/0",
      })
  void factors(String text, String expected) {
    var node = org.einloom.io.yaml.YamlParser.parse(Source.text("f.yaml", "'" + text + "'"));
    assertThat(
            FactorText.factors(node).stream()
                .map(f -> f.dimension() + f.comparison() + f.count() + "/" + f.last())
                .collect(Collectors.joining(" ")))
        .isEqualTo(expected);
  }

  @Test
  @DisplayName("unknown keys are refused with place and nearest name")
  void unknownKeys() {
    assertThatThrownBy(
            () -> TimeloopFiles.readSources(List.of(Source.text("a.yaml", "mappin: []"))))
        .hasMessageContaining("a.yaml:1:1: unknown key 'mappin'")
        .hasMessageContaining("did you mean 'mapping'?");
    assertThatThrownBy(
            () ->
                TimeloopFiles.readSources(
                    List.of(
                        Source.text(
                            "m.yaml", "mapping:\n- {target: GLB, type: temporal, factor: M=2}\n"))))
        .hasMessageContaining("m.yaml:2:33: unknown key 'factor'")
        .hasMessageContaining("did you mean 'factors'?");
  }
}
