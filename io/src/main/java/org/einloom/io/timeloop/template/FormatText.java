package org.einloom.io.timeloop.template;

import java.util.List;
import java.util.function.IntFunction;
import org.einloom.io.input.Position;
import org.einloom.io.timeloop.template.Token.Kind;

/**
 * A text with expressions in it, {@code f"{rows}x{columns:.2f}"}, as the words of a sum: {@code (""
 * + format(rows, "") + "x" + format(columns, ".2f"))}.
 */
final class FormatText {
  private final String text;
  private final int start;
  private final int end;
  private final char mark;
  private final IntFunction<Position> places;

  /**
   * @param start of the letter before the quote
   * @param end of what may be read
   */
  FormatText(String text, int start, int end, IntFunction<Position> places) {
    this.text = text;
    this.start = start;
    this.end = end;
    this.mark = text.charAt(start + 1);
    this.places = places;
  }

  /** Adds its words, and an {@link Kind#END} that ends where it does. */
  void addTo(List<Token> tokens) {
    symbol(tokens, "(", start);
    var plain = new StringBuilder();
    int i = start + 2;
    while (i < end && text.charAt(i) != mark) {
      char c = text.charAt(i);
      boolean twice = i + 1 < end && text.charAt(i + 1) == c;
      if (c == '\\') {
        throw places.apply(i).error("a '\\' in a text with expressions is not supported");
      }
      if ((c == '{' || c == '}') && twice) {
        plain.append(c);
        i += 2;
      } else if (c == '{') {
        text(tokens, plain.toString(), i);
        symbol(tokens, "+", i);
        i = value(tokens, i + 1);
        symbol(tokens, "+", i);
        plain.setLength(0);
      } else if (c == '}') {
        throw places.apply(i).error("'}' closes nothing", "a bracket by itself is written '}}'");
      } else {
        plain.append(c);
        i++;
      }
    }
    if (i >= end) {
      throw places.apply(start).error("a quote is not closed", "expected " + mark);
    }
    text(tokens, plain.toString(), i);
    symbol(tokens, ")", i);
    tokens.add(new Token(Kind.END, "", i, i + 1, places.apply(i)));
  }

  /** An expression, and how it is written; returns what is behind the bracket. */
  private int value(List<Token> tokens, int from) {
    int depth = 0;
    int colon = -1;
    for (int i = from; i < end && text.charAt(i) != mark; i++) {
      char c = text.charAt(i);
      if (c == '}' && depth == 0) {
        int to = colon < 0 ? i : colon;
        if (text.substring(from, to).isBlank()) {
          throw places.apply(from).error("there is no expression between the brackets");
        }
        tokens.add(new Token(Kind.NAME, "format", from, from, places.apply(from)));
        symbol(tokens, "(", from);
        tokens.addAll(Lexer.read(text, from, to, false, places));
        tokens.removeLast();
        symbol(tokens, ",", to);
        text(tokens, colon < 0 ? "" : text.substring(colon + 1, i), to);
        symbol(tokens, ")", i);
        return i + 1;
      }
      if (c == ':' && depth == 0 && colon < 0) {
        colon = i;
      }
      depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
    }
    throw places.apply(from - 1).error("a '{' in a text is not closed", "expected '}'");
  }

  private void symbol(List<Token> tokens, String symbol, int at) {
    tokens.add(new Token(Kind.SYMBOL, symbol, at, at, places.apply(at)));
  }

  private void text(List<Token> tokens, String value, int at) {
    tokens.add(new Token(Kind.TEXT, value, at, at, places.apply(at)));
  }
}
