package org.einloom.density;

import org.einloom.workload.TooLargeException;

/** Refuses what would take too long. */
final class Cost {
  private static final double MOST = 2e8;

  private Cost() {}

  static void check(double operations) {
    if (operations > MOST) {
      throw new TooLargeException(
          "the distribution of a tile's occupied words takes about %.0e operations, of at most %.0e; use smaller tiles"
              .formatted(operations, MOST));
    }
  }
}
