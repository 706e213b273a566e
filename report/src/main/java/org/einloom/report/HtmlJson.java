package org.einloom.report;

/** JSON as it can stand inside a script element of a page. */
final class HtmlJson {
  private HtmlJson() {}

  /**
   * The same value without blanks between tokens, and without any character that means something to
   * HTML. In JSON such characters can only be in strings, where there is another way to write them;
   * in a text that is no JSON they are replaced as well.
   *
   * @param json a JSON text
   */
  static String embedded(String json) {
    var out = new StringBuilder(json.length());
    boolean inString = false;
    boolean escaped = false;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (!inString && Character.isWhitespace(c)) {
        continue;
      }
      if (c == '<' || c == '>' || c == '&' || c == '\u2028' || c == '\u2029') {
        out.append(escaped ? "" : "\\").append(String.format("u%04x", (int) c));
      } else {
        out.append(c);
      }
      if (c == '"' && !escaped) {
        inString = !inString;
      }
      escaped = inString && c == '\\' && !escaped;
    }
    return out.toString();
  }
}
