package org.einloom.model;

import org.jspecify.annotations.Nullable;

/**
 * Which spatial loops make a difference to what neighbours can hand on of an operand. Its ranks
 * share no variables. A rank of a single variable tells all of that variable's indices apart:
 * instances that differ in one of them never hold a word in common, now or before. Instances that
 * differ in a variable of no rank, of which all tiles divide, are active in the same steps and hold
 * the same, so that none lacks what the other has. What is left are variables of ranks that mix
 * several, and variables of no rank whose tiles do not divide, which leave instances idle.
 *
 * <p>Where several loops along one dimension are in use, the next position may differ in any of
 * them; so a loop that makes a difference does so whatever else is along its dimension.
 */
final class LinkedLoops {
  private LinkedLoops() {}

  /** What stands in the way of counting by ranks; null where neighbours hand on nothing. */
  static @Nullable Obstacle obstacle(Compiled c, Compiled.Tensor t) {
    for (int level = 1; level < t.memory.length; level++) {
      for (int l = 0; l < t.depth[level]; l++) {
        if (!c.temporal(l)
            && c.loopCount[l] > 1
            && c.loopFanout[l] > t.memory[level - 1]
            && c.links(t, c.loopFanout[l])
            && matters(c, t, c.loopVariable[l])) {
          return Obstacle.links(c, t, l);
        }
      }
    }
    return null;
  }

  private static boolean matters(Compiled c, Compiled.Tensor t, int v) {
    for (Compiled.Rank r : t.ranks) {
      for (int u : r.variable) {
        if (u == v) {
          return r.variable.length > 1;
        }
      }
    }
    return !c.perfect[v];
  }
}
