package org.einloom.sim;

import java.util.BitSet;

/**
 * What one instance of a node holds of the result: words, and for each a slot that is empty or has
 * a value.
 */
final class Slots {
  private final BitSet held;
  private final BitSet full;
  private final long[] values;
  private final long[] terms;

  Slots(int words) {
    held = new BitSet(words);
    full = new BitSet(words);
    values = new long[words];
    terms = new long[words];
  }

  BitSet held() {
    return held;
  }

  /** Begins to hold a word, its slot empty. */
  void enter(int word) {
    require(!held.get(word), word, "enters twice");
    held.set(word);
  }

  boolean hasValue(int word) {
    return full.get(word);
  }

  /** Adds to the slot; returns whether there was a value to be read for it. */
  boolean add(int word, long value, long termsOfValue) {
    require(held.get(word), word, "is updated where it is not held");
    boolean read = full.get(word);
    values[word] = read ? values[word] + value : value;
    terms[word] = read ? terms[word] + termsOfValue : termsOfValue;
    full.set(word);
    return read;
  }

  /** Empties the slot, which must have a value, in favour of another node. */
  Partial take(int word) {
    require(full.get(word), word, "has no value to give");
    full.clear(word);
    return new Partial(word, values[word], terms[word]);
  }

  /** Takes the value and holds the word no longer. */
  Partial drop(int word) {
    require(held.get(word), word, "is dropped where it is not held");
    held.clear(word);
    return take(word);
  }

  private static void require(boolean condition, int word, String otherwise) {
    if (!condition) {
      throw new IllegalStateException("word " + word + " of the result " + otherwise);
    }
  }

  /**
   * A value under way.
   *
   * @param terms how many points of the iteration space it is the sum over
   */
  record Partial(int word, long value, long terms) {}
}
