package org.einloom.report;

import java.util.ArrayList;
import java.util.List;

/** Breaks long lines of prose at blanks. */
final class Wrap {
  private static final String INDENT = "  ";

  private Wrap() {}

  /** Lines of at most that width where blanks allow; what continues is indented. */
  static List<String> lines(List<String> lines, int width) {
    return lines(lines, width, INDENT);
  }

  /** The same; what continues begins with the indent. */
  static List<String> lines(List<String> lines, int width, String indent) {
    List<String> wrapped = new ArrayList<>();
    for (String line : lines) {
      String rest = line;
      while (rest.length() > width) {
        int cut = rest.lastIndexOf(' ', width);
        if (cut <= indent.length()) {
          break;
        }
        wrapped.add(rest.substring(0, cut));
        rest = indent + rest.substring(cut + 1);
      }
      wrapped.add(rest);
    }
    return wrapped;
  }
}
