package org.einloom.evaluation.timeloop.sparse;

import java.util.List;
import java.util.Optional;

/**
 * A box of a tensor's coordinates that begins at the origin, and what is known of a larger one that
 * it lies in.
 *
 * @param extents by rank, outermost first; none for a scalar
 * @param within what is known
 */
record Tile(List<Long> extents, Optional<Within> within) {
  Tile {
    extents = List.copyOf(extents);
  }

  Tile(List<Long> extents) {
    this(extents, Optional.empty());
  }

  /**
   * So many words of a larger tile are not zero.
   *
   * @param extents of the larger tile
   * @param words of it, as counted: less than its extents come to where last turns are smaller
   */
  record Within(List<Long> extents, long words, long occupied) {
    Within {
      extents = List.copyOf(extents);
    }
  }

  long words() {
    return words(extents);
  }

  private static long words(List<Long> extents) {
    return extents.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
  }

  Tile knowing(Optional<Within> known) {
    return new Tile(extents, known);
  }
}
