package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvertCommandTest {
  private static final String CASE = "../io/src/test/resources/timeloop/mm_2d_out_stationary/";
  private static final String FILES =
      CASE + "arch.yaml " + CASE + "problem.yaml " + CASE + "ERT.yaml " + CASE + "ART.yaml";

  @Test
  @DisplayName("from Timeloop, evaluated, searched, and back")
  void around(@TempDir Path folder) throws Exception {
    Cli.Result converted =
        run("convert --from timeloop " + FILES + " " + CASE + "mapping.yaml -o " + folder);
    assertThat(converted.exitCode()).isZero();
    assertThat(converted.out().lines().map(l -> Path.of(l).getFileName().toString()))
        .containsExactly("architecture.yaml", "workload.yaml", "mapping.yaml");
    Path result = folder.resolve("result.json");
    Cli.Result evaluated =
        run(
            "evaluate %1$s/workload.yaml --arch %1$s/architecture.yaml --mapping %1$s/mapping.yaml --json %1$s/result.json"
                .formatted(folder));
    assertThat(evaluated.exitCode()).isZero();
    assertThat(evaluated.out()).contains("8192");
    Cli.Result back = run("convert --to timeloop " + folder + "/mapping.yaml --timeloop " + FILES);
    assertThat(back.out()).contains("  factors: N=4 M=4 K=1\n  split: 1\n");
    Path best = folder.resolve("best.yaml");
    Cli.Result written =
        run("convert --to timeloop " + result + " -o " + best + " --timeloop " + FILES);
    assertThat(written.err()).isEmpty();
    assertThat(Files.readString(best)).contains("mapping:\n- target: DRAM\n");
    assertThat(run("convert --from timeloop " + FILES + " " + best + " -o " + folder).exitCode())
        .isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "convert | expected --from timeloop or --to timeloop, and not both; see einloom convert --help",
        "convert --from timelop x | --from is 'timelop'; expected timeloop; did you mean 'timeloop'?",
        "convert --from timeloop | --from has no FILE; name those of the specification",
        "convert --from timeloop x | --from needs a folder to write to; add -o FOLDER",
        "convert --from timeloop x -o /tmp | x: does not exist",
        "convert --to timeloop x | --to needs the specification that the mapping is for; add --timeloop FILE...",
        "map --accounting timelop --timeloop x | --accounting is 'timelop'; expected default, timeloop, or timeloop: and switches; did you mean 'timeloop'?",
        "map --arch eyeriss --timeloop x | unknown option '--arch' (see einloom map --help)",
      })
  @DisplayName("what is missing or does not go together is said")
  void errors(String command, String message) {
    Cli.Result r = run(command);
    assertThat(r.exitCode()).isEqualTo(2);
    assertThat(r.err().strip()).isEqualTo("einloom: " + message);
  }

  private static Cli.Result run(String command) {
    return Cli.run(command.split(" "));
  }
}
