package org.einloom.io.timeloop.template;

import java.util.List;
import org.einloom.io.input.Position;

/**
 * A text and where it comes from.
 *
 * @param text what was rendered
 * @param pieces from which place each part of it is, in order; the first begins at 0
 */
public record Rendered(String text, List<Piece> pieces) {
  public Rendered {
    pieces = List.copyOf(pieces);
  }

  /**
   * Letters of one origin, none of them behind an end of line.
   *
   * @param from the code point of the text with which it begins
   * @param at where that stands
   * @param literal whether the letters stand there one by one; else they are the value of the
   *     expression that begins there
   */
  record Piece(int from, Position at, boolean literal) {}

  /** Where the letter with an index (in code points) was written, or what it is a value of. */
  public Position at(int index) {
    Piece piece = piece(index);
    return piece.literal() ? piece.at().plus(index - piece.from()) : piece.at();
  }

  /** Whether a range of letters (code points, the end excluded) stands in one line of one file. */
  public boolean isLiteral(int from, int to) {
    Piece piece = piece(from);
    return piece.literal() && (to <= from + 1 || piece.equals(piece(to - 1)));
  }

  private Piece piece(int index) {
    int low = 0;
    int high = pieces.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (pieces.get(middle).from() <= index) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return pieces.get(low);
  }
}
