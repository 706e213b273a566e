package org.einloom.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Fanout;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.arch.Toll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables of {@code docs/designs.md} say what the designs cost, to the digits printed. */
class DesignsPageTest {
  private static final Path PAGE = Path.of("../docs/designs.md");

  /** {@code read 7.06, write 9.31 pJ per 64 b}, {@code 8 pJ/b}, {@code 0.65 mm2}. */
  private static final Pattern FIGURE =
      Pattern.compile(
          "(?:(read|write) )?(\\d+(?:\\.\\d+)?)"
              + "(?:(?=, write [\\d.]+ (pJ)(?:(/b)| per (?:(\\d+) )?(b|B|byte)\\b)?)"
              + "| (pJ|mm2|um2|uW)(?:(/b)| per (?:(\\d+) )?(b|B|byte)\\b)?)");

  @ParameterizedTest
  @CsvSource({"teaching, 5", "eyeriss, 20", "nvdla, 22", "tpu-v1, 21", "simba, 23"})
  void figuresOfTheTables(String name, int atLeast) throws IOException {
    Architecture design = Shipped.architecture(name);
    int checked = 0;
    for (String row : rows(name)) {
      String[] cells = row.split("\\|");
      // 'Columns x Rows', 'CACC, per kernel'
      List<String> names = List.of(cells[1].strip().split(",")[0].split(" x "));
      List<Node> nodes =
          design.everyNode().stream().filter(n -> names.contains(n.name())).distinct().toList();
      if (nodes.isEmpty()) {
        continue;
      }
      Matcher m = FIGURE.matcher(name.equals("teaching") ? cells[3] : cells[cells.length - 1]);
      while (m.find()) {
        boolean ahead = m.group(7) == null;
        String unit = m.group(ahead ? 3 : 7);
        long bits = bits(m.group(ahead ? 4 : 8), m.group(ahead ? 5 : 9), m.group(ahead ? 6 : 10));
        var printed = new BigDecimal(m.group(2));
        // four digits of any number are exact, the others are zeros
        int digits = Math.min(4, printed.precision());
        Optional<String> action = Optional.ofNullable(m.group(1));
        assertThat(nodes.stream().flatMap(n -> candidates(n, action, unit, bits).stream()))
            .as("%s: %s of %s", row, m.group(), names)
            .anySatisfy(
                v ->
                    assertThat(
                            new BigDecimal(v).round(new MathContext(digits, RoundingMode.HALF_UP)))
                        .isEqualByComparingTo(printed));
        checked++;
      }
    }
    assertThat(checked)
        .as("figures found in the tables of %s", name)
        .isGreaterThanOrEqualTo(atLeast);
  }

  /** Bits of what an energy is for; 0 where the table means one action. */
  private static long bits(String perBit, String number, String unit) {
    if (perBit != null) {
      return 1;
    }
    long count = number == null ? 1 : Long.parseLong(number);
    return unit == null ? 0 : unit.equals("b") ? count : 8 * count;
  }

  private static List<Double> candidates(
      Node node, Optional<String> action, String unit, long bits) {
    List<Double> values = new ArrayList<>();
    switch (unit) {
      case "mm2" -> values.add(node.areaUm2().value() / 1e6);
      case "um2" -> values.add(node.areaUm2().value());
      case "uW" -> values.add(node.leakageUw().value());
      default -> {
        for (Action a : actions(node)) {
          if (action.isEmpty() || action.get().equals(a.name())) {
            long width = a.widthBits() == 0 ? 8 : a.widthBits();
            double actions = bits == 0 ? 1 : (double) bits / width;
            values.add(a.energyPj().value() * actions);
          }
        }
      }
    }
    return values;
  }

  private static List<Action> actions(Node node) {
    return switch (node) {
      case Memory m -> List.copyOf(m.actions().values());
      case Toll t -> List.copyOf(t.actions().values());
      case Fanout f -> f.transfer().stream().toList();
      case Compute c -> List.of(c.compute());
    };
  }

  private static List<String> rows(String name) throws IOException {
    String page = Files.readString(PAGE);
    String section = page.substring(page.indexOf("\n## " + name + "\n") + 1);
    int end = section.indexOf("\n## ");
    return Stream.of(section.substring(0, end < 0 ? section.length() : end).split("\n"))
        .filter(l -> l.startsWith("| "))
        .toList();
  }
}
