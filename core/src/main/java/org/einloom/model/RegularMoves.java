package org.einloom.model;

import java.util.List;
import org.einloom.model.TileClass.Item;

/** How the tiles of a variable move when every one divides the tile it cuts: all alike. */
final class RegularMoves {
  private final long extent;
  private final int loops;
  private final long[] tile;
  private final long[] count;
  private final byte[] role;
  private final long[] fixed;
  private final int[] ancestors;
  private final int split;
  private final boolean own;
  private final boolean needBases;

  RegularMoves(Variable v, int split, boolean own, boolean needBases) {
    extent = v.extent;
    loops = v.loops;
    tile = v.tile;
    count = v.count;
    role = v.role;
    fixed = v.fixed;
    ancestors = v.ancestors;
    this.split = split;
    this.own = own;
    this.needBases = needBases;
  }

  /** The one class there is, or none. */
  List<TileClass> classes() {
    long steps = 1;
    long instances = 1;
    long move = 0;
    long shift = 0;
    boolean passed = false;
    int parent = ancestors.length == 0 ? 0 : ancestors[ancestors.length - 1];
    for (int i = 0; i < loops; i++) {
      switch (role[i]) {
        case View.TIME -> {
          if (i < split) {
            steps = Limits.multiply(steps, count[i]);
          } else if (i == split && own) {
            steps = Limits.multiply(steps, count[i] - 1);
            move -= tile[i];
          } else {
            move += (count[i] - 1) * tile[i];
            passed |= i < parent && count[i] > 1;
          }
        }
        case View.SUM -> steps = Limits.multiply(steps, count[i]);
        case View.FIXED -> shift += fixed[i] * tile[i];
        default -> {
          instances = Limits.multiply(instances, count[i]);
          Limits.check(instances);
        }
      }
    }
    if (steps == 0) {
      return List.of();
    }
    long length = loops == 0 ? extent : tile[loops - 1];
    Item[] items = new Item[(int) instances];
    for (int k = 0; k < items.length; k++) {
      long rest = k;
      long start = 0;
      long group = 0;
      long radix = 1;
      for (int i = loops - 1; i >= 0; i--) {
        if (role[i] == View.UNION || role[i] == View.TILES) {
          long index = rest % count[i];
          rest /= count[i];
          start += index * tile[i];
          if (role[i] == View.TILES) {
            group += index * radix;
            radix *= count[i];
          }
        }
      }
      items[k] = new Item(group, start, length, start + move, length, false, passed);
    }
    return List.of(new TileClass(steps, needBases ? bases(shift, steps) : Words.EMPTY, items));
  }

  private long[] bases(long shift, long steps) {
    Limits.check(steps);
    long[] out = new long[(int) steps];
    out[0] = shift;
    int n = 1;
    for (int i = 0; i < loops; i++) {
      boolean advancing = i == split && own;
      boolean stepping = role[i] == View.SUM || (role[i] == View.TIME && (i < split || advancing));
      if (!stepping) {
        continue;
      }
      int first = advancing ? 1 : 0;
      int filled = n;
      for (long index = count[i] - 1; index >= first; index--) {
        int to = (int) (index - first) * filled;
        for (int k = 0; k < filled; k++) {
          out[to + k] = out[k] + index * tile[i];
        }
      }
      n = filled * (int) (count[i] - first);
    }
    return out;
  }
}
