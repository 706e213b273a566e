package org.einloom.model;

/**
 * Whether sums over a tensor's steps factor by rank, and what its completed words need. The arguments
 * are in {@code docs/architecture.md}; the property test holds them against the simulator.
 */
final class ClosedForm {
  private ClosedForm() {}

  static boolean exists(Compiled c, Compiled.Tensor t) {
    if (!t.access.ranksAreDisjoint()) {
      return false;
    }
    return !t.result || resultSplitsCleanly(c, t) && completionIsPlain(c, t);
  }

  /**
   * Instances of a result's node hold the same words or none in common, unless a rank mixes
   * variables or is padded and one of these is spread over instances. Then which of them holds a
   * word's value depends on their history. Where such a rank exists, idle instances are excluded
   * as well.
   */
  private static boolean resultSplitsCleanly(Compiled c, Compiled.Tensor t) {
    boolean plain = true;
    for (Compiled.Rank r : t.ranks) {
      if (r.variable.length > 1 || r.padded) {
        plain = false;
        for (int v : r.variable) {
          if (spread(c, v)) {
            return false;
          }
        }
      }
    }
    if (!plain) {
      for (int u : t.irrelevant) {
        if (spread(c, u) && !c.perfect[u]) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean spread(Compiled c, int variable) {
    for (int l : c.loopsOf[variable]) {
      if (!c.temporal(l) && c.loopCount[l] > 1) {
        return true;
      }
    }
    return false;
  }

  /**
   * Spatial loops over reduced variables leave instances with parts of a sum. Unless the network
   * adds them up, none is complete as long as two take part in the last round; when imperfect tiles
   * leave just one there, it depends on which words the others still hold.
   */
  private static boolean completionIsPlain(Compiled c, Compiled.Tensor t) {
    int n = c.architecture.nodes().size();
    for (int x = 0; x < n; x++) {
      int level = levelAt(t, x);
      if (level < 0) {
        continue;
      }
      boolean memory = t.memory[level] == x;
      if (!memory && !(c.architecture.nodes().get(x) instanceof org.einloom.arch.Fanout)) {
        continue;
      }
      Views views = new Views(c, x);
      if (memory && level > 0 && parts(c, t, views.own(t, level, t.depth[level])) == 1) {
        return false;
      }
      if (parts(c, t, views.merged(t, level + 1)) == 1) {
        return false;
      }
    }
    return true;
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

  /**
   * In how many separate parts the last round of a sum arrives: 0 when no spatial loop over a reduced
   * variable separates parts at all.
   */
  static long parts(Compiled c, Compiled.Tensor t, View view) {
    boolean any = false;
    long parts = 1;
    for (int u : t.irrelevant) {
      boolean separates = false;
      for (int l : c.loopsOf[u]) {
        separates |= separates(c, view, l);
      }
      if (separates) {
        any = true;
        parts = Math.min(2, parts * active(c, view, u, 0, c.extent[u], lastRound(c, view, u)));
      }
    }
    return any ? parts : 0;
  }

  private static boolean separates(Compiled c, View view, int loop) {
    byte role = view.role()[loop];
    return loop < view.depth()
        && c.loopCount[loop] > 1
        && (role == View.FIXED || role == View.SUM);
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

  private static long active(
      Compiled c, View view, int u, int i, long length, long[] path) {
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
