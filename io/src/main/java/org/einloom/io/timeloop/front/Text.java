package org.einloom.io.timeloop.front;

import org.einloom.io.input.Position;
import org.einloom.io.timeloop.template.Rendered;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * A text to parse as YAML, and where its letters come from.
 *
 * @param rendered what templates made of it; null when the file is as it stands
 */
record Text(String name, String text, @Nullable Rendered rendered) {
  /** Where a mark of the YAML parser stands. */
  Position at(Mark mark) {
    return rendered == null
        ? new Position(name, mark.getLine() + 1, mark.getColumn() + 1)
        : rendered.at(mark.getIndex());
  }

  /** Whether the letter at a mark stands in the file, and was not made by an expression. */
  boolean isLiteral(Mark mark) {
    return isLiteral(mark, 1);
  }

  /** The same of several letters. */
  boolean isLiteral(Mark mark, int letters) {
    return rendered == null || rendered.isLiteral(mark.getIndex(), mark.getIndex() + letters);
  }
}
