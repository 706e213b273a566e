package org.einloom.io.timeloop.stats;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.einloom.io.input.InputException;
import org.einloom.io.input.Position;
import org.einloom.io.input.Source;
import org.einloom.io.input.Words;

/**
 * Reads {@code timeloop-model.stats.txt} and {@code timeloop-mapper.stats.txt}. Versions of
 * Timeloop differ in which lines they print; what is looked for is there in all since 2020. Lines
 * that are not known are passed over.
 */
public final class StatsFile {
  private static final String LEVELS = "Buffer and Arithmetic Levels";
  private static final Pattern TITLE = Pattern.compile("=== (.+) ===");
  private static final Pattern NETWORK = Pattern.compile("Network \\d+");
  private static final Pattern HEADING = Pattern.compile(" {4}\\S.*");
  private static final Pattern NUMBER =
      Pattern.compile("(-?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d{1,3})?)(?:\\s.*|%|)");

  /** Which part of the file a line stands in. */
  private enum Section {
    BEFORE,
    LEVELS,
    NETWORKS,
    OTHER,
    SUMMARY
  }

  /** Which part of a level a line stands in. */
  private enum Part {
    NONE,
    SPECS,
    MAPPING,
    STATS
  }

  private final String file;
  private final List<Draft> levels = new ArrayList<>();
  private final List<Draft> networks = new ArrayList<>();
  private final LinkedHashMap<String, Printed> summary = new LinkedHashMap<>();
  private Section section = Section.BEFORE;
  private Part part = Part.NONE;

  /** A level while it is read. */
  private static final class Draft {
    private final String name;
    private final LinkedHashMap<String, Printed> specs = new LinkedHashMap<>();
    private final LinkedHashMap<String, Printed> stats = new LinkedHashMap<>();
    private final LinkedHashMap<String, Map<String, Printed>> tensors = new LinkedHashMap<>();
    private Map<String, Printed> open = stats;

    private Draft(String name) {
      this.name = name;
    }

    private TimeloopStats.Block done() {
      // older versions have a heading of their own for what is not of one tensor
      tensors.remove("Shared");
      return new TimeloopStats.Block(name, specs, stats, tensors);
    }
  }

  private StatsFile(String file) {
    this.file = file;
  }

  /**
   * What the text says.
   *
   * @throws InputException if it is no such file, or cut off
   */
  public static TimeloopStats read(Source source) {
    var reader = new StatsFile(source.name());
    int number = 0;
    for (String line : source.text().lines().toList()) {
      reader.line(line, ++number);
    }
    return reader.done();
  }

  private TimeloopStats done() {
    if (section == Section.BEFORE || levels.isEmpty()) {
      throw Position.of(file)
          .error(
              "this is no statistics file of Timeloop",
              "expected what timeloop-model or timeloop-mapper write as timeloop-*.stats.txt,"
                  + " with a line '"
                  + LEVELS
                  + "' and levels below it");
    }
    if (!summary.containsKey("cycles") || !summary.containsKey("energy")) {
      throw Position.of(file)
          .error(
              "the file has no summary with 'Cycles' and 'Energy'",
              "expected 'Summary Stats' at its end; was it cut off?");
    }
    return new TimeloopStats(
        file,
        levels.stream().map(Draft::done).toList(),
        networks.stream().map(Draft::done).toList(),
        summary);
  }

  private void line(String line, int number) {
    String text = line.strip();
    if (text.isEmpty() || text.chars().allMatch(c -> c == '-') || heading(line, text)) {
      return;
    }
    switch (section) {
      case LEVELS -> level(line, text, number);
      case NETWORKS -> network(line, text, number);
      case SUMMARY -> pair(line).ifPresent(p -> put(summary, p, number));
      case BEFORE, OTHER -> {}
    }
  }

  private boolean heading(String line, String text) {
    if (line.startsWith(" ")) {
      return false;
    }
    Section next =
        switch (text) {
          case LEVELS -> Section.LEVELS;
          case "Networks" -> Section.NETWORKS;
          case "Operational Intensity Stats" -> Section.OTHER;
          case "Summary Stats" -> Section.SUMMARY;
          default -> section;
        };
    boolean changed = next != section;
    section = next;
    return changed;
  }

  private void level(String line, String text, int number) {
    Matcher title = TITLE.matcher(text);
    if (title.matches()) {
      begin(levels, title.group(1), number);
    } else if (!levels.isEmpty() && !isPart(text)) {
      figure(levels.getLast(), line, number);
    }
  }

  private void network(String line, String text, int number) {
    if (!line.startsWith(" ")) {
      if (!NETWORK.matcher(text).matches() && !text.contains(":")) {
        begin(networks, text, number);
      }
    } else if (!networks.isEmpty() && !isPart(text)) {
      figure(networks.getLast(), line, number);
    }
  }

  private void begin(List<Draft> blocks, String name, int number) {
    if (blocks.stream().anyMatch(b -> b.name.equals(name))) {
      throw new Position(file, number, 1)
          .error(Words.quote(name) + " is there twice", "expected the output of one evaluation");
    }
    blocks.add(new Draft(name));
    part = Part.NONE;
  }

  private boolean isPart(String text) {
    Part next =
        switch (text) {
          case "SPECS", "NETWORK SPECS" -> Part.SPECS;
          case "MAPPING" -> Part.MAPPING;
          case "STATS", "NETWORK STATS" -> Part.STATS;
          default -> Part.NONE;
        };
    if (next != Part.NONE) {
      part = next;
    }
    return next != Part.NONE;
  }

  private void figure(Draft block, String line, int number) {
    Optional<Pair> pair = pair(line);
    if (pair.isEmpty()) {
      return;
    }
    if (part == Part.SPECS) {
      put(block.specs, pair.get(), number);
    } else if (part == Part.STATS) {
      if (pair.get().value().isEmpty() && HEADING.matcher(line).matches()) {
        block.open = new LinkedHashMap<>();
        block.tensors.put(pair.get().key(), block.open);
      } else {
        put(block.open, pair.get(), number);
      }
    }
  }

  /** What stands before and after the first colon. */
  private record Pair(String key, String value, int column) {}

  private static Optional<Pair> pair(String line) {
    int colon = line.indexOf(':');
    if (colon < 0) {
      return Optional.empty();
    }
    String value = line.substring(colon + 1);
    int column = colon + 2 + (value.length() - value.stripLeading().length());
    return Optional.of(new Pair(line.substring(0, colon).strip(), value.strip(), column));
  }

  /** Keeps it if it is a number; what is not given is printed as a dash, and kinds as words. */
  private void put(Map<String, Printed> figures, Pair pair, int number) {
    Matcher m = NUMBER.matcher(pair.value());
    if (m.matches()) {
      BigDecimal value = new BigDecimal(m.group(1));
      // older versions print the share itself
      boolean share = section == Section.SUMMARY && pair.key().equals("Utilization");
      value = share && !pair.value().endsWith("%") ? value.movePointRight(2) : value;
      figures.putIfAbsent(
          pair.key().toLowerCase(Locale.ROOT),
          new Printed(value, new Position(file, number, pair.column())));
    }
  }
}
