package org.einloom.model;

import java.util.List;

/**
 * One rank variable as one view of a node sees it: its loops above the node, and how its tile moves
 * from one step of an instance to the next.
 *
 * <p>A step of an instance is reached by advancing one temporal loop; the temporal loops outside it
 * keep their indices, those inside start over from 0, having stood at the last index at which this
 * instance was active. For this variable that is told by {@code split}, the number of its loops
 * outside the advancing one, and {@code own}, whether the advancing loop is this variable's. The
 * advancing loop is the same for every instance active in the step: validity of indices is a
 * product over variables, and downward closed in each.
 */
final class Variable {
  final long extent;
  private final boolean perfect;
  final int loops;
  final long[] tile;
  final long[] count;
  final byte[] role;
  final long[] fixed;
  final int[] ancestors;
  private final KnownMoves known;

  /**
   * @param fixedIndex by loop, the index of each {@link View#FIXED} loop
   */
  Variable(Compiled c, View view, int variable, long[] fixedIndex) {
    known = c.known;
    extent = c.extent[variable];
    perfect = c.perfect[variable];
    int[] all = c.loopsOf[variable];
    int n = 0;
    while (n < all.length && all[n] < view.depth()) {
      n++;
    }
    loops = n;
    tile = new long[n];
    count = new long[n];
    role = new byte[n];
    fixed = new long[n];
    for (int i = 0; i < n; i++) {
      tile[i] = c.loopTile[all[i]];
      count[i] = c.loopCount[all[i]];
      role[i] = view.role()[all[i]];
      fixed[i] = fixedIndex[all[i]];
    }
    ancestors = new int[view.ancestors().length];
    for (int a = 0; a < ancestors.length; a++) {
      int above = 0;
      while (above < n && all[above] < view.ancestors()[a]) {
        above++;
      }
      ancestors[a] = above;
    }
  }

  int loops() {
    return loops;
  }

  /** The classes of moves, none where the step never happens. */
  List<TileClass> classes(int split, boolean own, boolean bases) {
    return perfect
        ? new RegularMoves(this, split, own, bases).classes()
        : known.classes(this, split, own, bases);
  }
}
