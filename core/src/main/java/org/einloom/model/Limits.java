package org.einloom.model;

import org.einloom.workload.InvalidSpecException;

/** Where exact counting stops: past this a mapping is refused, never estimated. */
final class Limits {
  /** Items one enumeration may hold; beyond, memory and time are no longer bounded sensibly. */
  static final long MAX_ITEMS = 2_000_000;

  private Limits() {}

  static void check(long items) {
    if (items > MAX_ITEMS) {
      throw new InvalidSpecException(
          "counting this mapping exactly would take "
              + items
              + " different tiles of one rank, more than the "
              + MAX_ITEMS
              + " that are held; use smaller extents, or tile sizes that divide them");
    }
  }

  static long multiply(long a, long b) {
    try {
      return Math.multiplyExact(a, b);
    } catch (ArithmeticException e) {
      throw overflow(e);
    }
  }

  static long add(long a, long b) {
    try {
      return Math.addExact(a, b);
    } catch (ArithmeticException e) {
      throw overflow(e);
    }
  }

  static InvalidSpecException overflow(ArithmeticException e) {
    return new InvalidSpecException(
        "the words moved by this mapping exceed 2^63-1; use smaller extents", e);
  }
}
