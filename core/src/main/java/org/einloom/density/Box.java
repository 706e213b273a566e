package org.einloom.density;

import java.util.ArrayList;
import java.util.List;
import org.einloom.workload.Checked;
import org.einloom.workload.InvalidSpecException;

/**
 * A tile of a tensor: a range of coordinates in every rank.
 *
 * @param low the first coordinate, by rank
 * @param extents how many coordinates, by rank; 0 makes it empty of words
 */
public record Box(List<Long> low, List<Long> extents) {
  public Box {
    low = List.copyOf(low);
    extents = List.copyOf(extents);
    if (low.size() != extents.size()) {
      throw new IllegalArgumentException(low + " and " + extents + " differ in ranks");
    }
    for (int r = 0; r < low.size(); r++) {
      if (low.get(r) < 0 || extents.get(r) < 0) {
        throw new IllegalArgumentException("a tile at " + low + " of " + extents);
      }
    }
  }

  /** A whole tensor. */
  public static Box whole(List<Long> shape) {
    return new Box(shape.stream().map(s -> 0L).toList(), shape);
  }

  /** How many words it has, occupied or not. */
  public long words() {
    long words = 1;
    for (long e : extents) {
      words = Checked.multiply(words, e, "the words of a tile");
    }
    return words;
  }

  /** One past the last coordinate of a rank. */
  public long end(int rank) {
    return low.get(rank) + extents.get(rank);
  }

  /** The same with another range of one rank. */
  public Box with(int rank, long from, long extent) {
    var l = new ArrayList<Long>(low);
    var e = new ArrayList<Long>(extents);
    l.set(rank, from);
    e.set(rank, extent);
    return new Box(l, e);
  }

  /** Returns if the tile lies within a tensor of that shape. */
  void requireWithin(List<Long> shape) {
    if (shape.size() != low.size()) {
      throw new InvalidSpecException(
          "a tile of " + low.size() + " ranks of a tensor of shape " + shape);
    }
    for (int r = 0; r < shape.size(); r++) {
      if (end(r) > shape.get(r)) {
        throw new InvalidSpecException(
            "a tile at " + low + " of " + extents + " reaches beyond a tensor of shape " + shape);
      }
    }
  }
}
