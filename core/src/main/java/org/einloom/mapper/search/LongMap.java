package org.einloom.mapper.search;

import org.jspecify.annotations.Nullable;

/** A map from longs, without boxes, that mixes keys well: theirs differ in a few bits only. */
final class LongMap<V> {
  private long[] keys = new long[64];
  private @Nullable Object[] values = new @Nullable Object[64];
  private int size;

  @SuppressWarnings("unchecked")
  @Nullable V get(long key) {
    return (V) values[slot(key)];
  }

  void put(long key, V value) {
    int slot = slot(key);
    if (values[slot] == null && ++size * 2 > keys.length) {
      grow();
      slot = slot(key);
    }
    keys[slot] = key;
    values[slot] = value;
  }

  private int slot(long key) {
    long h = key * 0x9E3779B97F4A7C15L;
    h = (h ^ h >>> 32) * 0xBF58476D1CE4E5B9L;
    int mask = keys.length - 1;
    int i = (int) (h >>> 32) & mask;
    while (values[i] != null && keys[i] != key) {
      i = (i + 1) & mask;
    }
    return i;
  }

  private void grow() {
    long[] oldKeys = keys;
    @Nullable Object[] oldValues = values;
    keys = new long[oldKeys.length * 2];
    values = new @Nullable Object[oldKeys.length * 2];
    for (int i = 0; i < oldKeys.length; i++) {
      Object value = oldValues[i];
      if (value != null) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        values[slot] = value;
      }
    }
  }
}
