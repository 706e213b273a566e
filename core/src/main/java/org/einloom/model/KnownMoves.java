package org.einloom.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was found of how the tiles of variables move, so that analyses of mappings that share loops
 * find it once. For one thread.
 */
public final class KnownMoves {
  private static final int MOST = 100_000;

  private final Map<LongKey, List<TileClass>> classes = new HashMap<>();
  private long asked;

  /** All that decides how tiles move. */
  private static LongKey key(Variable v, int split, boolean own, boolean bases) {
    int n = v.loops;
    long[] parts = new long[4 * n + v.ancestors.length + 4];
    parts[0] = v.extent;
    parts[1] = n;
    parts[2] = split;
    parts[3] = (own ? 1 : 0) | (bases ? 2 : 0);
    for (int i = 0; i < n; i++) {
      parts[4 + i] = v.tile[i];
      parts[4 + n + i] = v.count[i];
      parts[4 + 2 * n + i] = v.role[i];
      parts[4 + 3 * n + i] = v.role[i] == View.FIXED ? v.fixed[i] : 0;
    }
    for (int a = 0; a < v.ancestors.length; a++) {
      parts[4 + 4 * n + a] = v.ancestors[a];
    }
    return new LongKey(parts);
  }

  /** How often it was asked for: a measure of work that is the same in every run. */
  public long asked() {
    return asked;
  }

  List<TileClass> classes(Variable v, int split, boolean own, boolean bases) {
    asked++;
    LongKey key = key(v, split, own, bases);
    List<TileClass> known = classes.get(key);
    if (known == null) {
      known = new IrregularMoves(v, split, own, bases).classes();
      if (classes.size() == MOST) {
        classes.clear();
      }
      classes.put(key, known);
    }
    return known;
  }
}
