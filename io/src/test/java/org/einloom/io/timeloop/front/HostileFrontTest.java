package org.einloom.io.timeloop.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.einloom.io.input.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every hostile or mistaken file gets the message that {@code golden.txt} says, soon, and no other
 * exception. {@code -Deinloom.golden=write} writes the messages of today there, to be read.
 */
class HostileFrontTest {
  private static final Path ROOT = Path.of("src/test/resources/timeloop-front/hostile");
  private static final Path GOLDEN = ROOT.resolve("golden.txt");
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final String HEAD =
      """
      # What a user reads for each file, read alone to evaluate a mapping: a file, and its message.
      """;

  @Test
  void everyFileGetsItsMessage() throws IOException {
    Map<String, String> expected = golden();
    var golden = new StringBuilder(HEAD);
    var softly = new SoftAssertions();
    List<Path> files = files();
    assertThat(files).hasSizeGreaterThan(100);
    for (Path file : files) {
      String name = ROOT.relativize(file).toString();
      long start = System.nanoTime();
      Throwable thrown = catchThrowable(() -> FrontEnd.read(List.of(file), Map.of(), Use.EVALUATE));
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      softly.assertThat(thrown).as(name).isExactlyInstanceOf(InputException.class);
      softly.assertThat(took).as(name).isLessThan(SOON);
      if (thrown == null) {
        continue;
      }
      String message = String.valueOf(thrown.getMessage()).replace(ROOT + "/", "");
      softly.assertThat(message).as(name).isEqualTo(expected.get(name));
      softly.assertThat(message).as(name).hasSizeLessThan(600).doesNotContain("\n");
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
  void symbolicLinksLeadNowhereElse(@TempDir Path folder) throws IOException {
    Path outside =
        Files.writeString(Files.createDirectory(folder.resolve("o")).resolve("s.yaml"), "a: 1");
    Path inside = Files.createDirectory(folder.resolve("i"));
    Files.createSymbolicLink(inside.resolve("link.yaml"), outside);
    Files.createSymbolicLink(inside.resolve("folder"), folder.resolve("o"));
    for (String call :
        List.of(
            "include('link.yaml', 'a')",
            "include('folder/s.yaml', 'a')",
            "include_all('*.yaml', 'a')",
            "include_all('folder/*', 'a')",
            "include_text('link.yaml')",
            "path_exists('link.yaml')",
            "add_to_path('folder')")) {
      Path file = Files.writeString(inside.resolve("top.j2"), "a: {{ " + call + " }}\n");
      assertThatThrownBy(() -> FrontEnd.read(List.of(file), Map.of(), Use.EVALUATE))
          .as(call)
          .isExactlyInstanceOf(InputException.class)
          .hasMessageContaining("top.j2:1:")
          .hasMessageContaining("leads out of the folder by a symbolic link");
    }
  }

  @Test
  void parametersAreDataToo() {
    Path file = ROOT.resolve("undefined-name.j2");
    for (String value : List.of("[__import__('os')]", "[open('x')]", "{1: cwd()}")) {
      assertThatThrownBy(() -> FrontEnd.read(List.of(file), Map.of("a", value), Use.EVALUATE))
          .isExactlyInstanceOf(InputException.class)
          .hasMessageContaining("--set a");
    }
    assertThatThrownBy(() -> FrontEnd.read(List.of(file), Map.of("_x", "1"), Use.EVALUATE))
        .hasMessage("--set: '_x' is no name; expected --set NAME=VALUE");
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(ROOT)) {
      return files.filter(Files::isRegularFile).filter(f -> !f.equals(GOLDEN)).sorted().toList();
    }
  }

  private static Map<String, String> golden() throws IOException {
    var golden = new LinkedHashMap<String, String>();
    if (!Files.exists(GOLDEN)) {
      return golden;
    }
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
