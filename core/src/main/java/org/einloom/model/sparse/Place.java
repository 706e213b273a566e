package org.einloom.model.sparse;

import java.util.Arrays;

/** The indices of some loops, to look up what is known of a place. */
final class Place {
  private final int[] indices;
  private final int hash;

  private Place(int[] indices) {
    this.indices = indices;
    this.hash = Arrays.hashCode(indices);
  }

  /**
   * A part of a place.
   *
   * @param loops which indices to take
   * @param index of all loops
   */
  static Place of(int[] loops, int[] index) {
    var indices = new int[loops.length];
    for (int i = 0; i < loops.length; i++) {
      indices[i] = index[loops[i]];
    }
    return new Place(indices);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Place p && hash == p.hash && Arrays.equals(indices, p.indices);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
