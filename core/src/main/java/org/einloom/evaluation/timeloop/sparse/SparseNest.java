package org.einloom.evaluation.timeloop.sparse;

import java.util.List;

/**
 * The loops of a mapping with those of one iteration: which loop is the innermost of a level
 * matters to what is skipped, even where it does not turn.
 *
 * @param levels of storage, innermost first
 */
public record SparseNest(List<Level> levels) {
  public SparseNest {
    levels = List.copyOf(levels);
  }

  /**
   * A level of storage.
   *
   * @param memory its name
   * @param loops innermost first; those in space, which are inside, first, and none of them where
   *     there is one child
   */
  public record Level(String memory, List<Loop> loops) {
    public Level {
      loops = List.copyOf(loops);
    }
  }

  /**
   * A loop.
   *
   * @param count iterations, at least 1
   * @param space whether they are side by side
   */
  public record Loop(String dimension, long count, boolean space) {
    boolean isTrivial() {
      return count <= 1;
    }

    Loop times(long factor) {
      return new Loop(dimension, Math.multiplyExact(count, factor), space);
    }
  }
}
