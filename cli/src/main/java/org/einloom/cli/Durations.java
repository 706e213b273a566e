package org.einloom.cli;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.einloom.io.input.Words;
import org.einloom.workload.InvalidSpecException;

/** Lengths of time on the command line: {@code 10}, {@code 500ms}, {@code 2 min}. */
final class Durations {
  private static final Map<String, Double> SECONDS =
      new TreeMap<>(Map.of("", 1.0, "ms", 1e-3, "s", 1.0, "min", 60.0, "h", 3600.0));
  private static final Pattern TEXT =
      Pattern.compile("(\\d{1,9}+(?:\\.\\d{1,9}+)?)\\s*+([a-zA-Z]*+)");
  private static final double LONGEST_S = 365 * 24 * 3600.0;
  private static final double SHORTEST_S = 1e-3;

  private Durations() {}

  /**
   * The length that was written.
   *
   * @throws InvalidSpecException saying what was expected
   */
  static Duration parse(String option, String text) {
    Matcher m = TEXT.matcher(text.strip());
    String problem = "";
    if (m.matches()) {
      Double unit = SECONDS.get(m.group(2));
      if (unit != null) {
        double seconds = Double.parseDouble(m.group(1)) * unit;
        if (seconds >= SHORTEST_S && seconds <= LONGEST_S) {
          return Duration.ofNanos(Math.round(seconds * 1e9));
        }
        problem = seconds < SHORTEST_S ? " is shorter than 1 ms" : " is longer than a year";
      } else {
        problem = " has the unknown unit " + Words.quote(m.group(2));
      }
    } else {
      problem = " is no length of time";
    }
    throw new InvalidSpecException(
        "%s %s%s; expected seconds, as in 10, or a number with ms, s, min or h, as in 500ms"
            .formatted(option, Words.quote(text), problem));
  }
}
