package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every command between fences called {@code console} prints what the page says, in README.md and
 * in docs. {@code -Deinloom.update-docs=true} writes into the pages what it prints today.
 */
class DocumentedCommandsTest {
  private static final boolean UPDATE = Boolean.getBoolean("einloom.update-docs");

  static Stream<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.list(Path.of("../docs"))) {
      return Stream.concat(Stream.of(Path.of("../README.md")), docs.sorted().toList().stream())
          .filter(page -> page.toString().endsWith(".md"))
          .filter(page -> read(page).runsAnything());
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void printWhatThePageSays(Path file, @TempDir Path folder) throws IOException {
    Page page = read(file);
    var reader = new Reader(folder);
    List<Page.Part> today = new ArrayList<>();
    for (Page.Part part : page.parts()) {
      today.add(
          switch (part) {
            case Page.Text text -> text;
            case Page.NamedFile named -> {
              reader.save(named);
              yield named;
            }
            case Page.Run run -> new Page.Run(run.command(), asWritten(run, reader));
          });
    }
    if (UPDATE) {
      Files.writeString(file, new Page(today).text());
      return;
    }
    for (int i = 0; i < today.size(); i++) {
      assertThat(String.join("\n", page.parts().get(i).lines()))
          .as(
              "%s is out of date. If what is printed today is right:"
                  + " ./mvnw -q -Dquick -pl cli -am test -Dtest=DocumentedCommandsTest"
                  + " -Deinloom.update-docs=true",
              file)
          .isEqualTo(String.join("\n", today.get(i).lines()));
    }
  }

  /** What is printed today; as on the page where that differs only in what always does. */
  private static List<String> asWritten(Page.Run run, Reader reader) {
    List<String> printed = reader.run(run.command());
    return lasting(printed).equals(lasting(run.output())) ? run.output() : printed;
  }

  /**
   * Without what depends on the machine, the day and how searches go: CPU time, effort, version.
   */
  private static List<String> lasting(List<String> output) {
    return output.stream()
        .map(l -> l.replaceAll("[\\d,.]+ s of CPU time", "? s of CPU time"))
        .map(l -> l.replaceAll("[\\d.]+ CPU s", "? CPU s"))
        .map(l -> l.replaceAll("[\\d,]+ candidates", "? candidates"))
        .map(l -> l.replaceAll("left out: [\\d,]+ ", "left out: ? "))
        .map(l -> l.replaceAll("\"evaluated\" : \\d+", "\"evaluated\" : ?"))
        .map(l -> l.replaceAll("\"cpuS\" : [\\d.E-]+", "\"cpuS\" : ?"))
        .map(l -> l.replaceAll("einloom(\" : \"| )\\d+\\.\\d[\\w.-]*", "einloom$1?"))
        .toList();
  }

  @Test
  void aPageIsItsParts() {
    String text = "a\n```console\n$ b\nc\n$ d\n```\n\n```yaml\n# e.yaml\nf: 1\n```\n# g.yaml\n";
    Page page = Page.parse(text);
    assertThat(page.text()).isEqualTo(text);
    assertThat(page.parts().stream().filter(Page.Run.class::isInstance))
        .containsExactly(new Page.Run("b", List.of("c")), new Page.Run("d", List.of()));
    assertThat(page.parts().stream().filter(Page.NamedFile.class::isInstance))
        .containsExactly(new Page.NamedFile("e.yaml", List.of("# e.yaml", "f: 1")));
  }

  private static Page read(Path file) {
    try {
      return Page.parse(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
