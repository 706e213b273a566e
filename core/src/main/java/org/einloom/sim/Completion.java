package org.einloom.sim;

import org.einloom.sim.Slots.Partial;

/** Knows when a value of the result is the sum over all points that touch its word. */
final class Completion {
  private final long[] terms;

  /**
   * @param terms by word: how many points of the iteration space touch it
   */
  Completion(long[] terms) {
    this.terms = terms.clone();
  }

  boolean isComplete(Partial partial) {
    return partial.terms() == terms[partial.word()];
  }

  /** The value, if it is complete. */
  Partial requireComplete(Partial partial) {
    if (!isComplete(partial)) {
      throw new IllegalStateException(
          "word %d of the result is the sum of %d of %d products"
              .formatted(partial.word(), partial.terms(), terms[partial.word()]));
    }
    return partial;
  }

  /** Returns if no point touches the word. */
  void requireUntouched(int word) {
    if (terms[word] != 0) {
      throw new IllegalStateException("word " + word + " of the result has no value in the end");
    }
  }
}
