package org.einloom.mapper.timeloop;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Labels that the same loops may follow, and for which they cost the same. */
@SuppressWarnings("ArrayRecordComponent") // compares them itself
record LabelKey(int level, long used, long barred, long[] tiles, @Nullable LinkState[] states) {
  static LabelKey of(Label l) {
    return new LabelKey(l.level(), l.used(), l.barred(), l.tiles(), l.states());
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof LabelKey k
        && level == k.level
        && used == k.used
        && barred == k.barred
        && Arrays.equals(tiles, k.tiles)
        && Arrays.equals(states, k.states);
  }

  @Override
  public int hashCode() {
    int h = Arrays.hashCode(tiles) * 31 + Arrays.hashCode(states);
    return (h * 31 + Long.hashCode(used)) * 31 + Long.hashCode(barred) + level;
  }
}
