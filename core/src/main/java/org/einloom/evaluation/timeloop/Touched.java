package org.einloom.evaluation.timeloop;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.einloom.workload.InvalidSpecException;
import org.jspecify.annotations.Nullable;

/** Which coordinates of a rank are touched, between the first and the last. */
final class Touched {
  private static final long LONGEST = 1 << 24;

  private final Map<List<Long>, BitSet> known = new HashMap<>();

  /**
   * The sums of one multiple each of some coefficients, counted from the least.
   *
   * @param coefficients of the terms
   * @param counts how many values each of their variables has
   * @return null where there are no gaps
   */
  @Nullable BitSet of(long[] coefficients, long[] counts) {
    List<Long> key = new ArrayList<>();
    long length = 1;
    for (int i = 0; i < counts.length; i++) {
      key.add(coefficients[i]);
      key.add(counts[i]);
      length += Math.abs(coefficients[i]) * (counts[i] - 1);
    }
    if (length > LONGEST) {
      throw new InvalidSpecException(
          "the switch 'no-boxes' would have to look at " + length + " coordinates of one rank");
    }
    BitSet all = known.computeIfAbsent(key, k -> sums(coefficients, counts));
    return all.cardinality() == length ? null : all;
  }

  private static BitSet sums(long[] coefficients, long[] counts) {
    var sums = new BitSet();
    sums.set(0);
    for (int i = 0; i < counts.length; i++) {
      int step = (int) Math.abs(coefficients[i]);
      var more = new BitSet();
      for (int x = sums.nextSetBit(0); x >= 0; x = sums.nextSetBit(x + 1)) {
        for (int n = 0; n < counts[i]; n++) {
          more.set(x + n * step);
        }
      }
      sums = more;
    }
    return sums;
  }
}
