package org.einloom.io.mapping;

import java.util.ArrayList;
import java.util.List;

/** Lays rows of cells out under each other. */
final class Columns {
  private Columns() {}

  /** The rows with {@code |} between their cells, as many in each, and no blanks at line ends. */
  static String align(List<List<String>> rows) {
    List<Integer> widths = new ArrayList<>();
    for (int i = 0; i < rows.getFirst().size(); i++) {
      int column = i;
      widths.add(rows.stream().mapToInt(r -> r.get(column).length()).max().orElse(0));
    }
    var text = new StringBuilder();
    for (List<String> row : rows) {
      var line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        line.append(i == 0 ? "" : " | ").append(row.get(i));
        line.append(" ".repeat(widths.get(i) - row.get(i).length()));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
