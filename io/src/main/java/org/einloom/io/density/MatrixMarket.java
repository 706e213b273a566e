package org.einloom.io.density;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import org.einloom.density.Pattern;
import org.einloom.io.input.InputException;
import org.einloom.io.input.Position;
import org.einloom.io.input.Source;
import org.einloom.io.input.Words;

/**
 * Reads matrices in the Matrix Market exchange format (Boisvert, Pozo and Remington, NISTIR 5935,
 * 1996): coordinates or arrays, of real, integer, complex numbers or patterns, general or
 * symmetric.
 */
final class MatrixMarket {
  private static final List<String> FIELDS = List.of("real", "integer", "complex", "pattern");
  private static final List<String> SYMMETRIES =
      List.of("general", "symmetric", "skew-symmetric", "hermitian");

  private final Source source;
  private final List<String> lines;
  private int line;
  private long rows;
  private long columns;
  private boolean mirrored;
  private boolean skew;
  private final BitSet occupied = new BitSet();

  private MatrixMarket(Source source) {
    this.source = source;
    this.lines = source.text().lines().toList();
  }

  static Pattern read(Source source) {
    return new MatrixMarket(source).read();
  }

  private Pattern read() {
    String[] head = words(lines.isEmpty() ? "" : lines.getFirst().toLowerCase(Locale.ROOT));
    line = 1;
    if (head.length != 5 || !head[0].equals("%%matrixmarket") || !head[1].equals("matrix")) {
      throw error(
          "the file does not begin as a Matrix Market file",
          "expected, for example, '%%MatrixMarket matrix coordinate real general'");
    }
    boolean coordinates = head[2].equals("coordinate");
    if (!coordinates && !head[2].equals("array")) {
      throw error("unknown layout " + Words.quote(head[2]), "expected coordinate or array");
    }
    if (!FIELDS.contains(head[3]) || (!coordinates && head[3].equals("pattern"))) {
      throw error(
          "unknown kind of number " + Words.quote(head[3]),
          "expected " + String.join(", ", FIELDS));
    }
    if (!SYMMETRIES.contains(head[4])) {
      throw error(
          "unknown symmetry " + Words.quote(head[4]), "expected " + String.join(", ", SYMMETRIES));
    }
    mirrored = !head[4].equals("general");
    skew = head[4].equals("skew-symmetric");
    long[] size = sizes(next("the size of the matrix"), coordinates ? 3 : 2);
    rows = size[0];
    columns = size[1];
    if (rows < 1 || columns < 1 || rows > Integer.MAX_VALUE / columns) {
      throw error("a matrix of " + rows + " x " + columns, "expected at most 2^31-1 words");
    }
    if (mirrored && rows != columns) {
      throw error("a symmetric matrix of " + rows + " x " + columns, "expected a square one");
    }
    int numbers =
        switch (head[3]) {
          case "pattern" -> 0;
          case "complex" -> 2;
          default -> 1;
        };
    if (coordinates) {
      for (long i = 0; i < size[2]; i++) {
        entry(numbers);
      }
    } else {
      array(numbers);
    }
    while (line < lines.size()) {
      String rest = lines.get(line++);
      if (!rest.isBlank() && !rest.startsWith("%")) {
        throw error("more entries than the size says", "expected the end of the file");
      }
    }
    return new Pattern(List.of(rows, columns), occupied);
  }

  private void entry(int numbers) {
    String[] of = words(next("an entry"));
    if (of.length != 2 + numbers) {
      throw error("an entry has " + of.length + " numbers", "expected " + (2 + numbers));
    }
    long i = whole(of[0]);
    long j = whole(of[1]);
    if (i < 1 || i > rows || j < 1 || j > columns) {
      throw error(
          "an entry at row " + i + ", column " + j,
          "expected rows 1 to " + rows + " and columns 1 to " + columns);
    }
    boolean zero = numbers > 0;
    for (int n = 0; n < numbers; n++) {
      zero &= number(of[2 + n]) == 0;
    }
    if (!zero) {
      set(i - 1, j - 1);
    }
  }

  /** Column by column; of a symmetric matrix the lower triangle. */
  private void array(int numbers) {
    for (long j = 0; j < columns; j++) {
      for (long i = mirrored ? (skew ? j + 1 : j) : 0; i < rows; i++) {
        String[] of = words(next("a number"));
        if (of.length != numbers) {
          throw error("a line has " + of.length + " numbers", "expected " + numbers);
        }
        boolean zero = true;
        for (String n : of) {
          zero &= number(n) == 0;
        }
        if (!zero) {
          set(i, j);
        }
      }
    }
  }

  private void set(long i, long j) {
    occupied.set((int) (i * columns + j));
    if (mirrored) {
      occupied.set((int) (j * columns + i));
    }
  }

  private String next(String what) {
    while (line < lines.size()) {
      String text = lines.get(line++);
      if (!text.isBlank() && !text.startsWith("%")) {
        return text;
      }
    }
    throw error("the file ends", "expected " + what);
  }

  private long[] sizes(String text, int count) {
    String[] of = words(text);
    if (of.length != count) {
      throw error("the size has " + of.length + " numbers", "expected " + count);
    }
    var sizes = new long[count];
    for (int i = 0; i < count; i++) {
      sizes[i] = whole(of[i]);
    }
    return sizes;
  }

  private long whole(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw error(Words.quote(text) + " is no whole number", "expected one");
    }
  }

  private double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw error(Words.quote(text) + " is no number", "expected one");
    }
  }

  private static String[] words(String text) {
    var words = new ArrayList<String>();
    for (String w : text.strip().split("\\s+", -1)) {
      words.add(w);
    }
    return words.toArray(new String[0]);
  }

  private InputException error(String problem, String expected) {
    return new Position(source.name(), Math.max(1, line), 1).error(problem, expected);
  }
}
