package org.einloom.evaluation.timeloop;

import org.jspecify.annotations.Nullable;

/**
 * What a child asks for in a step.
 *
 * @param where the box of it; of a remainder that is no box, that of the whole tile
 * @param words how many
 * @param less what of the box is not asked for; null for nothing
 */
record Delta(Box where, long words, @Nullable Box less) {
  static final Delta NOTHING = new Delta(Box.EMPTY, 0, null);

  static Delta all(Box box) {
    return new Delta(box, box.size(), null);
  }

  /** A tile but for what it shares with another. */
  static Delta but(Box box, Box less) {
    return new Delta(box, box.size() - box.shared(less), less);
  }

  Delta moved(long[] by) {
    return words == 0
        ? this
        : new Delta(where.moved(by), words, less == null ? null : less.moved(by));
  }
}
