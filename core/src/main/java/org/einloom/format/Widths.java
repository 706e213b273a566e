package org.einloom.format;

import java.util.List;
import java.util.OptionalInt;
import org.einloom.format.RankFormat.Coordinates;
import org.einloom.format.RankFormat.Offsets;
import org.einloom.format.RankFormat.RunLength;

/** How many bits an entry of a level has. */
final class Widths {
  private Widths() {}

  /** Bits of a number from 0 to below {@code values}, at least 1. */
  static int toCount(double values) {
    int bits = 1;
    while (Math.scalb(1.0, bits) < values) {
      bits++;
    }
    return bits;
  }

  /**
   * The bits of an entry.
   *
   * @param elements of a fiber of the level
   * @param below elements of the level below in the whole tile
   */
  static int of(RankFormat format, long elements, double below) {
    return switch (format) {
      case RankFormat.Uncompressed u -> 0;
      case RankFormat.Bitmask b -> 1;
      case RunLength r -> given(r.bits(), (double) elements);
      case Coordinates c -> given(c.bits(), (double) elements);
      case Offsets o -> given(o.bits(), below + 1);
    };
  }

  private static int given(OptionalInt bits, double values) {
    return bits.isPresent() ? bits.getAsInt() : toCount(values);
  }

  /** How many elements of a level there are in one of the level above. */
  static long elements(List<Long> above, List<Long> own) {
    long n = 1;
    for (int r = 0; r < own.size(); r++) {
      n = Math.multiplyExact(n, above.get(r) / own.get(r));
    }
    return n;
  }
}
