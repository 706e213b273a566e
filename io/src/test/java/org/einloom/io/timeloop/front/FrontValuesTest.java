package org.einloom.io.timeloop.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.einloom.io.input.InputException;
import org.einloom.io.timeloop.Remark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What values, merges and names of front-end files come to. */
class FrontValuesTest {
  @TempDir Path folder;

  private static final String PROBLEM =
      """
      problem:
        version: 0.4
        shape:
          name: product
          dimensions: [M, N, K]
          data_spaces:
          - {name: A, projection: [[[M]], [[K]]]}
          - {name: B, projection: [[[K]], [[N]]]}
          - {name: Z, projection: [[[M]], [[N]]], read_write: true}
        instance: {M: 16, N: 12, K: 32}
      """;

  private NativeDocuments read(Use use, String text) throws IOException {
    Path file = Files.writeString(folder.resolve("design.yaml"), text);
    Path problem = Files.writeString(folder.resolve("problem.yaml"), PROBLEM);
    return FrontEnd.read(List.of(file, problem), Map.of(), use);
  }

  private String text(Use use, String text) throws IOException {
    return Trees.text(read(use, text).documents().getFirst());
  }

  private String attributes(String attributes) throws IOException {
    String all =
        text(
            Use.SEARCH,
            """
            variables: {version: 0.4, A: 3, B: A ** 2, C: "text", D: 45e-1}
            architecture:
              nodes:
              - !Container {name: top, spatial: {meshX: A}, attributes: {inherited: 7, width: 1}}
              - !Component
                name: memory
                class: SRAM
                attributes: {%s}
              - !Component {name: mac, class: mac}
            """
                .formatted(attributes));
    int from = all.indexOf("name: memory");
    from = all.indexOf("attributes:", from) + "attributes:".length();
    return all.substring(from, all.indexOf("meshX", from)).replaceAll("\\s+", " ").strip();
  }

  @Test
  void expressionsSeeWhatStandsBefore() throws IOException {
    assertThat(attributes("depth: B * 2, word: depth + 1")).isEqualTo("depth: 18 word: 19");
    assertThat(attributes("depth: inherited + width")).isEqualTo("depth: 8");
    assertThat(attributes("depth: top.spatial.meshX * top.attributes.inherited"))
        .isEqualTo("depth: 21");
    assertThat(attributes("depth: top.get_fanout(), width: width + 1"))
        .isEqualTo("depth: 3 width: 2");
    assertThat(attributes("depth: attributes.inherited, word: attributes.depth"))
        .isEqualTo("depth: 7 word: 7");
    assertThat(attributes("depth: problem.instance.K // 2")).isEqualTo("depth: 16");
    assertThat(attributes("depth: spec.problem.instance.N + variables.A")).isEqualTo("depth: 15");
    assertThat(attributes("depth: spec.architecture.find('top').spatial.meshX"))
        .isEqualTo("depth: 3");
  }

  @Test
  void quotesMakeTextsAndNumbersStayAsTheyAreWritten() throws IOException {
    assertThat(attributes("a: \"A\", b: C, c: 1e-9, d: 0.50, e: D"))
        .isEqualTo("a: A b: text c: 1.0E-9 d: 0.5 e: 4.5");
    assertThat(attributes("a: true, b: FALSE, c: null, d: A > 2"))
        .isEqualTo("a: true b: false c: null d: true");
    assertThat(attributes("type: LPDDR4, technology: 45nm"))
        .isEqualTo("type: LPDDR4 technology: 45nm");
    assertThat(attributes("depth: 'A * 2'")).isEqualTo("depth: 6");
    assertThat(attributes("per_dataspace_bandwidth_consumption_scale: {A: 1 / 2}"))
        .isEqualTo("per_dataspace_bandwidth_consumption_scale: A: 0.5");
  }

  @Test
  void mergesCountLessThanWhatStandsBesideThem() throws IOException {
    assertThat(attributes("<<: &x {depth: 1, word: 2}, depth: 5")).isEqualTo("word: 2 depth: 5");
    assertThat(attributes("<<: [{a: 1}, {a: 2, b: 2}]")).isEqualTo("a: 1 b: 2");
    assertThat(attributes("<<<: {t: {A: 1, B: 2}}, t: {B: 3}")).isEqualTo("t: B: 3 A: 1");
    assertThat(attributes("<<: {t: {A: 1, B: 2}}, t: {B: 3}")).isEqualTo("t: B: 3");
    assertThat(attributes("<<<: {l: [1, 2]}, l: [3]")).isEqualTo("l: [3, 1, 2]");
    assertThat(attributes("<<<: {l: [1, 2]}, l: !nomerge [3]")).isEqualTo("l: [3]");
    assertThat(attributes("<<: {width: 8}, depth: width * 2")).isEqualTo("width: 8 depth: 16");
  }

  private static final String DESIGN =
      """
      architecture:
        nodes:
        - !Component {name: DRAM, class: DRAM}
        - !Component {name: GLB, class: SRAM, constraints: {temporal: {factors: [M<=4]}}}
        - !Component {name: mac, class: mac, spatial: {meshX: 2}}
      """;

  @Test
  void theMappingIsWhatIsAskedOfNodesAndWhatStandsApart() throws IOException {
    String mapping = DESIGN + "mapping: [{target: DRAM, type: temporal, factors: [M=4]}]\n";
    assertThat(text(Use.EVALUATE, mapping)).contains("mapping:").doesNotContain("_constraints");
    assertThat(text(Use.SEARCH, mapping)).doesNotContain("mapping:").contains("factors: [M<=4]");
    assertThat(text(Use.AS_GIVEN, mapping)).contains("mapping:");
    assertThat(text(Use.AS_GIVEN, DESIGN)).contains("architecture_constraints:");
  }

  @Test
  void namesOfTimeloopsOutputsAreTargetsToo() throws IOException {
    String mapping =
        DESIGN
            + "mapping:\n"
            + "- {target: 'system.GLB[1..1]', type: temporal, permutation: KMN}\n"
            + "- {target: inter_mac_spatial, type: spatial, factors: N=2, split: 1}\n"
            + "- {target: inter_mac_spatial, type: temporal, factors: M=1 N=1 K=1}\n";
    assertThat(text(Use.SEARCH, mapping))
        .contains("permutation: [K, M, N]")
        .contains("target: inter_mac_spatial\n      type: spatial\n      factors: [N=2]");
  }

  @Test
  void turnsThatAreShorterAtTheEndAreKept() throws IOException {
    String mapping = DESIGN + "mapping: [{target: DRAM, type: temporal, factors: 'M=4,2 N=12'}]\n";
    assertThat(text(Use.SEARCH, mapping)).contains("factors: [M=4,2, N=12]");
  }

  @Test
  void whatHasNoMeaningIsReported() throws IOException {
    var read =
        read(
            Use.EVALUATE,
            """
            architecture:
              nodes:
              - !Container {name: top, constraints: {temporal: {factors: [M=1]}}}
              - !Component {name: DRAM, class: DRAM, attributes: {meshX: 4}}
              - !Component {name: mac, class: mac, constraints: {temporal: {remainders: 1}}}
            """);
    assertThat(read.remarks())
        .extracting(Remark::text)
        .containsExactly(
            "'meshX' among attributes has no meaning here; 'spatial' says how many there are",
            "the temporal constraints of 'top' have no meaning: a container has loops in space only",
            "'remainders' has no meaning for one mapping");
  }

  @Test
  void parametersAreNumbersTextsAndLists() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("t.yaml.j2"),
            "variables: {a: {{ a + 1 }}, b: '{{ b }}', c: {{ c[1] }}, d: '{{ d }}', e: {{ e }}}\n"
                + "architecture: {nodes: [!Component {name: D, class: DRAM, attributes: {w: a}},"
                + " !Component {name: m, class: mac, attributes: {b: b, c: c, d: d, e: e}}]}\n");
    var parameters = Map.of("a", "4", "b", "x y", "c", "[1, 2.5]", "d", "'7'", "e", "true");
    String text =
        Trees.text(FrontEnd.read(List.of(file), parameters, Use.SEARCH).documents().getFirst());
    assertThat(text).contains("w: 5", "b: \"x y\"", "c: 2.5", "d: 7", "e: true");
  }

  @Test
  void nativeFilesMayBeTemplates() throws IOException {
    Path file = Files.writeString(folder.resolve("n.yaml"), "mapper: {timeout: {{ 2 * n }}}\n");
    var read = FrontEnd.read(List.of(file), Map.of("n", "21"), Use.SEARCH);
    assertThat(read.front()).isFalse();
    assertThat(Trees.text(read.documents().getFirst()).strip()).isEqualTo("mapper:\n  timeout: 42");
  }

  @Test
  void theSandboxIsTheFolderOfEachFileNamed() throws IOException {
    Path inner = Files.createDirectory(folder.resolve("inner"));
    Files.writeString(folder.resolve("x.yaml"), "a: 1\n");
    Path file = Files.writeString(inner.resolve("t.j2"), "mapper: {{ include('../x.yaml') }}\n");
    assertThatThrownBy(() -> FrontEnd.read(List.of(file), Map.of(), Use.SEARCH))
        .isExactlyInstanceOf(InputException.class)
        .hasMessageContaining("leads out of the folder of the specification");
    Path outer =
        Files.writeString(folder.resolve("t.j2"), "mapper: {{ include('inner/u.j2', 'm') }}\n");
    Files.writeString(inner.resolve("u.j2"), "m: {{ include('../x.yaml') }}\n");
    var read = FrontEnd.read(List.of(outer), Map.of(), Use.SEARCH);
    assertThat(Trees.text(read.documents().getFirst()).strip()).isEqualTo("mapper:\n  a: 1");
  }
}
