package org.einloom.io.timeloop.template;

import org.einloom.io.input.Position;

/**
 * A word of an expression.
 *
 * @param text as it stands; of a text in quotes, its value
 * @param from the index of its first letter
 * @param to the index behind its last letter
 */
record Token(Kind kind, String text, int from, int to, Position at) {
  /** What it is. */
  enum Kind {
    NUMBER,
    TEXT,
    NAME,
    SYMBOL,
    END
  }

  boolean is(String symbol) {
    return (kind == Kind.SYMBOL || kind == Kind.NAME) && text.equals(symbol);
  }

  /** For messages. */
  String shown() {
    return kind == Kind.END
        ? "the end"
        : org.einloom.io.input.Words.quote(kind == Kind.TEXT ? "'" + text + "'" : text);
  }
}
