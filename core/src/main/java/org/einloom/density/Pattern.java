package org.einloom.density;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.einloom.workload.InvalidSpecException;

/** Which words of a tensor are occupied. Not changed once it is made. */
public final class Pattern {
  private final List<Long> shape;
  private final BitSet occupied;
  private final int words;

  /** The words of {@link #occupied}, and one past the last. */
  private final long[] bits;

  /** By such a word: how many bits are set in those before it. */
  private final int[] before;

  /**
   * @param shape the tensor's extents
   * @param occupied by row-major number of the word
   */
  public Pattern(List<Long> shape, BitSet occupied) {
    this.shape = List.copyOf(shape);
    this.occupied = (BitSet) occupied.clone();
    this.words = words(this.shape);
    if (occupied.length() > words) {
      throw new IllegalArgumentException(
          "word " + (occupied.length() - 1) + " of a tensor of " + words);
    }
    bits = Arrays.copyOf(occupied.toLongArray(), words / Long.SIZE + 1);
    before = new int[bits.length];
    for (int i = 1; i < bits.length; i++) {
      before[i] = before[i - 1] + Long.bitCount(bits[i - 1]);
    }
  }

  /** The number of words of a tensor of that shape, which a pattern must be able to number. */
  static int words(List<Long> shape) {
    long words = Box.whole(shape).words();
    if (words > Integer.MAX_VALUE) {
      throw new InvalidSpecException(
          "a tensor of shape " + shape + " has " + words + " words; expected at most 2^31-1");
    }
    return (int) words;
  }

  /** The tensor's extents. */
  public List<Long> shape() {
    return shape;
  }

  /** Whether the word of that row-major number is occupied. */
  public boolean occupied(int word) {
    return occupied.get(word);
  }

  /** Whether the word at these coordinates is occupied. */
  public boolean occupied(long... coordinates) {
    long word = 0;
    for (int r = 0; r < coordinates.length; r++) {
      word = word * shape.get(r) + coordinates[r];
    }
    return occupied.get((int) word);
  }

  /** How many words are occupied. */
  public long count() {
    return occupied.cardinality();
  }

  /** How many words of a tile are occupied. */
  public long count(Box tile) {
    tile.requireWithin(shape);
    if (tile.words() == 0) {
      return 0;
    }
    int last = shape.size() - 1;
    long inner = 1;
    // ranks that a tile has all of make one stretch of words with the rank outside them
    while (last > 0 && tile.extents().get(last).equals(shape.get(last))) {
      inner *= shape.get(last--);
    }
    return last < 0 ? upTo(1) : count(tile, last, inner, 0, 0);
  }

  /**
   * @param last the innermost rank of which the tile may have a part
   * @param inner words below it
   */
  private long count(Box tile, int last, long inner, int rank, long prefix) {
    long from = prefix * shape.get(rank) + tile.low().get(rank);
    long to = from + tile.extents().get(rank);
    if (rank == last) {
      return upTo((int) (to * inner)) - upTo((int) (from * inner));
    }
    long sum = 0;
    for (long x = from; x < to; x++) {
      sum += count(tile, last, inner, rank + 1, x);
    }
    return sum;
  }

  /** How many of the words before one are occupied. */
  private long upTo(int word) {
    int at = word / Long.SIZE;
    return (long) before[at] + Long.bitCount(bits[at] & ((1L << word) - 1));
  }

  /** The coordinates of the occupied words, in row-major order. */
  public List<List<Long>> coordinates() {
    var list = new ArrayList<List<Long>>();
    for (int w = occupied.nextSetBit(0); w >= 0; w = occupied.nextSetBit(w + 1)) {
      var at = new Long[shape.size()];
      long rest = w;
      for (int r = shape.size() - 1; r >= 0; r--) {
        at[r] = rest % shape.get(r);
        rest /= shape.get(r);
      }
      list.add(List.of(at));
    }
    return list;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Pattern p && p.shape.equals(shape) && p.occupied.equals(occupied);
  }

  @Override
  public int hashCode() {
    return 31 * shape.hashCode() + occupied.hashCode();
  }

  @Override
  public String toString() {
    return "Pattern" + shape + " of " + words + " words, " + count() + " occupied";
  }
}
