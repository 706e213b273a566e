package org.einloom.io.timeloop.template;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;
import org.einloom.io.timeloop.template.Token.Kind;

/** Cuts an expression into words. */
final class Lexer {
  /** Letters of one expression. */
  static final int LONGEST = 10_000;

  private static final Pattern NUMBER =
      Pattern.compile(
          "0[xX][0-9a-fA-F]{1,16}+|\\d[\\d_]{0,400}+(?:\\.\\d{0,400}+)?(?:[eE][+-]?\\d{1,4}+)?"
              + "|\\.\\d{1,400}+(?:[eE][+-]?\\d{1,4}+)?");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*+");
  private static final List<String> SYMBOLS =
      List.of(
          "**", "//", "==", "!=", "<=", ">=", "<<", ">>", "+", "-", "*", "/", "%", "<", ">", "(",
          ")", "[", "]", "{", "}", ",", ":", ".", "|", "~", "=");

  private final String text;
  private final boolean formats;
  private final int end;
  private final IntFunction<Position> places;
  private final List<Token> tokens = new ArrayList<>();
  private int next;

  private Lexer(String text, int from, int end, boolean formats, IntFunction<Position> places) {
    this.formats = formats;
    this.text = text;
    this.next = from;
    this.end = end;
    this.places = places;
  }

  /**
   * The words between two indices, and an {@link Kind#END} behind them.
   *
   * @param formats whether texts that begin with {@code f} have expressions in them
   * @param places where the letter with an index stands
   */
  static List<Token> read(
      String text, int from, int end, boolean formats, IntFunction<Position> places) {
    var lexer = new Lexer(text, from, end, formats, places);
    if (end - from > LONGEST) {
      throw places.apply(from).error("an expression has more than " + LONGEST + " characters");
    }
    while (lexer.word()) {}
    return lexer.tokens;
  }

  private boolean word() {
    while (next < end && Character.isWhitespace(text.charAt(next))) {
      next++;
    }
    if (next >= end) {
      add(Kind.END, "", next);
      return false;
    }
    char c = text.charAt(next);
    if (c == '\'' || c == '"') {
      quoted(c);
      return true;
    }
    Matcher number = NUMBER.matcher(text).region(next, end);
    if (number.lookingAt()) {
      add(Kind.NUMBER, number.group(), number.end());
      return true;
    }
    Matcher name = NAME.matcher(text).region(next, end);
    if (formats && name.lookingAt() && isFormat(name)) {
      new FormatText(text, next, end, places).addTo(tokens);
      next = tokens.removeLast().to();
      return true;
    }
    if (name.lookingAt()) {
      add(Kind.NAME, name.group(), name.end());
      return true;
    }
    for (String symbol : SYMBOLS) {
      if (text.startsWith(symbol, next) && next + symbol.length() <= end) {
        add(Kind.SYMBOL, symbol, next + symbol.length());
        return true;
      }
    }
    String letter = Character.toString(text.codePointAt(next));
    throw places
        .apply(next)
        .error(
            Words.quote(letter) + " does not fit into an expression",
            letter.equals("^") ? "a power is written '**'" : "");
  }

  /** {@code f} right before a quote. */
  private boolean isFormat(Matcher name) {
    return name.group().equalsIgnoreCase("f")
        && name.end() < end
        && (text.charAt(name.end()) == '\'' || text.charAt(name.end()) == '"');
  }

  private void quoted(char mark) {
    var value = new StringBuilder();
    int i = next + 1;
    while (i < end && text.charAt(i) != mark) {
      char c = text.charAt(i++);
      if (c != '\\' || i >= end) {
        value.append(c);
        continue;
      }
      char escaped = text.charAt(i++);
      value.append(
          switch (escaped) {
            case 'n' -> "\n";
            case 't' -> "\t";
            case '\\', '\'', '"' -> String.valueOf(escaped);
            default -> "\\" + escaped;
          });
    }
    if (i >= end) {
      throw places.apply(next).error("a quote is not closed", "expected " + mark);
    }
    add(Kind.TEXT, value.toString(), i + 1);
  }

  private void add(Kind kind, String word, int to) {
    tokens.add(new Token(kind, word, next, to, places.apply(next)));
    next = to;
  }
}
