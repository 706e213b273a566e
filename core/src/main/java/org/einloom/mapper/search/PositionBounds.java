package org.einloom.mapper.search;

import java.util.HashMap;
import java.util.Map;

/** What {@link FirstBound} says of structures, found once for all that are alike in it. */
final class PositionBounds {
  private final FirstBound first = new FirstBound();
  private final Map<Alike, Excess> known = new HashMap<>();

  private long found;

  /** How many were worked out. */
  long found() {
    return found;
  }

  /** What is known already. */
  Excess known(Structure s) {
    return known.getOrDefault(Alike.byPositions(s), Excess.NONE);
  }

  /**
   * What a structure costs at least beyond what is sure, in pJ.
   *
   * @param roomPj the most that is of interest
   */
  Excess of(Structure s, double roomPj) {
    Alike alike = Alike.byPositions(s);
    Excess found = known.getOrDefault(alike, Excess.NONE);
    if (found.within(roomPj) <= 0) {
      this.found++;
      found = new Excess(first.excessPj(s, Lattice.of(s, true, true), roomPj), roomPj);
      known.put(alike, found);
    }
    return found;
  }
}
