package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Results never replace what they were made from. */
class InputsAreKeptTest {
  private static final String WORKLOAD =
      """
      einloom: 1
      workload:
        name: mm
        einsums:
        - {name: mm, extents: {m: 4, n: 4, k: 4}, expression: "O[m,n] += A[m,k] * B[k,n]"}
      """;

  @TempDir Path folder;

  private String run(int exitCode, String... args) {
    var err = new StringWriter();
    assertThat(Main.run(new PrintWriter(new StringWriter()), new PrintWriter(err, true), args))
        .as(err.toString())
        .isEqualTo(exitCode);
    return err.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--json", "--csv", "--save-mapping"})
  void theWorkloadIsNotWrittenOver(String option) throws IOException {
    Path file = Files.writeString(folder.resolve("w.yaml"), WORKLOAD);
    Path link = Files.createSymbolicLink(folder.resolve("link.yaml"), file);
    for (Path output : new Path[] {file, link}) {
      assertThat(run(2, "map", file.toString(), "--arch", "teaching", option, output.toString()))
          .contains(option + " would write over the input");
      assertThat(file).content().isEqualTo(WORKLOAD);
    }
  }

  /** Commands that only show something do not write over it, either. */
  @Test
  void whatIsShownIsNotWrittenOver() throws IOException {
    Path file = Files.writeString(folder.resolve("w.yaml"), WORKLOAD);
    assertThat(run(2, "workload", file.toString(), "--json", file.toString()))
        .contains("--json would write over the input");
    assertThat(file).content().isEqualTo(WORKLOAD);
  }

  @Test
  void nestsOfAbsurdDepthAreRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("w.yaml"), WORKLOAD);
    String deep =
        "einloom: 1\nmapping:\n- layer: mm\n  nodes:\n  - keep: {memory: DRAM, tensors: [A, B, O]}\n"
            + "  - for: {variable: n, tile: 4}\n".repeat(5000)
            + "  - for: {variable: n, tile: 1}\n  - for: {variable: m, tile: 1}\n"
            + "  - for: {variable: k, tile: 1}\n";
    Path mapping = Files.writeString(folder.resolve("m.yaml"), deep);
    assertThat(
            run(
                2,
                "evaluate",
                file.toString(),
                "--arch",
                "teaching",
                "--mapping",
                mapping.toString()))
        .contains("nodes; expected at most 1000");
  }
}
