package org.einloom.evaluation.timeloop;

/**
 * What a child asks for in a step.
 *
 * @param where the box of it; of a remainder that is no box, that of the whole tile
 * @param words how many
 */
record Delta(Box where, long words) {
  static final Delta NOTHING = new Delta(Box.EMPTY, 0);

  static Delta all(Box box) {
    return new Delta(box, box.size());
  }

  Delta moved(long[] by) {
    return words == 0 ? this : new Delta(where.moved(by), words);
  }
}
