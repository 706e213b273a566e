package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Slips of the fingers in files for Timeloop, none of which may pass in silence. */
class TimeloopSlipsTest {
  private static final String CASES = "../io/src/test/resources/timeloop/";
  private static final String DESIGN =
      """
      {% set columns = columns | default(4) %}
      architecture:
        version: 0.4
        nodes:
        - !Component
          name: DRAM
          class: DRAM
          attributes: {width: 64, datawidth: 16, technology: "45nm"}
        - !Container
          name: column
          spatial: {meshX: {{ columns }}}
        - !Component
          name: GLB
          class: banked_storage
          attributes: {width: 16, depth: 256, datawidth: 16, n_banks: 2, technology: "45nm"}
        - !Component
          name: mac
          class: intmac
          attributes: {datawidth: 16, technology: "45nm"}
      components:
        version: 0.4
        classes:
        - name: banked_storage
          attributes: {technology: must_specify, width: must_specify, depth: 8, n_banks: 1}
          subcomponents:
          - {name: 'bank[0..n_banks-1]', class: SRAM, attributes: {width: width, depth: depth / n_banks}}
          actions:
          - {name: read, subcomponents: [{name: 'bank[0]', actions: [{name: read}]}]}
          - {name: write, subcomponents: [{name: 'bank[0]', actions: [{name: write}]}]}
          - {name: leak, subcomponents: [{name: 'bank[0..n_banks-1]', actions: [{name: leak}]}]}
      problem:
        version: 0.4
        shape:
          name: product
          dimensions: [M, N, K]
          data_spaces:
          - {name: A, projection: [[[M]], [[K]]]}
          - {name: B, projection: [[[K]], [[N]]]}
          - {name: Z, projection: [[[M]], [[N]]], read_write: true}
        instance: {M: 4, N: 8, K: 4}
      mapping:
      - {target: DRAM, type: temporal, factors: [N={{ 8 // columns }}, M=4]}
      - {target: inter_column_spatial, type: spatial, factors: [N={{ columns }}], permutation: [N], split: 1}
      - {target: GLB, type: temporal, factors: [K=4]}
      """;

  @TempDir
  @SuppressWarnings("NullAway.Init") // set by JUnit
  private Path folder;

  private Cli.Result evaluate(String design, String... more) throws IOException {
    Path file = Files.writeString(folder.resolve("d.yaml"), design);
    List<String> all = new ArrayList<>(List.of("evaluate", "--timeloop", file.toString()));
    all.addAll(List.of(more));
    return Cli.run(all.toArray(String[]::new));
  }

  @Test
  @DisplayName("without slips nothing is said of any")
  void sound() throws IOException {
    Cli.Result r = evaluate(DESIGN, "--set", "columns=2");
    assertThat(r.exitCode()).as(r.err()).isZero();
    assertThat(r.err()).doesNotContain("did you mean").doesNotContain("twice");
  }

  @ParameterizedTest
  @DisplayName("attributes of compounds, of their parts, and of computes")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "16, n_banks: 2,|16, n_bank: 2,|0|d.yaml:15:56: attribute 'n_bank' of 'GLB' means nothing to Timeloop; did you mean 'n_banks'?",
        "depth: 256|detph: 256|0|attribute 'detph' of 'GLB' means nothing to Timeloop; did you mean 'depth'?",
        "attributes: {datawidth: 16, technology|attributes: {datawidht: 16, precision: 16, technology|0|attribute 'datawidht' of 'mac' means nothing",
        "{width: width, depth|{widht: 8, width: width, depth|0|attribute 'widht' of its part 'bank' means nothing, at ",
        "{width: width, depth|{widht: width, depth|2|'bank' in level 'GLB' of class 'SRAM' has no 'datawidth'; there is 'widht'; did you mean 'width'?",
        "attributes: {width: 16, depth|attributes: {widht: 16, depth|2|level 'GLB' of class 'banked_storage' has no 'width'; there is 'widht'; did you mean 'width'?",
      })
  void attributes(String from, String to, int code, String message) throws IOException {
    assertThat(DESIGN).contains(from);
    Cli.Result r = evaluate(DESIGN.replace(from, to));
    assertThat(r.exitCode()).as(r.err()).isEqualTo(code);
    assertThat(r.err()).contains(message).doesNotContain("\tat ");
  }

  @Test
  @DisplayName("a parameter that no template names")
  void parameters() throws IOException {
    Cli.Result near = evaluate(DESIGN, "--set", "colums=8");
    assertThat(near.exitCode()).isEqualTo(2);
    assertThat(near.err().strip())
        .isEqualTo("einloom: --set colums: no template names 'colums'; did you mean 'columns'?");
    String plain = DESIGN.replaceFirst(".*\n", "").replaceAll("\\{\\{[^}]*\\}\\}", "4");
    assertThat(evaluate(plain, "--set", "columns=8").err())
        .contains("--set columns: none of the files is a template, so there is nothing to set");
    // what stands in a branch that is not taken is a name, too
    Cli.Result branch = evaluate("{% if false %}{{ rows }}{% endif %}" + DESIGN, "--set", "rows=3");
    assertThat(branch.exitCode()).as(branch.err()).isZero();
  }

  @Test
  @DisplayName("a file named twice, by whatever name")
  void twice() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link.yaml"), Path.of("d.yaml"));
    Cli.Result r = evaluate(DESIGN, link.toString());
    assertThat(r.exitCode()).as(r.err()).isZero();
    assertThat(r.err()).contains("link.yaml: the file is named twice, and read once");
  }

  @Test
  @DisplayName("an option that is none here is not taken for a file in silence")
  void options() throws IOException {
    Cli.Result r = evaluate(DESIGN, "--quiet");
    assertThat(r.exitCode()).isEqualTo(2);
    assertThat(r.err())
        .contains("'--quiet': --timeloop takes it for a file, as it is no option of this command");
  }

  @ParameterizedTest
  @DisplayName("includes of what is not there")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "parts/*.yml|no file fits 'parts/*.yml'; looked in '%s'; in 'parts/' are 'mac.yaml'",
        "prats/*.yaml|no file fits 'prats/*.yaml'; looked in '%s'; did you mean 'parts'?",
        "parts/mca.yaml|'parts/mca.yaml' does not exist; looked in '%s'; did you mean 'mac.yaml'?",
      })
  void includes(String path, String message) throws IOException {
    Files.writeString(Files.createDirectory(folder.resolve("parts")).resolve("mac.yaml"), "a: 1");
    Cli.Result r = evaluate("x: {{ include_all('%s', 'a') }}\n".formatted(path));
    assertThat(r.exitCode()).isEqualTo(2);
    assertThat(r.err()).contains(message.formatted(folder));
  }

  @Test
  @DisplayName("tables of no level, however far their names are")
  void tables() throws IOException {
    String tables =
        """
        ERT: {version: 0.4, tables: [{name: 'top.Scratchpad[1..1]', actions: [{name: read, energy: 1}]}]}
        ART: {version: 0.4, tables: [{name: 'top.GBL', area: 1}]}
        """;
    Cli.Result r = evaluate(DESIGN + tables);
    assertThat(r.exitCode()).as(r.err()).isZero();
    assertThat(r.err())
        .contains("the ERT's table 'Scratchpad' is of no level, and is not used; there are 'DRAM'")
        .contains("the ART's table 'GBL' is of no level, and is not used; did you mean 'GLB'?");
  }

  @Test
  @DisplayName("levels that are put between instances count as nothing by rule, not as published")
  void betweenInstances() throws IOException {
    Cli.Result r = evaluate(DESIGN);
    assertThat(r.exitCode()).as(r.err()).isZero();
    assertThat(r.out())
        .contains("figures: 0 as published; 7 nothing by rule (inter_column_spatial read,");
  }

  @Test
  @DisplayName("MACs that Timeloop does not count")
  void skewed() {
    String files = "";
    for (String f : List.of("arch", "problem", "mapping", "ERT", "ART")) {
      files += " " + CASES + "mm_skew/" + f + ".yaml";
    }
    Cli.Result r = Cli.run(("evaluate --accounting timeloop --timeloop" + files).split(" "));
    assertThat(r.exitCode()).as(r.err()).isZero();
    assertThat(r.err()).contains("of the 64 MACs Timeloop's rules count 16: skewed");
    Cli.Result own = Cli.run(("evaluate --timeloop" + files).split(" "));
    assertThat(own.err()).doesNotContain("rules count");
  }

  @Test
  @DisplayName("a mapping is written for Timeloop without energies or a technology")
  void withoutEnergies() throws IOException {
    Path mapping = folder.resolve("m.yaml");
    String bare =
        DESIGN.replace(", technology: \"45nm\"", "").replace("technology: must_specify, ", "");
    assertThat(evaluate(bare).err()).contains("has no 'technology'");
    Cli.Result made =
        Cli.run(
            "convert",
            "--from",
            "timeloop",
            evaluated(DESIGN),
            "-o",
            folder.resolve("c").toString());
    assertThat(made.exitCode()).as(made.err()).isZero();
    Files.copy(folder.resolve("c/mapping.yaml"), mapping);
    Path other = Files.writeString(folder.resolve("bare.yaml"), bare);
    Cli.Result r =
        Cli.run("convert", "--to", "timeloop", mapping.toString(), "--timeloop", other.toString());
    assertThat(r.exitCode()).as(r.err()).isZero();
    assertThat(r.out()).contains("target: inter_column_spatial");
  }

  private String evaluated(String design) throws IOException {
    return Files.writeString(folder.resolve("full.yaml"), design).toString();
  }
}
