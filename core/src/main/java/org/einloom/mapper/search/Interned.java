package org.einloom.mapper.search;

import java.util.Arrays;

/**
 * Numbers for sequences of values: each is a pair of the number of what goes before and a value.
 */
final class Interned {
  private long[] keys = new long[64];
  private int[] numbers = new int[64];
  private int size;

  /** How many there are; the empty sequence, 0, is one. */
  int count() {
    return size + 1;
  }

  /**
   * The number of a sequence with one more value.
   *
   * @param before the number of the sequence
   * @param value not negative
   */
  int number(int before, int value) {
    long key = (long) before << 32 | value;
    int slot = slot(key);
    if (numbers[slot] == 0) {
      if (++size * 2 > keys.length) {
        grow();
        slot = slot(key);
      }
      keys[slot] = key;
      numbers[slot] = size;
    }
    return numbers[slot];
  }

  private int slot(long key) {
    long h = key * 0x9E3779B97F4A7C15L;
    h = (h ^ h >>> 32) * 0xBF58476D1CE4E5B9L;
    int mask = keys.length - 1;
    int i = (int) (h >>> 32) & mask;
    while (numbers[i] != 0 && keys[i] != key) {
      i = (i + 1) & mask;
    }
    return i;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldNumbers = numbers;
    keys = new long[oldKeys.length * 2];
    numbers = new int[keys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldNumbers[i] != 0) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        numbers[slot] = oldNumbers[i];
      }
    }
  }

  /** An array with room for all numbers. */
  <T> T[] room(T[] of) {
    return count() > of.length ? Arrays.copyOf(of, Math.max(count(), of.length * 2)) : of;
  }
}
