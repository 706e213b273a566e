package org.einloom.io.timeloop.template;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.einloom.io.input.Source;

/** Cuts a template into letters, values, tags and comments; blanks that tags take away are gone. */
final class TagScanner {
  private static final Pattern RAW = Pattern.compile("\\s*+raw\\s*+");
  private static final Pattern END_RAW = Pattern.compile("\\{%[-+]?\\s*+endraw\\s*+[-+]?%}");

  /** What a cut is. */
  enum Kind {
    LETTERS,
    VALUE,
    TAG
  }

  /**
   * A cut.
   *
   * @param from the index of its first letter, marks left out
   * @param to the index behind its last letter, marks left out
   * @param start where the mark before it stands
   */
  record Cut(Kind kind, int from, int to, int start) {}

  private final String text;
  private final int size;
  private final Places places;
  private final List<Cut> cuts = new ArrayList<>();
  private boolean strip;

  private TagScanner(Source source, Places places) {
    this.text = source.text();
    // as templates do, one end of line at the end is dropped
    this.size = text.length() - (text.endsWith("\n") ? 1 : 0);
    this.places = places;
  }

  /** Whether a text has anything that makes it a template. */
  static boolean isTemplate(String text) {
    return text.contains("{{") || text.contains("{%") || text.contains("{#");
  }

  static List<Cut> cut(Source source, Places places) {
    var scanner = new TagScanner(source, places);
    int next = 0;
    while (next < scanner.size) {
      next = scanner.next(next);
    }
    return scanner.cuts;
  }

  private int next(int from) {
    int open = from;
    while (open < size && !opens(open)) {
      open++;
    }
    if (open >= size) {
      letters(from, size, false);
      return size;
    }
    char kind = text.charAt(open + 1);
    boolean minus = open + 2 < size && text.charAt(open + 2) == '-';
    boolean plus = open + 2 < size && text.charAt(open + 2) == '+';
    letters(from, open, minus);
    int inner = open + (minus || plus ? 3 : 2);
    return switch (kind) {
      case '#' -> comment(open, inner);
      case '%' -> tag(open, inner);
      default -> value(open, inner);
    };
  }

  private boolean opens(int i) {
    return text.charAt(i) == '{' && i + 1 < size && "{%#".indexOf(text.charAt(i + 1)) >= 0;
  }

  private void letters(int from, int to, boolean stripEnd) {
    int start = from;
    int end = to;
    while (strip && start < end && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    while (stripEnd && end > start && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    strip = false;
    if (start < end) {
      cuts.add(new Cut(Kind.LETTERS, start, end, start));
    }
  }

  private int comment(int open, int inner) {
    int end = text.indexOf("#}", inner);
    if (end < 0 || end >= size) {
      throw places.at(open).error("a comment is not closed", "expected '#}'");
    }
    strip = end > inner && text.charAt(end - 1) == '-';
    return end + 2;
  }

  private int tag(int open, int inner) {
    int end = close(open, inner, '%');
    int to = trimmed(inner, end);
    strip = text.charAt(end - 1) == '-' && end > inner;
    if (!RAW.matcher(text).region(inner, to).matches()) {
      cuts.add(new Cut(Kind.TAG, inner, to, open));
      return end + 2;
    }
    Matcher endRaw = END_RAW.matcher(text).region(end + 2, size);
    if (!endRaw.find()) {
      throw places.at(open).error("the tag 'raw' is not closed", "expected '{% endraw %}'");
    }
    letters(end + 2, endRaw.start(), text.charAt(endRaw.start() + 2) == '-');
    strip = text.charAt(endRaw.end() - 3) == '-';
    return endRaw.end();
  }

  private int value(int open, int inner) {
    int end = close(open, inner, '}');
    cuts.add(new Cut(Kind.VALUE, inner, trimmed(inner, end), open));
    strip = text.charAt(end - 1) == '-' && end > inner;
    return end + 2;
  }

  private int trimmed(int inner, int end) {
    return end > inner && "-+".indexOf(text.charAt(end - 1)) >= 0 ? end - 1 : end;
  }

  /** Where the closing mark begins: not inside quotes, nor inside braces of the expression. */
  private int close(int open, int inner, char mark) {
    int braces = 0;
    for (int i = inner; i + 1 < size; i++) {
      char c = text.charAt(i);
      if (c == '\'' || c == '"') {
        i = quoted(open, i, c);
      } else if (c == mark && text.charAt(i + 1) == '}' && (mark == '%' || braces == 0)) {
        return i;
      } else if (c == '{') {
        braces++;
      } else if (c == '}' && braces > 0) {
        braces--;
      }
    }
    throw places
        .at(open)
        .error(
            mark == '%' ? "a tag is not closed" : "an expression is not closed",
            "expected '" + mark + "}'");
  }

  private int quoted(int open, int from, char mark) {
    int i = from + 1;
    while (i < size && text.charAt(i) != mark) {
      i += text.charAt(i) == '\\' ? 2 : 1;
    }
    if (i >= size) {
      throw places.at(open).error("a quote in here is not closed", "expected " + mark);
    }
    return i;
  }
}
