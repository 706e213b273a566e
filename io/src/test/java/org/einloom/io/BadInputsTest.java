package org.einloom.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.einloom.io.input.InputException;
import org.einloom.io.input.Source;
import org.einloom.io.mapping.LoopTreeText;
import org.einloom.io.yaml.ConstraintsYaml;
import org.einloom.io.yaml.MappingYaml;
import org.junit.jupiter.api.Test;

/**
 * Every mistake gets the message that {@code bad/golden.txt} says, soon, and no other exception.
 * {@code -Deinloom.golden=write} writes the messages of today there, to be read and compared.
 */
class BadInputsTest {
  private static final Path GOLDEN = BadInputs.BAD.resolve("golden.txt");
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final String HEAD =
      """
      # What a user reads for each mistake: a file, and below it its message.
      # Files are read by their folder: as an architecture (arch), a workload, or as a mapping of
      # good/workload.yaml on good/architecture.yaml, in YAML (mapping) or as text,
      # or as constraints for that architecture.
      """;

  @Test
  void everyMistakeGetsItsMessage() throws IOException {
    Map<String, String> expected = golden();
    var golden = new StringBuilder(HEAD);
    var softly = new SoftAssertions();
    List<Path> files = BadInputs.files();
    assertThat(files).hasSizeGreaterThan(150);
    for (Path file : files) {
      String name = BadInputs.BAD.relativize(file).toString();
      long start = System.nanoTime();
      Throwable thrown = catchThrowable(() -> BadInputs.read(file));
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      softly.assertThat(thrown).as(name).isExactlyInstanceOf(InputException.class);
      softly.assertThat(took).as(name).isLessThan(SOON);
      if (thrown == null) {
        continue;
      }
      String message = String.valueOf(thrown.getMessage()).replace(BadInputs.BAD + "/", "");
      softly.assertThat(message).as(name).isEqualTo(expected.get(name));
      softly.assertThat(message.lines()).as("one line for " + name).hasSize(1);
      golden.append('\n').append(name).append("\n  ").append(message).append('\n');
    }
    if (System.getProperty("einloom.golden", "").equals("write")) {
      Files.writeString(GOLDEN, golden);
      return;
    }
    softly.assertAll();
    assertThat(Files.readString(GOLDEN)).isEqualTo(golden.toString());
  }

  @Test
  void theFilesTheMistakesWereMadeInAreGood() throws IOException {
    var architecture = BadInputs.goodArchitecture();
    var workload = BadInputs.goodWorkload();
    Path text = BadInputs.GOOD.resolve("mapping.txt");
    var trees =
        MappingYaml.read(BadInputs.GOOD.resolve("mapping.yaml")).legal(workload, architecture);
    assertThat(trees)
        .containsOnlyKeys("fc")
        .isEqualTo(LoopTreeText.read(Source.file(text), workload, architecture).trees());
    assertThat(
            ConstraintsYaml.read(BadInputs.GOOD.resolve("constraints.yaml"), architecture)
                .constraints()
                .all())
        .hasSize(12);
    var fc = workload.layers().getLast().einsum();
    assertThat(LoopTreeText.write(fc, architecture, trees.firstEntry().getValue()))
        .isEqualTo(Files.readString(text));
  }

  private static Map<String, String> golden() throws IOException {
    var golden = new LinkedHashMap<String, String>();
    String file = "";
    for (String line : Files.readAllLines(GOLDEN)) {
      if (line.startsWith("  ")) {
        golden.put(file, line.strip());
      } else if (!line.startsWith("#")) {
        file = line;
      }
    }
    return golden;
  }
}
