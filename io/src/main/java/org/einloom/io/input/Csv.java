package org.einloom.io.input;

import java.util.ArrayList;
import java.util.List;

/**
 * Comma-separated values: one row a line, blanks around values dropped, values with commas in
 * double quotes, {@code ""} for a quote inside. Empty lines and lines that begin with {@code #} are
 * left out.
 */
public final class Csv {
  private static final int MOST_LINES = 100_000;
  private static final int MOST_COLUMNS = 200;

  private Csv() {}

  /**
   * One value.
   *
   * @param text without quotes and blanks around it
   * @param at where it begins
   */
  public record Cell(String text, Position at) {}

  /**
   * The rows that are not empty.
   *
   * @throws InputException when a quote is not closed or there is too much
   */
  public static List<List<Cell>> read(Source source) {
    List<List<Cell>> rows = new ArrayList<>();
    int number = 0;
    for (String line : (Iterable<String>) source.text().lines()::iterator) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (rows.size() >= MOST_LINES) {
        throw new Position(source.name(), number, 1).error("more than " + MOST_LINES + " rows");
      }
      rows.add(cells(line, new Position(source.name(), number, 1)));
    }
    return rows;
  }

  private static List<Cell> cells(String line, Position start) {
    List<Cell> cells = new ArrayList<>();
    int next = 0;
    while (true) {
      if (cells.size() >= MOST_COLUMNS) {
        throw start.error("more than " + MOST_COLUMNS + " values in a row");
      }
      while (next < line.length() && Character.isWhitespace(line.charAt(next))) {
        next++;
      }
      Position at = start.plus(next);
      if (next < line.length() && line.charAt(next) == '"') {
        var text = new StringBuilder();
        next = quoted(line, next + 1, text, at);
        cells.add(new Cell(text.toString(), at));
      } else {
        int comma = line.indexOf(',', next);
        int end = comma < 0 ? line.length() : comma;
        cells.add(new Cell(line.substring(next, end).strip(), at));
        next = end;
      }
      if (next >= line.length()) {
        return cells;
      }
      if (line.charAt(next) != ',') {
        throw start.plus(next).error("something follows a closing quote", "expected a comma");
      }
      next++;
    }
  }

  /** Reads up to the closing quote; where the text goes on after it and blanks. */
  private static int quoted(String line, int from, StringBuilder text, Position at) {
    int next = from;
    while (next < line.length()) {
      char c = line.charAt(next++);
      if (c != '"') {
        text.append(c);
      } else if (next < line.length() && line.charAt(next) == '"') {
        text.append('"');
        next++;
      } else {
        while (next < line.length() && Character.isWhitespace(line.charAt(next))) {
          next++;
        }
        return next;
      }
    }
    throw at.error("a quote is not closed", "expected '\"' at the end of the value");
  }
}
