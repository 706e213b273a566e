package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code einloom evaluate --timeloop}. */
class TimeloopEvaluateTest {
  private static final String ARCHITECTURE =
      """
      architecture:
        version: 0.4
        subtree:
        - name: top
          local:
          - name: DRAM[1..1]
            class: DRAM
            attributes: {datawidth: 16, width: 64, meshX: 1, meshY: 1}
          - name: GLB[1..1]
            class: SRAM
            attributes: {datawidth: 16, depth: 64, width: 16, meshX: 1, meshY: 1}
          - name: mac[1..4]
            class: intmac
            attributes: {datawidth: 16, meshX: 4, meshY: 1}
      """;

  private static final String PROBLEM =
      """
      problem:
        shape:
          name: product
          dimensions: [M, K, N]
          data_spaces:
          - {name: A, projection: [[[M]], [[K]]]}
          - {name: B, projection: [[[K]], [[N]]]}
          - {name: Z, projection: [[[M]], [[N]]], read_write: true}
        instance: {M: 8, K: 8, N: 4}
      """;

  private static final String MAPPING =
      """
      mapping:
      - {target: DRAM, type: temporal, permutation: KMN, factors: M=2 K=0 N=1}
      - {target: GLB, type: temporal, permutation: KMN, factors: M=4 K=4 N=1}
      - {target: GLB, type: spatial, permutation: NKM, factors: N=4, split: 1}
      """;

  private static final String TABLES =
      """
      ERT:
        version: 0.4
        tables:
        - name: top.DRAM[1..1]
          actions: [{name: read, energy: 64}, {name: write, energy: 70}, {name: update, energy: 71}]
        - name: top.GLB[1..1]
          actions: [{name: read, energy: 2}, {name: write, energy: 3}, {name: update, energy: 4}]
        - name: top.mac[1..4]
          actions: [{name: compute, energy: 0.5}]
      ART:
        version: 0.4
        tables:
        - {name: 'top.DRAM[1..1]', area: 0}
        - {name: 'top.GLB[1..1]', area: 1000}
        - {name: 'top.mac[1..4]', area: 10}
      """;

  @TempDir
  @SuppressWarnings("NullAway.Init") // set by JUnit
  private Path folder;

  private record Answer(int code, String out, String err) {}

  private static Answer run(List<String> arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int code =
        Main.run(new PrintWriter(out), new PrintWriter(err), arguments.toArray(String[]::new));
    return new Answer(code, out.toString(), err.toString());
  }

  private Answer evaluate(List<String> files, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("evaluate", "--timeloop"));
    for (String text : files) {
      Path file = folder.resolve("f" + arguments.size() + ".yaml");
      Files.writeString(file, text);
      arguments.add(file.toString());
    }
    arguments.addAll(List.of(more));
    return run(arguments);
  }

  @Test
  @DisplayName("one file or many, in any order, say the same")
  void inAnyOrder() throws IOException {
    Answer many = evaluate(List.of(MAPPING, TABLES, PROBLEM, ARCHITECTURE));
    assertThat(many.code()).as(many.err()).isZero();
    assertThat(many.out()).contains("product on top").contains("policy default");
    assertThat(evaluate(List.of(ARCHITECTURE + PROBLEM + TABLES + MAPPING)).out())
        .isEqualTo(many.out());
  }

  @Test
  @DisplayName("as JSON, by Timeloop's rules")
  void json() throws IOException {
    Answer a =
        evaluate(
            List.of(ARCHITECTURE, PROBLEM, TABLES, MAPPING),
            "--accounting",
            "timeloop",
            "--json",
            "-");
    assertThat(a.code()).as(a.err()).isZero();
    // 4 computes at a time; areas: 1000 of the buffer and 10 of one compute
    assertThat(a.out())
        .contains("\"policy\" : \"timeloop\"", "\"cycles\" : 64", "\"areaUm2\" : 1010.0")
        .contains("\"name\" : \"GLB\"");
  }

  @Test
  @DisplayName("switches by their own names and by Timeloop's")
  void switches() throws IOException {
    List<String> files = List.of(ARCHITECTURE, PROBLEM, TABLES, MAPPING);
    Answer own = evaluate(files, "--accounting", "timeloop:no-first-read-elision");
    Answer theirs =
        evaluate(files, "--accounting", "timeloop:TIMELOOP_ENABLE_FIRST_READ_ELISION=0");
    assertThat(own.code()).as(own.err()).isZero();
    assertThat(own.out())
        .isEqualTo(theirs.out())
        .contains("policy timeloop:no-first-read-elision")
        .isNotEqualTo(evaluate(files, "--accounting", "timeloop").out());
  }

  @ParameterizedTest
  @DisplayName("what is wrong is told with its place")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "target: DRAM|target: DRMA|f5.yaml:2:3: unknown target of a directive 'DRMA'",
        "factors: M=2|factors: M=3|f5.yaml:2:1: the factors of 'M' come to 12; the problem has 8",
        "permutation: KMN|permutation: KMP|f5.yaml:2:3: unknown dimension 'P'",
        "factors: N=4|factors: 'N=8,4'|f5.yaml:2:1: the outermost factor 8,4 of 'N'",
        "factors: N=4|faktors: N=4|did you mean 'factors'?",
        "type: spatial|type: spacial|did you mean 'spatial'?",
        "split: 1|split: 0|spreads 1 x 4 below 'GLB'",
        "M=4 K=4|M=4 K=x|f5.yaml:3:",
      })
  void wrongMappings(String from, String to, String message) throws IOException {
    Answer a =
        evaluate(
            List.of(ARCHITECTURE, PROBLEM, TABLES, MAPPING.replace(from, to)),
            "--accounting",
            "timeloop");
    assertThat(a.code()).isEqualTo(2);
    assertThat(a.err()).contains(message).doesNotContain("\tat ");
    assertThat(a.out()).isEmpty();
  }

  @Test
  @DisplayName("tiles that do not fit, and missing parts")
  void doesNotFit() throws IOException {
    Answer small =
        evaluate(
            List.of(ARCHITECTURE.replace("depth: 64", "depth: 47"), PROBLEM, TABLES, MAPPING),
            "--accounting",
            "timeloop");
    assertThat(small.code()).isEqualTo(2);
    assertThat(small.err()).contains("GLB holds 47 words").contains("needs 48 (A 16, B 16, Z 16)");
    assertThat(evaluate(List.of(ARCHITECTURE, PROBLEM, TABLES)).err()).contains("no 'mapping'");
    assertThat(evaluate(List.of(ARCHITECTURE, MAPPING)).err()).contains("no 'problem'");
  }

  private static final String SPARSE =
      """
      sparse_optimizations:
        targets:
        - name: GLB
          action_optimization:
          - {type: skipping, target: B, condition_on: [A]}
      """;

  private static final String SPARSE_PROBLEM =
      PROBLEM.stripTrailing().replace("N: 4}", "N: 4,")
          + " densities: {A: {distribution: fixed_structured, density: 0.25}}}\n";

  @Test
  @DisplayName("what becomes of zeros is in the table and in JSON")
  void zeros() throws IOException {
    List<String> files = List.of(ARCHITECTURE, SPARSE_PROBLEM, TABLES, MAPPING, SPARSE);
    Answer table = evaluate(files, "--accounting", "timeloop");
    assertThat(table.code()).as(table.err()).isZero();
    // 256 computes, a quarter of which is left; so is a quarter of the reads of B
    assertThat(table.out())
        .contains("zeros: of 256 computes 64 actual, 0 gated, 0 skipped")
        .containsPattern("GLB +B +fixed_structured +100% +none +64/0/192 ");
    Answer json = evaluate(files, "--accounting", "timeloop", "--json", "-");
    assertThat(json.out().replaceAll("\\s", ""))
        .contains("\"computes\":{\"algorithmic\":256,\"actual\":64,\"gated\":0,\"skipped\":0}")
        .contains("\"reads\":{\"actual\":64,\"gated\":0,\"skipped\":192}");
  }

  @Test
  @DisplayName("Einloom's own rules leave out zeros as well, their results too")
  void sparseByOwnRules() throws IOException {
    List<String> files = List.of(ARCHITECTURE, SPARSE_PROBLEM, TABLES, MAPPING, SPARSE);
    Answer own = evaluate(files);
    assertThat(own.code()).as(own.err()).isZero();
    assertThat(own.out())
        .contains("25.0 % of the points are effectual; 25.0 % are computed")
        .contains("GLB: skip B on A saves");
    assertThat(own.err()).contains("note: ").contains("is 1 of each 4 words along its rank");
    Answer json = evaluate(files, "--json", "-");
    assertThat(json.out().replaceAll("\\s", ""))
        .contains("\"points\":{\"effectual\":64.0,\"done\":64.0,\"gated\":0.0,\"skipped\":192.0}");
  }

  @Test
  @DisplayName("comparing and searching refuse sparse files aloud")
  void sparseRefused() throws IOException {
    List<String> files = List.of(ARCHITECTURE, SPARSE_PROBLEM, TABLES, MAPPING, SPARSE);
    Answer compared =
        evaluate(files, "--accounting", "timeloop", "--against", folder.resolve("x").toString());
    assertThat(compared.code()).isEqualTo(2);
    assertThat(compared.err()).contains("--against does not compare sparse tensors");
    Answer search =
        run(
            List.of(
                "map",
                "--timeloop",
                folder.resolve("f6.yaml").toString(),
                folder.resolve("f2.yaml").toString(),
                folder.resolve("f3.yaml").toString(),
                folder.resolve("f4.yaml").toString()));
    assertThat(search.code()).isEqualTo(2);
    assertThat(search.err()).contains("sparse Timeloop files");
  }
}
