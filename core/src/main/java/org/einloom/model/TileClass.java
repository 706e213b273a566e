package org.einloom.model;

/**
 * Steps at which one rank variable moves in the same way, up to a shift.
 *
 * @param count how many steps and counted instances
 * @param bases the value at which the first item's new tile starts, for each of them; empty unless
 *     asked for
 * @param items the instances that take part, relative to the base
 */
@SuppressWarnings("ArrayRecordComponent") // internal; never compared
record TileClass(long count, long[] bases, Item[] items) {
  /**
   * One active instance.
   *
   * @param group which of the instances that compare their sets it belongs to
   * @param start of the new tile
   * @param length of the new tile, at least 1
   * @param oldStart of the tile in the step in which it was active before
   * @param oldLength of that tile
   * @param lost whether its parent's tile left in between, so that nothing is held any more
   * @param passed whether its parent moves on inside the advancing loop, and so takes along what an
   *     instance that falls idle there holds
   */
  record Item(
      long group,
      long start,
      long length,
      long oldStart,
      long oldLength,
      boolean lost,
      boolean passed) {}
}
