package org.einloom.mapper.search;

/**
 * What a structure costs at least beyond what is sure, found where no more was of interest than
 * some room: more than that may be said to cost more than it does.
 */
record Excess(double pj, double roomPj) {
  static final Excess NONE = new Excess(0, Double.POSITIVE_INFINITY);

  /** The same where another structure is asked about, with room of its own. */
  double within(double otherRoomPj) {
    return otherRoomPj <= roomPj ? pj : Math.min(pj, roomPj);
  }

  static Excess higher(Excess a, Excess b) {
    return b.pj >= a.within(b.roomPj) ? b : a;
  }
}
