package org.einloom.model;

import org.jspecify.annotations.Nullable;

/**
 * Whether sums over a tensor's steps factor by rank, and what its completed words need. The
 * arguments are in {@code docs/architecture.md}; the property test holds them against the
 * simulator.
 */
final class ClosedForm {
  private ClosedForm() {}

  static boolean exists(Compiled c, Compiled.Tensor t) {
    return obstacle(c, t) == null;
  }

  /** What stands in the way of a closed form; null if nothing does. */
  static @Nullable Obstacle obstacle(Compiled c, Compiled.Tensor t) {
    if (!t.access.ranksAreDisjoint()) {
      return Obstacle.sharedVariables(t.access);
    }
    if (!t.result) {
      return LinkedLoops.obstacle(c, t);
    }
    Obstacle spread = spread(c, t);
    if (spread == null && !completionIsPlain(c, t)) {
      return Obstacle.completion(t);
    }
    return spread;
  }

  /**
   * Instances of a result's node hold the same words or none in common, unless a rank mixes
   * variables or is padded and one of these is spread over instances. Then which of them holds a
   * word's value depends on their history. Where such a rank exists, idle instances are excluded as
   * well. Computes have no history; but which of them a starting value goes to tells instances of a
   * fanout or toll further in apart.
   */
  private static @Nullable Obstacle spread(Compiled c, Compiled.Tensor t) {
    int innermost = t.depth[t.depth.length - 1];
    boolean plain = true;
    for (Compiled.Rank r : t.ranks) {
      if (r.variable.length > 1 || r.padded) {
        plain = false;
        for (int v : r.variable) {
          for (int l : c.loopsOf[v]) {
            if (spread(c, l) && (l < innermost || !lastCrossed(c, t, c.loopFanout[l]))) {
              return Obstacle.spreadRank(c, t, l);
            }
          }
        }
      }
    }
    for (int u : t.irrelevant) {
      for (int l : c.loopsOf[u]) {
        if (!plain && spread(c, l) && l < innermost && !c.perfect[u]) {
          return Obstacle.idleHolders(c, t, l);
        }
      }
    }
    return null;
  }

  private static boolean spread(Compiled c, int loop) {
    return !c.temporal(loop) && c.loopCount[loop] > 1;
  }

  private static boolean lastCrossed(Compiled c, Compiled.Tensor t, int node) {
    for (int i = node + 1; i < c.architecture.nodes().size(); i++) {
      if (c.crosses(t, i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether it is known, at every component, which words are complete. */
  private static boolean completionIsPlain(Compiled c, Compiled.Tensor t) {
    int n = c.architecture.nodes().size();
    for (int x = 0; x < n; x++) {
      int level = levelAt(t, x);
      if (level < 0) {
        continue;
      }
      boolean memory = t.memory[level] == x;
      if (!memory && !c.crosses(t, x)) {
        continue;
      }
      Views views = new Views(c, x);
      if (memory && level > 0 && unknown(c, t, views.own(t, level, t.depth[level]))) {
        return false;
      }
      if (unknown(c, t, views.merged(t, level + 1))) {
        return false;
      }
    }
    return true;
  }

  private static boolean unknown(Compiled c, Compiled.Tensor t, View view) {
    return Completion.of(c, t, view) instanceof Completion.Unknown;
  }

  /** The storage level whose traffic passes an architecture node: the last at or above it. */
  static int levelAt(Compiled.Tensor t, int node) {
    int level = -1;
    for (int i = 0; i < t.memory.length; i++) {
      if (t.memory[i] <= node) {
        level = i;
      }
    }
    return level;
  }
}
