package org.einloom.model;

/**
 * One way of looking at the steps of a tensor's node: at which node, and what is done with the
 * instances that each spatial loop above it makes.
 *
 * @param id unique in one analysis
 * @param depth loops above the node
 * @param role per loop: {@link #TIME} for temporal loops, one of the others for spatial ones
 * @param selection loops above the node within whose fixed spatial indices the words must lie;
 *     equal to {@code depth} where all the node's words count
 * @param ancestors depths of the storage nodes above, for results; none for operands
 */
@SuppressWarnings("ArrayRecordComponent") // internal; never compared
record View(int id, int depth, byte[] role, int selection, int[] ancestors) {
  /** A temporal loop: steps. */
  static final byte TIME = 0;

  /** The index is given. */
  static final byte FIXED = 1;

  /** Instances are counted each on its own. */
  static final byte SUM = 2;

  /** Instances with equal sets share one; outside all {@link #UNION} loops. */
  static final byte TILES = 3;

  /** Words of all instances are united. */
  static final byte UNION = 4;
}
