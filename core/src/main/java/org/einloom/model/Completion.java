package org.einloom.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Which of a result's words arrive complete at a component, or leave it complete.
 *
 * <p>Spatial loops over a reduced variable that no network adds up make instances that hold parts
 * of one sum. Where there are none, the last arrival of every word is complete. Where two or more
 * take part in the last round of the sum, none is. Where imperfect tiles leave one in that round
 * (the one with index 0), it receives as starting values what the others delivered; so every word
 * is complete but those that another still holds: its tile when it fell idle. That is where the
 * loops inside the last temporal loop over the variable stood in the end, unless the parent's tile
 * moved on and took it.
 */
sealed interface Completion {
  /** Every word. */
  record All() implements Completion {}

  /** No word. */
  record None() implements Completion {}

  /**
   * All, at the instance with all indices 0, but the words that idle instances hold.
   *
   * @param level storage level of the outermost instances that hold parts; the chain's length for
   *     computes
   * @param loop the temporal loop whose last rounds leave them idle
   * @param delivered whether these words are delivered as well, forced by the parent
   */
  record Except(int level, int loop, boolean delivered) implements Completion {}

  /** Too intricate for a closed form. */
  record Unknown() implements Completion {}

  /** What arrives in the steps of the view's node. */
  static Completion of(Compiled c, Compiled.Tensor t, View view) {
    List<Integer> separated = new ArrayList<>();
    long parts = 1;
    for (int u : t.irrelevant) {
      for (int l : c.loopsOf[u]) {
        if (separates(c, view, l) && !separated.contains(u)) {
          separated.add(u);
          parts = Math.min(2, parts * active(c, view, u, 0, c.extent[u], lastRound(c, view, u)));
        }
      }
    }
    if (separated.isEmpty()) {
      return new All();
    }
    return parts > 1
        ? new None()
        : separated.size() > 1 ? new Unknown() : one(c, t, view, separated.getFirst());
  }

  private static Completion one(Compiled c, Compiled.Tensor t, View view, int u) {
    int time = -1;
    int outermost = -1;
    for (int l : c.loopsOf[u]) {
      if (l < view.depth() && c.temporal(l) && c.loopCount[l] > 1) {
        if (time >= 0) {
          return new Unknown();
        }
        time = l;
      }
      if (outermost < 0 && separates(c, view, l)) {
        outermost = l;
      }
    }
    for (Compiled.Rank r : t.ranks) {
      if (r.variable.length > 1 || r.padded) {
        return new Unknown();
      }
    }
    int level = 0;
    while (level < t.depth.length && t.depth[level] <= outermost) {
      level++;
    }
    boolean compute = level == t.depth.length;
    boolean delivered = compute; // computes hold nothing
    for (int l = time + 1; l < view.depth(); l++) {
      if (c.loopCount[l] > 1 && t.usesVariable(c.loopVariable[l])) {
        if (!c.perfect[c.loopVariable[l]]) {
          return new Unknown();
        }
        delivered |= c.temporal(l) && l < t.depth[level - 1];
      }
    }
    return new Except(level, time, delivered);
  }

  private static boolean separates(Compiled c, View view, int loop) {
    byte role = view.role()[loop];
    return loop < view.depth() && c.loopCount[loop] > 1 && (role == View.FIXED || role == View.SUM);
  }

  /** Indices of the temporal loops in the last step of the instance with all spatial indices 0. */
  private static long[] lastRound(Compiled c, View view, int u) {
    int[] loops = c.loopsOf[u];
    long[] path = new long[loops.length];
    long length = c.extent[u];
    for (int i = 0; i < loops.length && loops[i] < view.depth(); i++) {
      long tile = c.loopTile[loops[i]];
      path[i] = c.temporal(loops[i]) ? (length - 1) / tile : 0;
      length = Math.min(tile, length - path[i] * tile);
    }
    return path;
  }

  /** How many parts have an instance that is active then; counted up to 2. */
  private static long active(Compiled c, View view, int u, int i, long length, long[] path) {
    int[] loops = c.loopsOf[u];
    if (length <= 0) {
      return 0;
    }
    if (i == loops.length || loops[i] >= view.depth()) {
      return 1;
    }
    long tile = c.loopTile[loops[i]];
    if (!separates(c, view, loops[i])) {
      long rest = Math.min(tile, length - path[i] * tile);
      return active(c, view, u, i + 1, rest, path);
    }
    long sum = 0;
    for (long index = 0; index < c.loopCount[loops[i]] && sum < 2; index++) {
      sum += active(c, view, u, i + 1, Math.min(tile, length - index * tile), path);
    }
    return sum;
  }
}
