package org.einloom.model;

import java.util.Arrays;

/** The steps and instances of one level in whose tile a word is, by time, then by instance. */
final class Visits {
  private final long[] key;
  private final long instances;
  private int at;

  /**
   * @param key time times {@code instances} plus instance; made ascending here, each kept once
   * @param instances of the level
   */
  Visits(long[] key, long instances) {
    Arrays.sort(key);
    int n = 0;
    for (int i = 0; i < key.length; i++) {
      if (i == 0 || key[i] != key[i - 1]) {
        key[n++] = key[i];
      }
    }
    this.key = Arrays.copyOf(key, n);
    this.instances = instances;
  }

  /** The time of the visits at hand, {@link StepClock#END} after the last. */
  long time() {
    return at < key.length ? key[at] / instances : StepClock.END;
  }

  /** The instances visited at this time, ascending; none if the next visit is later. */
  long[] at(long time) {
    int to = at;
    while (to < key.length && key[to] / instances == time) {
      to++;
    }
    long[] visited = Arrays.copyOfRange(key, at, to);
    for (int i = 0; i < visited.length; i++) {
      visited[i] %= instances;
    }
    return visited;
  }

  void pass(int visits) {
    at += visits;
  }

  /** All instances ever visited, ascending. */
  long[] everywhere() {
    return Arrays.stream(key).map(k -> k % instances).sorted().distinct().toArray();
  }
}
