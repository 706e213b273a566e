package org.einloom.io.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;

/**
 * A word, number or sign of the text form. Names that are no plain words, or are words of the
 * language, stand in double quotes with {@code \"}, {@code \\} and {@code \}{@code uXXXX} inside.
 *
 * @param text without quotes
 * @param kind what it is
 * @param at where it stands
 */
record Token(String text, Kind kind, Position at) {
  enum Kind {
    WORD,
    QUOTED,
    NUMBER,
    SIGN
  }

  private static final Set<String> LANGUAGE =
      Set.of("layer", "keep", "for", "parallel", "in", "step", "last", "on", "compute");
  private static final Pattern WORD = Pattern.compile("[A-Za-z_/][A-Za-z0-9_/#:@$-]*");
  private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{4}");
  private static final Pattern LEXER =
      Pattern.compile(
          "\\s++|(?<word>[A-Za-z_/][A-Za-z0-9_/#:@$-]*+)|(?<number>[0-9]++)"
              + "|(?<sign>\\.\\.|[.()|])");

  /** Whether it is this word of the language or sign. */
  boolean is(String languageWord) {
    return (kind == Kind.WORD || kind == Kind.SIGN) && text.equals(languageWord);
  }

  /** Whether it can name something. */
  boolean isName() {
    return kind == Kind.QUOTED || (kind == Kind.WORD && !LANGUAGE.contains(text));
  }

  /** The name as a line of the text form shows it. */
  static String write(String name) {
    if (WORD.matcher(name).matches() && !LANGUAGE.contains(name)) {
      return name;
    }
    var quoted = new StringBuilder("\"");
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  /** The tokens of a line; an exception points to what is none. */
  static List<Token> of(String line, Position start) {
    List<Token> tokens = new ArrayList<>();
    var lexer = LEXER.matcher(line);
    int next = 0;
    while (next < line.length()) {
      Position at = start.plus(next);
      if (line.charAt(next) == '"') {
        int end = endOfQuoted(line, next, at);
        tokens.add(new Token(unescape(line.substring(next, end), at), Kind.QUOTED, at));
        next = end;
        continue;
      }
      if (!lexer.region(next, line.length()).lookingAt()) {
        String sign = line.substring(next, line.offsetByCodePoints(next, 1));
        throw at.error(
            Words.quote(sign) + " does not fit here", "names with other signs go in double quotes");
      }
      if (lexer.group("word") != null) {
        tokens.add(new Token(lexer.group(), Kind.WORD, at));
      } else if (lexer.group("number") != null) {
        tokens.add(new Token(lexer.group(), Kind.NUMBER, at));
      } else if (lexer.group("sign") != null) {
        tokens.add(new Token(lexer.group(), Kind.SIGN, at));
      }
      next = lexer.end();
    }
    return tokens;
  }

  private static int endOfQuoted(String line, int start, Position at) {
    int i = start + 1;
    while (i < line.length()) {
      if (line.charAt(i) == '"') {
        return i + 1;
      }
      i += line.charAt(i) == '\\' ? 2 : 1;
    }
    throw at.error("a name in double quotes does not end", "expected '\"' after it");
  }

  private static String unescape(String quoted, Position at) {
    var text = new StringBuilder();
    int i = 1;
    while (i < quoted.length() - 1) {
      char c = quoted.charAt(i);
      if (c != '\\') {
        text.append(c);
        i++;
        continue;
      }
      char escaped = quoted.charAt(i + 1);
      String digits = quoted.substring(i + 2, Math.min(i + 6, quoted.length()));
      if (escaped == '"' || escaped == '\\') {
        text.append(escaped);
        i += 2;
      } else if (escaped == 'u' && HEX.matcher(digits).matches()) {
        text.append((char) Integer.parseInt(digits, 16));
        i += 6;
      } else {
        throw at.plus(i)
            .error(
                Words.quote("\\" + escaped) + " is no escape",
                "expected \\\", \\\\ or \\u and four digits");
      }
    }
    return text.toString();
  }
}
