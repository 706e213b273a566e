package org.einloom.mapper;

import java.util.Map;

/**
 * Which tile sizes the mapspace has.
 *
 * @param imperfect whether a tile may be of any size up to the one it cuts; otherwise it has to
 *     divide it
 * @param byVariable exceptions: the same question for single rank variables
 */
public record Tiling(boolean imperfect, Map<String, Boolean> byVariable) {
  /** Every tile divides the tile it cuts. */
  public static final Tiling PERFECT = new Tiling(false, Map.of());

  /** Tiles of all sizes. */
  public static final Tiling IMPERFECT = new Tiling(true, Map.of());

  public Tiling {
    byVariable = Map.copyOf(byVariable);
  }

  /** Whether tiles of this variable may be of any size. */
  public boolean imperfect(String variable) {
    return byVariable.getOrDefault(variable, imperfect);
  }

  /** Whether a number from one to another one divides an extent, as tiles of that count do. */
  public static boolean hasDivisor(long extent, long least, long most) {
    for (long d = 1; d <= extent / d; d++) {
      long other = extent / d;
      if (extent % d == 0 && ((d >= least && d <= most) || (other >= least && other <= most))) {
        return true;
      }
    }
    return false;
  }
}
