package org.einloom.mapper.search;

/**
 * Moves the nodes of a mapping further in, so that they take less room. Nodes that are placed late
 * take all the room there is, also where that saves nothing.
 */
final class Shrinking {
  /** Below this difference two sums of doubles are the same number. */
  private static final double SAME = 1e-12;

  private final TemporalSearch search;
  private final int root;
  private int[] done;
  private int label;

  /** Nodes by tensor and number. */
  interface Nodes {
    boolean test(int tensor, int node);
  }

  /**
   * @param label a finished one
   */
  Shrinking(TemporalSearch search, int label) {
    this.search = search;
    this.label = label;
    root = search.root(label);
    done = search.done(label);
  }

  /** The label of a mapping that costs no more, no node of which can be moved on for nothing. */
  int forNothing() {
    double energy = search.energy(label) * (1 + SAME);
    double cycles = search.cycles(label) * (1 + SAME);
    for (int n = 0; n < done.length; n++) {
      int[] moved = moved(n);
      int made = moved.length == 0 ? -1 : search.redo(root, moved, label);
      int at = n;
      while (made >= 0 && search.energy(made) <= energy && search.cycles(made) <= cycles) {
        at = place(moved, at);
        done = moved;
        label = made;
        moved = moved(at);
        made = moved.length == 0 ? -1 : search.redo(root, moved, label);
      }
    }
    return label;
  }

  /**
   * The label of a mapping one node of which is further in, what costs the least; -1 if there is
   * none.
   *
   * @param nodes those of which one is moved
   */
  int byOne(Nodes nodes) {
    int[] best = {};
    int bestLabel = -1;
    double least = Double.POSITIVE_INFINITY;
    int[] next = new int[search.tensors()];
    for (int n = 0; n < done.length; n++) {
      int t = -done[n] - 1;
      if (done[n] >= 0 || t >= next.length || !nodes.test(t, next[t]++)) {
        continue;
      }
      int[] moved = moved(n);
      int made = moved.length == 0 ? -1 : search.redo(root, moved, label);
      if (made >= 0) {
        double cost = search.energy(made) * search.cycles(made);
        if (cost < least) {
          least = cost;
          best = moved;
          bestLabel = made;
        }
      }
    }
    done = best;
    label = bestLabel;
    return label;
  }

  /** Where a node went: just below a loop. */
  private static int place(int[] moved, int from) {
    int loop = from;
    while (moved[loop] < 0) {
      loop--;
    }
    return loop - 1;
  }

  /** The same with a node below one more loop; nothing, if there is none or it cannot be. */
  private int[] moved(int n) {
    if (done[n] >= 0 || -done[n] > search.tensors()) {
      return new int[0];
    }
    int[] moved = done.clone();
    for (int k = n; k > 0; k--) {
      int other = moved[k - 1];
      if (other < 0 && (other == moved[k] || -other > search.tensors())) {
        return new int[0]; // nodes of a tensor keep their order, and fanouts what is below them
      }
      moved[k - 1] = moved[k];
      moved[k] = other;
      if (other >= 0) {
        return moved;
      }
    }
    return new int[0];
  }
}
