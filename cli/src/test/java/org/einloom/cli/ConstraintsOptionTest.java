package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConstraintsOptionTest {
  private static final String[] MAP = {"map", "../examples/matmul.yaml", "--arch", "teaching"};

  @TempDir Path folder;

  @Test
  void namesThatTheWorkloadLacksAreRefusedInAFileForIt() throws IOException {
    Path file = constraints("memories: {Buffer: {factors: {mm: 2}}}");
    assertThat(map("--constraints", file.toString()).refused())
        .contains("c.yaml:2:45: 'factors: {mm: 2}' of memory 'Buffer': ")
        .contains("no layer of workload 'matmul' has a rank variable 'mm'; there are k, m, n;")
        .endsWith("did you mean 'm'?");
    Path tiling = constraints("tiling: {q: imperfect}");
    assertThat(map("--constraints", tiling.toString()).refused())
        .contains("c.yaml: tiling: no layer of workload 'matmul' has a rank variable 'q'");
  }

  @Test
  void namesThatTheArchitectureLacksAreRefused() throws IOException {
    Path file = constraints("memories: {Bufer: {keep: [all]}}");
    assertThat(map("--constraints", file.toString()).refused())
        .contains("c.yaml:2:26: 'Bufer' is no memory of the architecture")
        .endsWith("did you mean 'Buffer'?");
  }

  @Test
  void tilingsThatMakeNoSenseAreRefused() {
    assertThat(map("--tiling", "inperfect").refused())
        .contains("--tiling inperfect: expected perfect or imperfect")
        .endsWith("did you mean 'imperfect'?");
    assertThat(map("--tiling", "mm=perfect").refused())
        .contains("--tiling: no layer of workload 'matmul' has a rank variable 'mm'");
    assertThat(map("--tiling", "m=perfect,m=imperfect").refused())
        .contains("--tiling of m is both");
    assertThat(map("--tiling", "perfect", "--tiling", "imperfect").refused())
        .contains("--tiling is both");
    map("--tiling", "perfect,m=imperfect", "--tiling", "k=perfect").succeeded();
  }

  @Test
  void aMappingThatIsShownSatisfiesWhatWasAsked() throws IOException {
    Path none = constraints("memories: {Buffer: {bypass: [all]}, RegisterFile: {bypass: [all]}}");
    Cli.Result result = map("--constraints", none.toString(), "--show-mapping");
    assertThat(result.exitCode()).isIn(0, 2);
    if (result.exitCode() == 0) {
      assertThat(result.out()).contains("in DRAM").doesNotContain("in Buffer");
    } else {
      assertThat(result.refused()).contains("c.yaml:2:35: 'bypass: [all]' of memory 'Buffer'");
    }
  }

  @Test
  void demandsThatConflictAreExplained() throws IOException {
    Path file =
        constraints(
            "memories: {Buffer: {keep: [A, B]}}, fanouts: {Array: {min_utilization: 90 %,"
                + " dimensions: {x: {variables: [m]}, y: {variables: []}}}}");
    assertThat(map("--constraints", file.toString()).refused())
        .contains("no mapping of layer 'matmul' on 'teaching': ")
        .contains("c.yaml:2:69: 'min_utilization: 90 %' of fanout 'Array'; ")
        .contains(
            "'variables: []' of dimension 'y' of fanout 'Array': together these leave no mapping")
        .contains("lower 'min_utilization: 90 %' of fanout 'Array' to 25 % (4 of 16), or ")
        .contains("let m or n or k be spread on Array.y, too")
        .doesNotContain("keep");
  }

  @Test
  void aLimitThatCannotBeMetIsRaised() throws IOException {
    // 64 x 64 x 64 computes, 16 at once, at 100 MHz
    Path file = constraints("max_latency: 100 us");
    assertThat(map("--constraints", file.toString()).refused())
        .endsWith(
            "c.yaml:2:15: 'max_latency: 100 us': this leaves no mapping; raise 'max_latency: 100"
                + " us' to 163.9 us");
  }

  @Test
  void theConstraintsAreNotWrittenOver() throws IOException {
    Path file = constraints("max_energy: 1 J");
    String text = Files.readString(file);
    assertThat(map("--constraints", file.toString(), "--json", file.toString()).refused())
        .contains("--json would write over the input");
    assertThat(file).content().isEqualTo(text);
  }

  @Test
  void validateLooksNamesUpWhereItCan() throws IOException {
    String file = constraints("memories: {GLB: {keep: [all]}}, max_area: 1 mm2").toString();
    assertThat(Cli.run("validate", file).succeeded().out())
        .contains("2 constraints; whether what they name exists depends on --arch");
    assertThat(Cli.run("validate", file, "--arch", "eyeriss").refused())
        .contains("'GLB' is no memory of the architecture");
    String example = "../examples/teaching.constraints.yaml";
    assertThat(Cli.run("validate", example, "--arch", "teaching").succeeded().out())
        .isEqualToIgnoringNewLines(example + ": 7 constraints on 'teaching'");
  }

  private Path constraints(String body) throws IOException {
    return Files.writeString(folder.resolve("c.yaml"), "einloom: 1\nconstraints: {" + body + "}\n");
  }

  private static Cli.Result map(String... more) {
    return Cli.run(Stream.concat(Stream.of(MAP), Stream.of(more)).toArray(String[]::new));
  }
}
