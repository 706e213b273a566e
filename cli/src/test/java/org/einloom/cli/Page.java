package org.einloom.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A page of the documentation as what a reader does with it: text to read, files to write, commands
 * to run.
 *
 * @param parts in order; their lines, joined, are the page
 */
record Page(List<Part> parts) {
  private static final Pattern FILE_NAME = Pattern.compile("# ([\\w-]+\\.(?:yaml|txt))");
  private static final String PROMPT = "$ ";

  Page {
    parts = List.copyOf(parts);
  }

  /** Some lines of a page. */
  sealed interface Part {
    /** As they stand on the page. */
    List<String> lines();
  }

  /** What is not run. */
  record Text(List<String> lines) implements Part {}

  /** What stands between fences and begins with a comment that is the name of a file. */
  record NamedFile(String name, List<String> lines) implements Part {
    String content() {
      return String.join("\n", lines) + "\n";
    }
  }

  /** A line after a prompt between fences called {@code console}, and what it prints. */
  record Run(String command, List<String> output) implements Part {
    @Override
    public List<String> lines() {
      List<String> lines = new ArrayList<>(List.of(PROMPT + command));
      lines.addAll(output);
      return lines;
    }
  }

  boolean runsAnything() {
    return parts.stream().anyMatch(Run.class::isInstance);
  }

  String text() {
    List<String> lines = new ArrayList<>();
    parts.forEach(p -> lines.addAll(p.lines()));
    return String.join("\n", lines) + "\n";
  }

  static Page parse(String text) {
    var parser = new Parser();
    text.lines().forEach(parser::line);
    parser.end();
    return new Page(parser.parts);
  }

  /** Takes a page line by line. */
  private static final class Parser {
    private final List<Part> parts = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();

    /** What follows the fence that is open. */
    private @Nullable String fence;

    private @Nullable String command;

    void line(String line) {
      if (line.startsWith("```")) {
        end();
        fence = fence == null ? line.substring(3) : null;
        parts.add(new Text(List.of(line)));
      } else if ("console".equals(fence) && line.startsWith(PROMPT)) {
        end();
        command = line.substring(PROMPT.length());
      } else {
        lines.add(line);
      }
    }

    void end() {
      List<String> of = List.copyOf(lines);
      lines.clear();
      if (command != null) {
        parts.add(new Run(command, of));
        command = null;
      } else if (!of.isEmpty()) {
        parts.add(
            name(of).<Part>map(name -> new NamedFile(name, of)).orElseGet(() -> new Text(of)));
      }
    }

    private Optional<String> name(List<String> block) {
      Matcher m = FILE_NAME.matcher(block.getFirst());
      return fence != null && m.matches() ? Optional.of(m.group(1)) : Optional.empty();
    }
  }
}
