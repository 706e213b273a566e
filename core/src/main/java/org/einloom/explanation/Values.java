package org.einloom.explanation;

import java.util.BitSet;
import java.util.List;
import org.einloom.workload.TensorAccess;

/** A set of whole numbers. */
final class Values {
  /** More are not enumerated. */
  static final int MOST = 1 << 22;

  private final BitSet bits = new BitSet();
  private long base;

  static Values of(long value) {
    Values v = new Values();
    v.base = value;
    v.bits.set(0);
    return v;
  }

  /** Adds so many values from 0 or more on. */
  void add(int start, int length) {
    bits.set(start, start + length);
  }

  /**
   * The number of coordinates within the rank that a sum has, of this and one set of each list
   * times its coefficient, summed over all ways to pick one of each.
   */
  static long sums(TensorAccess.Rank rank, List<List<Values>> lists, int term, Values sum) {
    if (term == lists.size()) {
      return sum.within(rank.size());
    }
    long total = 0;
    for (Values v : lists.get(term)) {
      Values next = sum.plus(v, rank.expression().terms().get(term).coefficient());
      total = Math.addExact(total, sums(rank, lists, term + 1, next));
    }
    return total;
  }

  private Values plus(Values other, long coefficient) {
    Values sum = new Values();
    int largest = other.bits.length() - 1;
    sum.base = base + Math.min(0, Math.multiplyExact(coefficient, (long) largest));
    for (int x = other.bits.nextSetBit(0); x >= 0; x = other.bits.nextSetBit(x + 1)) {
      int shift = Math.toIntExact(base + coefficient * x - sum.base);
      for (int y = bits.nextSetBit(0); y >= 0; y = bits.nextSetBit(y + 1)) {
        sum.bits.set(Math.addExact(y, shift));
      }
    }
    return sum;
  }

  private long within(long size) {
    long n = 0;
    for (int x = bits.nextSetBit(0); x >= 0; x = bits.nextSetBit(x + 1)) {
      n += base + x >= 0 && base + x < size ? 1 : 0;
    }
    return n;
  }
}
