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
   * @param level storage level of the instances that hold parts; the chain's length for computes
   * @param loop the innermost temporal loop whose last rounds leave some of them idle
   * @param computes whether they are computes, which hold nothing
   */
  record Except(int level, int loop, boolean computes) implements Completion {}

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
    if (parts > 1) {
      return new None();
    }
    for (Compiled.Rank r : t.ranks) {
      for (int v : r.variable) {
        for (int l : c.loopsOf[v]) {
          if (r.variable.length > 1 && separates(c, view, l)) {
            return new Unknown(); // different indices make parts of one sum here, too
          }
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

  /**
   * One variable leaves parts, and one of them in its last round. The others fell idle for good
   * when the first index in which their last step differs from the last of all went on. What they
   * then held is larger the further in that loop is, so the innermost decides.
   */
  private static Completion one(Compiled c, Compiled.Tensor t, View view, int u) {
    for (Compiled.Rank r : t.ranks) {
      if (r.variable.length > 1 || r.padded) {
        return new Unknown();
      }
    }
    int[] loops = c.loopsOf[u];
    int n = 0;
    while (n < loops.length && loops[n] < view.depth()) {
      n++;
    }
    long[] end = lastRound(c, view, u);
    int loop = -1;
    int level = -1;
    List<long[]> others = new ArrayList<>();
    others.add(new long[n]);
    for (int i = 0; i < n; i++) {
      if (separates(c, view, loops[i])) {
        List<long[]> next = new ArrayList<>();
        Limits.check(Limits.multiply(others.size(), c.loopCount[loops[i]]));
        for (long[] o : others) {
          for (long k = 0; k < c.loopCount[loops[i]]; k++) {
            long[] with = o.clone();
            with[i] = k;
            next.add(with);
          }
        }
        others = next;
      }
    }
    for (long[] index : others) {
      long[] path = index.clone();
      int outermost = outermost(path);
      if (outermost < 0 || !descend(c, loops, path, 0, n, c.extent[u])) {
        continue; // the one that remains, or one that is never active
      }
      int at = 0;
      while (!c.temporal(loops[at]) || path[at] == end[at]) {
        at++;
      }
      loop = Math.max(loop, loops[at]);
      int of = 0;
      while (of < t.depth.length && t.depth[of] <= loops[outermost]) {
        of++;
      }
      if (level >= 0 && level != of) {
        return new Unknown();
      }
      level = of;
    }
    return new Except(level, loop, level == t.depth.length);
  }

  private static int outermost(long[] index) {
    for (int i = 0; i < index.length; i++) {
      if (index[i] > 0) {
        return i;
      }
    }
    return -1;
  }

  /** Fills in the last indices of the temporal loops at which these spatial ones are in range. */
  private static boolean descend(Compiled c, int[] loops, long[] path, int i, int n, long length) {
    if (i == n) {
      return true;
    }
    long tile = c.loopTile[loops[i]];
    if (!c.temporal(loops[i])) {
      long left = length - path[i] * tile;
      return left > 0 && descend(c, loops, path, i + 1, n, Math.min(tile, left));
    }
    for (long k = (length - 1) / tile; k >= 0; k--) {
      path[i] = k;
      if (descend(c, loops, path, i + 1, n, Math.min(tile, length - k * tile))) {
        return true;
      }
    }
    return false;
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
