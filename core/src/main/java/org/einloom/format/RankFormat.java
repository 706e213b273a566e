package org.einloom.format;

import java.util.OptionalInt;

/**
 * How the fibers of one level of a fibertree say which of their elements are there. An element is
 * occupied if any word in it is.
 */
public sealed interface RankFormat {
  /** All elements are stored, occupied or not; there is nothing to say. */
  record Uncompressed() implements RankFormat {}

  /** One bit for every element; the occupied ones are stored. */
  record Bitmask() implements RankFormat {}

  /**
   * For every occupied element the number of empty ones before it, in its fiber. A run of R =
   * 2^bits or more is broken: an entry more, for an empty element, after every R - 1 empty ones.
   * What comes after the last occupied element needs no entry.
   *
   * @param bits of an entry, 1 to 32; left out, as many as the longest run that can be takes
   */
  record RunLength(OptionalInt bits) implements RankFormat {}

  /**
   * For every occupied element its coordinate in its fiber.
   *
   * @param bits of a coordinate; left out, as many as it takes, at least 1
   */
  record Coordinates(OptionalInt bits) implements RankFormat {}

  /**
   * Uncompressed offset pairs: for every element, occupied or not, where what is stored for it
   * begins, and once where the last ends; so one more than there are elements. Occupied elements
   * are stored.
   *
   * @param bits of an offset; left out, as many as it takes to count the elements of the level
   *     below in the whole tile
   */
  record Offsets(OptionalInt bits) implements RankFormat {}

  /** What files call it. */
  default String label() {
    return switch (this) {
      case Uncompressed u -> "uncompressed";
      case Bitmask b -> "bitmask";
      case RunLength r -> "run_length";
      case Coordinates c -> "coordinates";
      case Offsets o -> "offsets";
    };
  }

  /** Whether empty elements take no room below this level. */
  default boolean compresses() {
    return !(this instanceof Uncompressed);
  }
}
