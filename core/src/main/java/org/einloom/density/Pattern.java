package org.einloom.density;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.einloom.workload.InvalidSpecException;

/** Which words of a tensor are occupied. Not changed once it is made. */
public final class Pattern {
  private final List<Long> shape;
  private final BitSet occupied;
  private final int words;

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
    return count(tile, 0, 0);
  }

  private long count(Box tile, int rank, long prefix) {
    if (rank == shape.size()) {
      return occupied.get((int) prefix) ? 1 : 0;
    }
    long size = shape.get(rank);
    if (rank == shape.size() - 1) {
      int from = (int) (prefix * size + tile.low().get(rank));
      return occupied.get(from, (int) (prefix * size + tile.end(rank))).cardinality();
    }
    long sum = 0;
    for (long x = tile.low().get(rank); x < tile.end(rank); x++) {
      sum += count(tile, rank + 1, prefix * size + x);
    }
    return sum;
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
