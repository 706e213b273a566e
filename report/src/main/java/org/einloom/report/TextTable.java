package org.einloom.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table of plain text. The first column and those said so are flush left, others right. */
final class TextTable {
  private static final String GAP = "  ";

  private final List<String> headers;
  private final List<Boolean> left;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * @param headers one per column; a line break starts a second line
   * @param left the columns, besides the first, that hold text rather than numbers
   */
  TextTable(List<String> headers, Integer... left) {
    this.headers = List.copyOf(headers);
    this.left = new ArrayList<>();
    for (int i = 0; i < headers.size(); i++) {
      this.left.add(i == 0 || Arrays.asList(left).contains(i));
    }
  }

  /** Adds a row of one cell per column. */
  void row(List<String> cells) {
    if (cells.size() != headers.size()) {
      throw new IllegalArgumentException(cells.size() + " cells for " + headers.size());
    }
    rows.add(List.copyOf(cells));
  }

  /** Columns of the terminal it takes. */
  int width() {
    int width = GAP.length() * (headers.size() - 1);
    for (int i = 0; i < headers.size(); i++) {
      width += width(i);
    }
    return width;
  }

  /** The lines, headers first, without trailing blanks. */
  List<String> lines() {
    int depth = headers.stream().mapToInt(h -> h.split("\n").length).max().orElse(1);
    List<String> lines = new ArrayList<>();
    for (int d = 0; d < depth; d++) {
      List<String> cells = new ArrayList<>();
      for (String header : headers) {
        String[] parts = header.split("\n");
        int part = d - (depth - parts.length);
        cells.add(part < 0 ? "" : parts[part]);
      }
      lines.add(line(cells));
    }
    rows.forEach(r -> lines.add(line(r)));
    return lines;
  }

  private String line(List<String> cells) {
    var line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String blanks = " ".repeat(width(i) - cells.get(i).length());
      line.append(i == 0 ? "" : GAP);
      line.append(left.get(i) ? cells.get(i) + blanks : blanks + cells.get(i));
    }
    return line.toString().stripTrailing();
  }

  private int width(int column) {
    int width = 0;
    for (String part : headers.get(column).split("\n")) {
      width = Math.max(width, part.length());
    }
    for (List<String> row : rows) {
      width = Math.max(width, row.get(column).length());
    }
    return width;
  }
}
