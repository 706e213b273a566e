package org.einloom.io.input;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.einloom.workload.Spelling;

/** Words for error messages: quoting what a user wrote and guessing what was meant. */
public final class Words {
  private static final int LONGEST_QUOTE = 60;
  private static final int MOST_LISTED = 12;

  private Words() {}

  /**
   * What a user wrote, in single quotes, safe to print: long text is cut, and characters that could
   * move a terminal's cursor or turn the direction of writing are shown as {@code U+....}.
   */
  public static String quote(String text) {
    var quoted = new StringBuilder("'");
    text.codePoints()
        .limit(LONGEST_QUOTE)
        .forEach(c -> quoted.append(isPrintable(c) ? Character.toString(c) : escape(c)));
    boolean cut = text.codePointCount(0, text.length()) > LONGEST_QUOTE;
    return quoted.append(cut ? "...'" : "'").toString();
  }

  /** The text with every character that is not safe to print shown as {@code U+....}. */
  public static String printable(String text) {
    var shown = new StringBuilder();
    text.codePoints()
        .forEach(c -> shown.append(isPrintable(c) ? Character.toString(c) : escape(c)));
    return shown.toString();
  }

  /** The first character that cannot be printed, other than spaces and line ends; else empty. */
  public static String unprintable(String text) {
    return text.codePoints()
        .filter(c -> !isPrintable(c) && c != '\n' && c != '\r' && c != '\t')
        .mapToObj(Words::escape)
        .findFirst()
        .orElse("");
  }

  private static boolean isPrintable(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED -> false;
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
      default -> true;
    };
  }

  private static String escape(int character) {
    return String.format(Locale.ROOT, "U+%04X", character);
  }

  /** Names with commas between them; of many only the first few. */
  public static String list(Collection<String> names) {
    String shown =
        names.stream().limit(MOST_LISTED).map(Words::quote).collect(Collectors.joining(", "));
    int more = names.size() - MOST_LISTED;
    return more > 0 ? shown + " or one of " + more + " others" : shown;
  }

  /** {@code did you mean 'size'?}, or nothing when no known name is near. */
  public static String didYouMean(String given, Collection<String> known) {
    return nearest(given, known).map(k -> "did you mean " + quote(k) + "?").orElse("");
  }

  /** The known name that a slip of the fingers turns into the given one. */
  public static Optional<String> nearest(String given, Collection<String> known) {
    return Spelling.nearest(given, known);
  }
}
