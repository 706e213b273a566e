package org.einloom.model;

import java.util.Arrays;

/**
 * One level of storage while the history of one word is walked through: which instances hold the
 * word, which of their slots have a value, and when each would drop it if it was not touched again.
 */
final class SlotLevel {
  private final long[] instance;
  private final boolean[] held;
  private final boolean[] full;
  private final boolean[] leaving;
  private final long[] due;

  /** Instances that hold the word, in no order. */
  private final int[] holders;

  private int holding;
  private long earliest = StepClock.END;
  private int left;

  /**
   * @param instances the instances that ever hold the word, ascending
   */
  SlotLevel(long[] instances) {
    instance = instances;
    held = new boolean[instances.length];
    full = new boolean[instances.length];
    leaving = new boolean[instances.length];
    due = new long[instances.length];
    holders = new int[instances.length];
  }

  int slot(long wanted) {
    int slot = Arrays.binarySearch(instance, wanted);
    if (slot < 0) {
      throw new IllegalStateException("a word passes an instance that never holds it");
    }
    return slot;
  }

  boolean holds(int slot) {
    return held[slot];
  }

  void enter(int slot, boolean value) {
    held[slot] = true;
    full[slot] = value;
    holders[holding++] = slot;
  }

  void keepUntil(int slot, long time) {
    due[slot] = time;
    earliest = Math.min(earliest, time);
  }

  /** Not after the next drop. */
  long earliest() {
    return earliest;
  }

  boolean isEmpty() {
    return holding == 0;
  }

  /** Fills the slot; says whether it had a value. */
  boolean store(int slot) {
    if (!held[slot]) {
      throw new IllegalStateException("a word arrives where it is not held");
    }
    boolean before = full[slot];
    full[slot] = true;
    return before;
  }

  /** Empties the slot; says whether it had a value. */
  boolean take(int slot) {
    if (!held[slot]) {
      throw new IllegalStateException("a word enters that the parent does not hold");
    }
    boolean before = full[slot];
    full[slot] = false;
    return before;
  }

  /**
   * Marks what leaves at a time: what is due, and what the instance above drops.
   *
   * @param share how many instances share one of those above
   * @return how many leave
   */
  int mark(long time, SlotLevel above, long share) {
    left = 0;
    if (earliest > time && above.left == 0) {
      return 0;
    }
    earliest = StepClock.END;
    for (int i = 0; i < holding; i++) {
      int slot = holders[i];
      leaving[slot] =
          due[slot] <= time
              || (above.left > 0 && above.leaving[above.slot(instance[slot] / share)]);
      if (leaving[slot]) {
        left++;
      } else {
        earliest = Math.min(earliest, due[slot]);
      }
    }
    return left;
  }

  /** Drops what is marked; the instances, ascending, each with a value. */
  long[] leave() {
    long[] gone = new long[left];
    int n = 0;
    int stay = 0;
    for (int i = 0; i < holding; i++) {
      int slot = holders[i];
      if (leaving[slot]) {
        if (!full[slot]) {
          throw new IllegalStateException("a word leaves without a value");
        }
        gone[n++] = instance[slot];
        held[slot] = false;
        leaving[slot] = false;
      } else {
        holders[stay++] = slot;
      }
    }
    holding = stay;
    left = 0;
    Arrays.sort(gone);
    return gone;
  }
}
