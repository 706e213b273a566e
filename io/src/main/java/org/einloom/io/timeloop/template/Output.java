package org.einloom.io.timeloop.template;

import java.util.ArrayList;
import java.util.List;
import org.einloom.io.input.Position;

/** Collects what a template says, with places. */
final class Output {
  private final StringBuilder text = new StringBuilder();
  private final List<Rendered.Piece> pieces = new ArrayList<>();
  private final Budget budget;
  private final Position start;
  private int length;

  Output(Budget budget, Position start) {
    this.budget = budget;
    this.start = start;
  }

  /** Letters that stand in the template as they are. */
  void literal(String letters, Position at) {
    budget.make(letters.length(), at);
    Position line = at;
    int from = 0;
    while (from < letters.length()) {
      int end = letters.indexOf('\n', from);
      int to = end < 0 ? letters.length() : end + 1;
      add(letters.substring(from, to), line, true);
      line = new Position(line.file(), line.line() + 1, 1);
      from = to;
    }
  }

  /** The value of an expression that begins at a place. */
  void value(Value value, Position at) {
    if (value instanceof Value.Written w) {
      written(w.text(), at);
      return;
    }
    budget.make(value.weight(), at);
    add(Printing.text(value), at, false);
  }

  private void written(Rendered rendered, Position at) {
    budget.make(rendered.text().length() + 16L * rendered.pieces().size(), at);
    for (Rendered.Piece piece : rendered.pieces()) {
      pieces.add(new Rendered.Piece(length + piece.from(), piece.at(), piece.literal()));
    }
    text.append(rendered.text());
    length += rendered.text().codePointCount(0, rendered.text().length());
  }

  private void add(String letters, Position at, boolean literal) {
    if (letters.isEmpty()) {
      return;
    }
    pieces.add(new Rendered.Piece(length, at, literal));
    text.append(letters);
    length += letters.codePointCount(0, letters.length());
    if (text.length() > Budget.LARGEST) {
      throw at.error("the template makes more than " + Budget.LARGEST + " letters");
    }
  }

  /** All of it. */
  Rendered rendered() {
    if (pieces.isEmpty()) {
      return new Rendered("", List.of(new Rendered.Piece(0, start, false)));
    }
    return new Rendered(text.toString(), pieces);
  }
}
