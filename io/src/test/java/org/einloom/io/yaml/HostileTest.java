package org.einloom.io.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.einloom.io.input.InputException;
import org.einloom.io.input.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Large files made to hurt take time in proportion to their size, and no more memory than that. */
class HostileTest {
  private static final int SIZE = 10 << 20;
  private static final Duration SOON = Duration.ofSeconds(15);
  private static final Map<String, String> PIECES =
      Map.ofEntries(
          Map.entry("one long word", "a"),
          Map.entry("one long line of words", "a "),
          Map.entry("blanks", " "),
          Map.entry("line ends", "\n"),
          Map.entry("a list", "- a\n"),
          Map.entry("a flow list", "a, "),
          Map.entry("flow mappings", "{}, "),
          Map.entry("one long tag", "a"),
          Map.entry("one long anchor", "a"),
          Map.entry("a long number", "1"),
          Map.entry("quotes", "''"),
          Map.entry("opening brackets", "["),
          Map.entry("opening braces", "{"),
          Map.entry("question marks", "? "),
          Map.entry("directives", "%FOO bar\n"));
  private static final Map<String, String> STARTS =
      Map.of(
          "a flow list", "[",
          "flow mappings", "[",
          "one long tag", "!",
          "one long anchor", "&",
          "a list", "\n",
          "quotes", "'");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "one long word",
        "one long line of words",
        "blanks",
        "line ends",
        "a list",
        "a flow list",
        "flow mappings",
        "one long tag",
        "one long anchor",
        "a long number",
        "quotes",
        "opening brackets",
        "opening braces",
        "question marks",
        "directives"
      })
  void largeFilesAreRefusedSoon(String what) {
    String piece = PIECES.get(what);
    String head = what.equals("directives") ? "" : "einloom: 1\narchitecture: ";
    String text = head + STARTS.getOrDefault(what, "") + piece.repeat(SIZE / piece.length());
    long start = System.nanoTime();
    assertThatThrownBy(() -> ArchitectureYaml.read("hostile.yaml", text))
        .isExactlyInstanceOf(InputException.class)
        .message()
        .hasSizeLessThan(400);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
  }

  @Test
  void aForkOfManyBranchesIsReadSoon() {
    var text =
        new StringBuilder(
            """
            einloom: 1
            architecture:
              name: many
              clock: 1 GHz
              widths: {input: 8 b, weight: 8 b, output: 8 b, partial: 8 b}
              nodes:
              - memory: DRAM
            """);
    for (int i = 0; i < 480; i++) {
      text.append("  - toll: T").append(i).append("\n    actions: {read: {energy: 1 pJ}}\n");
    }
    text.append("  - fork: F\n    branches:\n");
    for (int i = 0; i < 480; i++) {
      text.append("    - nodes: [{compute: X").append(i).append("}]\n");
    }
    long start = System.nanoTime();
    var design = ArchitectureYaml.readFile(Source.text("many.yaml", text.toString())).design();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
    assertThat(design.paths()).hasSize(480);
    assertThat(design.first().idle()).hasSize(479);
  }
}
