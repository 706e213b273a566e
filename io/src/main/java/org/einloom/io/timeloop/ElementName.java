package org.einloom.io.timeloop;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.einloom.io.input.Words;
import org.einloom.io.yaml.Values;
import org.einloom.io.yaml.YamlNode;

/**
 * A name with a path and a range, as Timeloop's files write it: {@code top.PE[0..15].RF[1..2]}.
 *
 * @param name without both, {@code RF}
 * @param count how many the last range names, {@code 2}; 1 without a range
 */
public record ElementName(String name, long count) {
  private static final Pattern RANGE =
      Pattern.compile("([^\\[\\]]+)\\[\\s*(\\d{1,12})\\s*\\.\\.\\s*(\\d{1,12})\\s*\\]");

  /** Reads a name; what it cannot be is an error at its place. */
  public static ElementName of(YamlNode node, String key) {
    String text = Values.name(node, key);
    String last = text.substring(lastDot(text) + 1);
    Matcher range = RANGE.matcher(last);
    if (range.matches()) {
      long count = Long.parseLong(range.group(3)) - Long.parseLong(range.group(2)) + 1;
      if (count < 1) {
        throw node.at().error("the range of " + Words.quote(text) + " is empty", "expected [1..N]");
      }
      return new ElementName(range.group(1).strip(), count);
    }
    if (last.isEmpty() || last.contains("[") || last.contains("]")) {
      throw node.at()
          .error(
              "'" + key + "' is " + Words.quote(text) + ", which is no name with a range",
              "expected, for example, 'RF[1..16]' for 16 of them");
    }
    return new ElementName(last, 1);
  }

  /** The last dot that is in no range. */
  private static int lastDot(String text) {
    int depth = 0;
    for (int i = text.length() - 1; i >= 0; i--) {
      switch (text.charAt(i)) {
        case ']' -> depth++;
        case '[' -> depth--;
        case '.' -> {
          if (depth == 0) {
            return i;
          }
        }
        default -> {}
      }
    }
    return -1;
  }
}
