package org.einloom.mapper.search;

import java.util.Arrays;

/**
 * Partial mappings from the computes outwards, as numbers in arrays, and what is known of equal
 * positions. Reused from one structure to the next.
 */
final class Labels {
  static final int NO_STEP = -1;

  /** Of a label, besides its costs. */
  private static final int OTHER_BYTES = 120;

  /** So much memory labels may take, more or less. */
  long mostBytes = Runtime.getRuntime().maxMemory() / 5;

  /** After so many labels it is looked whether to stop; a power of two. */
  int watchEvery = 1024;

  /** Whether the newest label comes first, whatever it costs. */
  boolean newestFirst;

  /** Whether those at the same position are compared. */
  boolean comparing = true;

  int size;
  int stride;
  double[] value = new double[1024];
  double[] tie = new double[1024];
  double[] energy = new double[1024];
  double[] cycles = new double[1024];
  double[] cost = new double[4096];
  int[] position = new int[1024];
  long[] status = new long[1024];
  int[] parent = new int[1024];
  int[] step = new int[1024];

  /** What is done at the parent before the step. */
  long[] before = new long[1024];

  int[] next = new int[1024];
  int[] config = new int[1024];

  /** The state of {@link LoopRules}; 0 where there are none. */
  int[] rules = new int[1024];

  boolean[] dead = new boolean[1024];

  private int[] heap = new int[1024];
  private int heapSize;

  private long[] keyPosition = new long[2048];
  private long[] keyStatus = new long[2048];
  private int[] keyRules = new int[2048];
  private int[] head = new int[2048];
  private int[] usedSlots = new int[1024];
  private int keys;

  void clear(int newStride) {
    size = 0;
    stride = newStride;
    heapSize = 0;
    for (int i = 0; i < keys; i++) {
      head[usedSlots[i]] = 0;
    }
    keys = 0;
  }

  /** Whether there should be no more: arrays grow by copies of twice their length. */
  boolean isFull() {
    return (long) size * (stride * Double.BYTES + OTHER_BYTES) > mostBytes;
  }

  /** Room for one more label, whose number is {@link #size}. */
  void reserve() {
    if (size == value.length) {
      int n = size * 2;
      value = Arrays.copyOf(value, n);
      tie = Arrays.copyOf(tie, n);
      energy = Arrays.copyOf(energy, n);
      cycles = Arrays.copyOf(cycles, n);
      position = Arrays.copyOf(position, n);
      status = Arrays.copyOf(status, n);
      parent = Arrays.copyOf(parent, n);
      step = Arrays.copyOf(step, n);
      before = Arrays.copyOf(before, n);
      next = Arrays.copyOf(next, n);
      config = Arrays.copyOf(config, n);
      rules = Arrays.copyOf(rules, n);
      dead = Arrays.copyOf(dead, n);
    }
    if ((size + 1) * stride > cost.length) {
      cost = Arrays.copyOf(cost, cost.length * 2);
    }
  }

  /**
   * Keeps the reserved label unless one at the same position costs no more in any way; forgets
   * those that it betters so.
   */
  boolean keep() {
    int label = size;
    if (!comparing) {
      dead[label] = false;
      size++;
      return true;
    }
    if (keys * 2 >= head.length) {
      grow();
    }
    long where = (long) config[label] << 32 | position[label];
    int slot = slot(where, status[label], rules[label]);
    if (head[slot] == 0) {
      keyPosition[slot] = where;
      keyStatus[slot] = status[label];
      keyRules[slot] = rules[label];
      usedSlots[keys++] = slot;
    }
    int previous = -1;
    int at = label * stride;
    for (int other = head[slot] - 1; other >= 0; ) {
      int following = next[other];
      int with = other * stride;
      boolean otherWins = true;
      boolean labelWins = true;
      for (int i = 0; i < stride; i++) {
        double a = cost[at + i];
        double b = cost[with + i];
        otherWins &= b <= a;
        labelWins &= a <= b;
      }
      if (otherWins) {
        return false;
      }
      if (labelWins) {
        dead[other] = true;
        if (previous < 0) {
          head[slot] = following + 1;
        } else {
          next[previous] = following;
        }
      } else {
        previous = other;
      }
      other = following;
    }
    next[label] = head[slot] - 1;
    head[slot] = label + 1;
    dead[label] = false;
    size++;
    return true;
  }

  private int slot(long p, long s, int r) {
    long h = (p * 0x9E3779B97F4A7C15L) ^ (s * 0xC2B2AE3D27D4EB4FL) ^ (r * 0x165667B19E3779F9L);
    h ^= h >>> 29;
    h *= 0xBF58476D1CE4E5B9L;
    int mask = head.length - 1;
    int i = (int) (h >>> 32) & mask;
    while (head[i] != 0 && (keyPosition[i] != p || keyStatus[i] != s || keyRules[i] != r)) {
      i = (i + 1) & mask;
    }
    return i;
  }

  private void grow() {
    long[] oldPosition = keyPosition;
    long[] oldStatus = keyStatus;
    int[] oldRules = keyRules;
    int[] oldHead = head;
    keyPosition = new long[oldHead.length * 2];
    keyStatus = new long[oldHead.length * 2];
    keyRules = new int[oldHead.length * 2];
    head = new int[oldHead.length * 2];
    usedSlots = new int[oldHead.length];
    int n = 0;
    for (int i = 0; i < oldHead.length; i++) {
      if (oldHead[i] != 0) {
        int slot = slot(oldPosition[i], oldStatus[i], oldRules[i]);
        keyPosition[slot] = oldPosition[i];
        keyStatus[slot] = oldStatus[i];
        keyRules[slot] = oldRules[i];
        head[slot] = oldHead[i];
        usedSlots[n++] = slot;
      }
    }
  }

  /** Puts a label in line. */
  void push(int label) {
    if (heapSize == heap.length) {
      heap = Arrays.copyOf(heap, heap.length * 2);
    }
    int i = heapSize++;
    while (i > 0) {
      int up = (i - 1) >>> 1;
      if (!before(label, heap[up])) {
        break;
      }
      heap[i] = heap[up];
      i = up;
    }
    heap[i] = label;
  }

  /** The most promising label in line, or -1. */
  int pop() {
    while (heapSize > 0) {
      int top = heap[0];
      int last = heap[--heapSize];
      int i = 0;
      while (true) {
        int child = 2 * i + 1;
        if (child >= heapSize) {
          break;
        }
        if (child + 1 < heapSize && before(heap[child + 1], heap[child])) {
          child++;
        }
        if (!before(heap[child], last)) {
          break;
        }
        heap[i] = heap[child];
        i = child;
      }
      if (heapSize > 0) {
        heap[i] = last;
      }
      if (!dead[top]) {
        return top;
      }
    }
    return -1;
  }

  /** The smallest value in line; positive infinity when nobody is. */
  double bound() {
    return heapSize == 0 ? Double.POSITIVE_INFINITY : value[heap[0]];
  }

  private boolean before(int a, int b) {
    if (newestFirst) {
      return a > b;
    }
    if (value[a] != value[b]) {
      return value[a] < value[b];
    }
    if (tie[a] != tie[b]) {
      return tie[a] < tie[b];
    }
    return a > b; // deeper ones first: the sooner there is a mapping
  }
}
