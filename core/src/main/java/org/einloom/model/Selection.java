package org.einloom.model;

import java.util.Arrays;

/** The part of a tile that one instance further in handles. */
final class Selection {
  private Selection() {}

  /** Words of a tile of that length that lie within fixed indices of the loops further in. */
  static long words(Compiled c, int variable, View view, long[] fixedIndex, long length) {
    int[] all = c.loopsOf[variable];
    int first = 0;
    while (first < all.length && all[first] < view.depth()) {
      first++;
    }
    int end = first;
    while (end < all.length && all[end] < view.selection()) {
      end++;
    }
    return words(c, view, Arrays.copyOfRange(all, first, end), 0, fixedIndex, length);
  }

  private static long words(
      Compiled c, View view, int[] loops, int i, long[] fixedIndex, long length) {
    if (i == loops.length || length == 0) {
      return length;
    }
    long tile = c.loopTile[loops[i]];
    if (view.role()[loops[i]] != View.FIXED) {
      long full = length / tile;
      long sum = full == 0 ? 0 : full * words(c, view, loops, i + 1, fixedIndex, tile);
      return sum + words(c, view, loops, i + 1, fixedIndex, length % tile);
    }
    long index = fixedIndex[loops[i]];
    long left = length - index * tile;
    return left <= 0 ? 0 : words(c, view, loops, i + 1, fixedIndex, Math.min(tile, left));
  }
}
