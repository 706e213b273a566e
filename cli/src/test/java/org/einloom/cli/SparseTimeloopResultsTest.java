package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Results of Timeloop's sparse problems are read by the commands that take results. */
class SparseTimeloopResultsTest {
  @TempDir Path folder;

  private Path result(String problem) throws IOException {
    Path file = folder.resolve(problem + ".json");
    String line =
        "evaluate --accounting timeloop --timeloop " + WrittenFiles.timeloop(problem) + " --json ";
    Cli.run((line + file).split(" ")).succeeded();
    return file;
  }

  /** Of computes that were skipped no cycle is spent, but Timeloop counts them as used. */
  @ParameterizedTest
  @ValueSource(strings = {"sp_coo", "sp_fc_both_4pe", "sp_eyeriss_conv", "sp_gate_storage"})
  void moreThanAllMayBeUsed(String problem) throws IOException {
    String file = result(problem).toString();
    JsonNode json = JsonMapper.shared().readTree(Files.readString(Path.of(file)));
    assertThat(json.at("/layers/0/utilization").asDouble()).isGreaterThan(2);
    assertThat(Cli.run("compare", file, file).succeeded().out()).contains("utilization");
    Path page = folder.resolve("page.html");
    Cli.run("report", file, "-o", page.toString()).succeeded();
    assertThat(page).isNotEmptyFile();
  }

  @Test
  void withoutZerosAShareIsAShare() throws IOException {
    Path file = result("sp_coo");
    String text = Files.readString(file);
    Path other = folder.resolve("other.json");
    Files.writeString(other, text.replace("\"zeros\"", "\"zeroes\""));
    assertThat(Cli.run("compare", file.toString(), other.toString()).refused())
        .contains("'layers[0].utilization' is '9.9")
        .endsWith("expected a share, from 0 to 1");
  }
}
