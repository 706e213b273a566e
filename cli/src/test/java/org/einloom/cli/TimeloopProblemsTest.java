package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Layers and designs of many kinds, with constraints from strong to almost none: each is proven,
 * and what is found costs the same when it is written for Timeloop and evaluated.
 */
class TimeloopProblemsTest {
  private static final Path FOLDER = Path.of("src/test/resources/timeloop-problems");

  @TempDir
  @SuppressWarnings("NullAway.Init") // set by JUnit
  private Path folder;

  static Stream<String> problems() throws IOException {
    try (Stream<Path> all = Files.list(FOLDER)) {
      return all.map(p -> String.valueOf(p.getFileName())).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("problems")
  @DisplayName("proven, and the same when evaluated")
  void proven(String problem) throws IOException {
    String file = FOLDER.resolve(problem).toString();
    Path result = folder.resolve("result.json");
    run("map --quiet --accounting timeloop --json " + result + " --timeloop " + file);
    JsonNode found = layer(result);
    assertThat(found.at("/optimality/status").asString()).isEqualTo("optimal");
    Path mapping = folder.resolve("mapping.yaml");
    run("convert --to timeloop " + result + " -o " + mapping + " --timeloop " + file);
    String without =
        Files.readString(Path.of(file)).replaceFirst("(?s)mapspace_constraints:.*?\\nERT:", "ERT:");
    Path free = Files.writeString(folder.resolve("free.yaml"), without);
    Path again = folder.resolve("again.json");
    run("evaluate --accounting timeloop --json " + again + " --timeloop " + mapping + " " + free);
    assertThat(layer(again).at("/energyPj")).isEqualTo(found.at("/energyPj"));
    assertThat(layer(again).at("/cycles")).isEqualTo(found.at("/cycles"));
  }

  private static JsonNode layer(Path file) throws IOException {
    return JsonMapper.shared().readTree(Files.readString(file)).at("/layers/0");
  }

  private static void run(String command) {
    Cli.Result r = Cli.run(command.split(" +"));
    assertThat(r.exitCode()).as(r.err()).isZero();
  }
}
