package org.einloom.mapper.sparse;

/**
 * What must not be empty for something to happen: by leader, regions, each given by the loops that
 * are fixed. Regions that contain another of the same leader are implied and left out.
 */
final class Needs {
  /** All loops are fixed: the region is a word. */
  static final long POINT = -1L;

  /** By leader. */
  private final long[][] fixed;

  private final int[] size;

  Needs(int tensors) {
    fixed = new long[tensors][4];
    size = new int[tensors];
  }

  void clear() {
    java.util.Arrays.fill(size, 0);
  }

  void set(Needs o) {
    for (int l = 0; l < size.length; l++) {
      if (fixed[l].length < o.size[l]) {
        fixed[l] = new long[o.fixed[l].length];
      }
      System.arraycopy(o.fixed[l], 0, fixed[l], 0, o.size[l]);
      size[l] = o.size[l];
    }
  }

  void addAll(Needs o) {
    for (int l = 0; l < size.length; l++) {
      for (int i = 0; i < o.size[l]; i++) {
        require(l, o.fixed[l][i]);
      }
    }
  }

  /**
   * @param region the fixed loops, of those that move the leader
   */
  void require(int leader, long region) {
    long[] known = fixed[leader];
    int kept = 0;
    for (int i = 0; i < size[leader]; i++) {
      if ((region & ~known[i]) == 0) {
        return; // it contains a known one
      }
      if ((known[i] & ~region) != 0) {
        known[kept++] = known[i];
      }
    }
    if (kept == known.length) {
      fixed[leader] = known = java.util.Arrays.copyOf(known, 2 * kept);
    }
    known[kept] = region;
    size[leader] = kept + 1;
  }

  boolean isEmpty() {
    for (int n : size) {
      if (n > 0) {
        return false;
      }
    }
    return true;
  }

  int regions(int leader) {
    return size[leader];
  }

  long region(int leader, int i) {
    return fixed[leader][i];
  }
}
