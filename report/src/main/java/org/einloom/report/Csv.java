package org.einloom.report;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Comma-separated values by RFC 4180: rows end in CR LF; a value with a comma, a quote or a line
 * break stands in double quotes, and a quote inside is doubled.
 */
final class Csv {
  /** Besides what RFC 4180 names: blanks at the ends, which some readers drop, and comments. */
  private static final Pattern QUOTED = Pattern.compile("[\",\r\n]|^[\\s#]|\\s$");

  private Csv() {}

  /** UTF-8. All rows have as many values as the first, which holds the names of the columns. */
  static byte[] bytes(List<List<String>> rows) {
    int columns = rows.getFirst().size();
    var csv = new StringBuilder();
    for (List<String> row : rows) {
      if (row.size() != columns) {
        throw new IllegalArgumentException(row.size() + " values for " + columns + " columns");
      }
      csv.append(row.stream().map(Csv::value).collect(Collectors.joining(","))).append("\r\n");
    }
    return csv.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String value(String text) {
    return QUOTED.matcher(text).find() ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
