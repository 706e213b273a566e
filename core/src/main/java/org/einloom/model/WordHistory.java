package org.einloom.model;

import java.util.Arrays;

/**
 * What happens to one word of a result from its first step to its last; section 3 of the contract.
 * A value is complete when all points that touch the word have been computed and no other part of
 * its sum is left in any slot or on its way.
 */
final class WordHistory {
  private static final long[] NONE = {};

  private final Chain chain;
  private final StepClock clock;
  private final Book book;
  private final Visits[] visits;
  private final SlotLevel[] slots;
  private final long[] share;
  private final long[] stepLength;

  /** Points still to be computed. */
  private long remaining;

  /** Parts of the sum that exist, in slots or on their way. */
  private long parts;

  /**
   * @param points the compute steps and instances that touch the word, as time times {@code
   *     clock.instances} plus instance; sorted here
   */
  WordHistory(Chain chain, StepClock clock, Book book, long[] points) {
    this.chain = chain;
    this.clock = clock;
    this.book = book;
    remaining = points.length;
    visits = new Visits[chain.levels + 1];
    slots = new SlotLevel[chain.levels];
    share = new long[chain.levels + 1];
    stepLength = new long[chain.levels + 1];
    for (int level = 0; level <= chain.levels; level++) {
      long computes = chain.computesOf(chain.node(level));
      stepLength[level] = clock.stepLength(chain.depth(level));
      long[] key = points;
      if (level < chain.levels) {
        key = points.clone();
        for (int i = 0; i < key.length; i++) {
          long time = key[i] / clock.instances;
          long instance = key[i] % clock.instances / computes;
          key[i] = (time - time % stepLength[level]) * (clock.instances / computes) + instance;
        }
      }
      visits[level] = new Visits(key, clock.instances / computes);
      if (level < chain.levels) {
        slots[level] = new SlotLevel(visits[level].everywhere());
      }
      if (level > 0) {
        share[level] = chain.computesOf(chain.node(level - 1)) / computes;
      }
    }
  }

  void run() {
    slots[0].enter(0, false);
    slots[0].keepUntil(0, StepClock.END);
    boolean more = true;
    while (more) {
      long time = StepClock.END;
      for (int level = 1; level <= chain.levels; level++) {
        time = Math.min(time, visits[level].time());
        time = level < chain.levels ? Math.min(time, slots[level].earliest()) : time;
      }
      more = time < StepClock.END;
      step(time);
    }
  }

  private void step(long time) {
    long[][] visited = new long[chain.levels + 1][];
    for (int level = 1; level <= chain.levels; level++) {
      visited[level] = time < StepClock.END ? visits[level].at(time) : NONE;
      visits[level].pass(visited[level].length);
      if (level < chain.levels) {
        stay(level, time, visited[level]);
      }
    }
    leave(time);
    for (int level = 1; level < chain.levels; level++) {
      enter(level, time, visited[level]);
    }
    compute(visited[chain.levels]);
  }

  /** Who holds the word and has it in the new tile keeps it. */
  private void stay(int level, long time, long[] instances) {
    for (long instance : instances) {
      int slot = slots[level].slot(instance);
      if (slots[level].holds(slot)) {
        slots[level].keepUntil(slot, next(level, time, instance));
      }
    }
  }

  private long next(int level, long time, long instance) {
    long computes = instance * chain.computesOf(chain.node(level));
    return clock.next(chain.depth(level), stepLength[level], time, computes);
  }

  private void leave(long time) {
    int innermost = 0;
    for (int level = 1; level < chain.levels; level++) {
      innermost = slots[level].mark(time, slots[level - 1], share[level]) > 0 ? level : innermost;
    }
    for (int level = innermost; level > 0; level--) {
      long[] instances = slots[level].leave();
      for (long instance : instances) {
        book.drain(chain.node(level), instance, complete());
      }
      deliver(level, instances);
    }
  }

  private boolean complete() {
    return remaining == 0 && parts == 1;
  }

  private void enter(int level, long time, long[] instances) {
    for (long instance : instances) {
      int slot = slots[level].slot(instance);
      if (!slots[level].holds(slot)) {
        boolean value = start(level, instance);
        if (value) {
          book.fills(chain.node(level), instance, 1);
        }
        slots[level].enter(slot, value);
        slots[level].keepUntil(slot, next(level, time, instance));
      }
    }
  }

  /** Moves the parent's value down; says whether there was one. */
  private boolean start(int level, long instance) {
    long parent = instance / share[level];
    boolean value = slots[level - 1].take(slots[level - 1].slot(parent));
    if (value) {
      book.reads(chain.node(level - 1), parent, 1);
      for (int f : chain.above(level)) {
        book.reads(f, chain.outer(instance, chain.node(level), f), 1);
      }
    }
    return value;
  }

  private void compute(long[] instances) {
    for (long instance : instances) {
      parts += start(chain.levels, instance) ? 0 : 1;
    }
    remaining -= instances.length;
    deliver(chain.levels, instances);
  }

  /** Takes parts up to the parents, adding them up on the way where the networks do. */
  private void deliver(int level, long[] instances) {
    long[] rising = instances.clone();
    int n = rising.length;
    int at = chain.node(level);
    for (int f : chain.above(level)) {
      int kept = 0;
      for (int i = 0; i < n; i++) {
        long instance = chain.outer(rising[i], at, f);
        book.update(f, instance, complete());
        if (!chain.reduces(f) || kept == 0 || rising[kept - 1] != instance) {
          rising[kept++] = instance;
        }
      }
      parts -= n - kept;
      n = kept;
      at = f;
    }
    for (long below : Arrays.copyOf(rising, n)) {
      long parent = chain.outer(below, at, chain.node(level - 1));
      book.update(chain.node(level - 1), parent, complete());
      if (slots[level - 1].store(slots[level - 1].slot(parent))) {
        book.reads(chain.node(level - 1), parent, 1);
        parts--;
      }
    }
  }
}
