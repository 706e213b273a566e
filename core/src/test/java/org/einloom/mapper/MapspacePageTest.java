package org.einloom.mapper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.einloom.arch.Architecture;
import org.einloom.arch.Keep;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.testing.Tiny;
import org.junit.jupiter.api.Test;

/**
 * The mapspace has as many mappings as its page says. Whoever changes one changes the other; {@code
 * -Deinloom.update-docs=true} writes the counts into the page, to be read before it is committed.
 */
class MapspacePageTest {
  private static final Path PAGE = Path.of("../docs/mapspace.md");

  @Test
  void theTableIsTrue() throws IOException {
    List<String> page = Files.readAllLines(PAGE);
    List<String> counted = new ArrayList<>();
    int rows = 0;
    for (String line : page) {
      boolean row = line.startsWith("| `");
      rows += row ? 1 : 0;
      counted.add(row ? counted(line) : line);
    }
    assertThat(rows).isGreaterThanOrEqualTo(10);
    if (Boolean.getBoolean("einloom.update-docs")) {
      Files.write(PAGE, counted);
    }
    assertThat(counted).isEqualTo(page);
  }

  /** The row with what is counted for it. */
  private static String counted(String row) {
    String[] cells = row.replace("`", "").split("\\|");
    Tiling tiling =
        switch (cells[4].trim()) {
          case "perfect" -> Tiling.PERFECT;
          case "imperfect" -> Tiling.IMPERFECT;
          default -> throw new IllegalArgumentException(cells[4]);
        };
    long count =
        EveryMapping.count(
            Tiny.einsum(cells[1].trim(), cells[2].trim()),
            architecture(cells[3].trim()),
            tiling,
            Long.MAX_VALUE);
    return row.substring(0, row.lastIndexOf('|', row.length() - 2) + 1) + " " + count + " |";
  }

  private static Architecture architecture(String text) {
    List<String> lines = new ArrayList<>();
    for (String line : text.split("; ")) {
      // networks have no influence on which mappings there are
      lines.add(line.contains("=") ? line + " words reduce" : line.replace(" must", ""));
    }
    Architecture a = Tiny.architecture(lines.toArray(String[]::new));
    List<Node> nodes = new ArrayList<>();
    for (Node node : a.nodes()) {
      nodes.add(
          node instanceof Memory m && text.contains(m.name() + " must") ? mustKeepAll(m) : node);
    }
    return new Architecture(a.name(), a.clockHz(), a.technology(), a.widths(), nodes);
  }

  private static Memory mustKeepAll(Memory m) {
    return new Memory(
        m.name(),
        m.capacityBits(),
        Keep.MUST_ALL,
        m.actions(),
        m.sharedPort(),
        m.areaUm2(),
        m.leakageUw());
  }
}
