package org.einloom.mapping;

import org.einloom.workload.InvalidSpecException;

/** A node of a LoopTree; nodes are listed outermost first. */
public sealed interface MappingNode {

  /**
   * Keeps tiles of a tensor in a memory: at every step, what the loops below touch.
   *
   * @param memory the name of the memory
   * @param tensor the name of the tensor access
   */
  record Storage(String memory, String tensor) implements MappingNode {}

  /** A loop over tiles of a rank variable. */
  sealed interface Loop extends MappingNode {
    /** The rank variable it iterates. */
    String variable();

    /**
     * How many consecutive values of the variable one iteration covers: the size of the tile below.
     * Need not divide the size above; the last tile is then smaller.
     */
    long tile();
  }

  /** One iteration after the other. */
  record Temporal(String variable, long tile) implements Loop {
    public Temporal {
      checkTile(variable, tile);
    }
  }

  /**
   * All iterations at once, one per child of a fanout.
   *
   * @param fanout the name of the fanout
   * @param dimension along which of its dimensions; several loops may share one, outer ones vary
   *     slower
   */
  record Spatial(String fanout, String dimension, String variable, long tile) implements Loop {
    public Spatial {
      checkTile(variable, tile);
    }
  }

  private static void checkTile(String variable, long tile) {
    if (tile < 1) {
      throw new InvalidSpecException(
          "a loop over '" + variable + "' has tile " + tile + "; a tile is at least 1");
    }
  }
}
