package org.einloom.io.mapping;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.einloom.io.input.Position;

/** One line of the text form, understood; what its columns say is checked elsewhere. */
sealed interface TextLine {
  /** Where it begins. */
  Position at();

  /** {@code layer conv}: the head of a layer's loop nest, its columns the memories' names. */
  record Layer(String name, Position at) implements TextLine {}

  /** {@code keep I W in GLB}. */
  record Keep(List<Token> tensors, String memory, Position at) implements TextLine {}

  /**
   * {@code for m in 0..64 step 16 (last 12)}, {@code parallel c in 0..4 on Array.x}.
   *
   * @param range the end of the range, where it is given
   * @param last the size of the last tile, where it is given
   * @param place fanout and dimension of a parallel loop
   */
  record LoopLine(
      String variable,
      OptionalLong range,
      long step,
      OptionalLong last,
      Optional<Place> place,
      Position at)
      implements TextLine {}

  /** {@code compute MAC}: the end of the nest. */
  record ComputeLine(String name, Position at) implements TextLine {}

  /** A dimension of a fanout. */
  record Place(String fanout, String dimension) {}
}
