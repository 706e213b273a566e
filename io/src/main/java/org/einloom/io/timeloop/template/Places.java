package org.einloom.io.timeloop.template;

import java.util.Arrays;
import org.einloom.io.input.Position;
import org.einloom.io.input.Source;

/** Where the letters of a text stand. */
final class Places {
  private final Source source;
  private final int[] lines;

  Places(Source source) {
    this.source = source;
    String text = source.text();
    int count = 1 + (int) text.chars().filter(c -> c == '\n').count();
    lines = new int[count];
    int line = 0;
    for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
      lines[++line] = i + 1;
    }
  }

  /** The place of the letter with an index. */
  Position at(int index) {
    int found = Arrays.binarySearch(lines, index);
    int line = found >= 0 ? found : -found - 2;
    int column = source.text().codePointCount(lines[line], index) + 1;
    return new Position(source.name(), line + 1, column);
  }
}
