package org.einloom.mapper.conflict;

import java.util.OptionalLong;
import java.util.function.LongPredicate;

/** Where a property that, once it holds, holds for all larger numbers, begins to hold. */
final class Steps {
  private Steps() {}

  /**
   * The first number that has it, by steps of growing and then of shrinking size.
   *
   * @param below has it not
   * @param most the largest to try
   */
  static OptionalLong first(long below, long most, LongPredicate holds) {
    long without = below;
    long step = 1;
    while (without < most) {
      long next = most - without <= step ? most : without + step;
      if (holds.test(next)) {
        return OptionalLong.of(between(without, next, holds));
      }
      without = next;
      step = step > Long.MAX_VALUE / 2 ? step : 2 * step;
    }
    return OptionalLong.empty();
  }

  /** The same downwards: the last number that has what holds for all smaller ones. */
  static OptionalLong last(long above, long least, LongPredicate holds) {
    OptionalLong mirrored = first(-above, -least, x -> holds.test(-x));
    return mirrored.isPresent() ? OptionalLong.of(-mirrored.getAsLong()) : mirrored;
  }

  private static long between(long without, long with, LongPredicate holds) {
    long low = without;
    long high = with;
    while (high - low > 1) {
      long middle = low + (high - low) / 2;
      if (holds.test(middle)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }
}
