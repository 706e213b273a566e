package org.einloom.mapper.sparse;

import java.util.Arrays;

/**
 * A mapping in the making, from the outermost memory inwards: loops and storage nodes so far. Once
 * every node is placed, the loops that are left stand below, and it is a mapping.
 */
final class State implements Comparable<State> {
  final Structure structure;

  /** Loops so far: variable, iterations, and the fanout's node or -1 if temporal. */
  final byte[] variable;

  final long[] count;
  final byte[] fanout;

  /** By variable, iterations of temporal loops that are not placed. */
  final long[] left;

  /** How many of the active fanouts have their loops. */
  final int crossed;

  /** By tensor and place: how many loops stand above; for those that are placed. */
  final int[][] above;

  /**
   * Loops from here up to {@link #looseTo} are known, but not in which order they stand; a very
   * large number if there are none.
   */
  final int looseFrom;

  final int looseTo;

  /** No mapping that begins so has a lower value, or costs less energy, or fewer cycles. */
  double bound;

  double energyPj;
  double cycles;

  State(
      Structure structure,
      byte[] variable,
      long[] count,
      byte[] fanout,
      long[] left,
      int crossed,
      int[][] above) {
    this(structure, variable, count, fanout, left, crossed, above, Integer.MAX_VALUE, 0);
  }

  State(
      Structure structure,
      byte[] variable,
      long[] count,
      byte[] fanout,
      long[] left,
      int crossed,
      int[][] above,
      int looseFrom,
      int looseTo) {
    this.looseFrom = looseFrom;
    this.looseTo = looseTo;
    this.structure = structure;
    this.variable = variable;
    this.count = count;
    this.fanout = fanout;
    this.left = left;
    this.crossed = crossed;
    this.above = above;
  }

  /** The outermost storage nodes alone. */
  static State root(Structure s) {
    int[][] above = new int[s.chain.length][];
    Arrays.setAll(above, _ -> new int[] {0});
    return new State(s, new byte[0], new long[0], new byte[0], s.temporal.clone(), 0, above);
  }

  boolean complete() {
    for (int t = 0; t < above.length; t++) {
      if (above[t].length < structure.chain[t].length) {
        return false;
      }
    }
    return true;
  }

  int placed(int tensor) {
    return above[tensor].length;
  }

  /** Loops above a place; for one that is not placed, all that there are. */
  int loopsAbove(int tensor, int place) {
    return place < above[tensor].length ? above[tensor][place] : variable.length;
  }

  /**
   * How often a place gets its tile again because of loops over other variables: iterations of
   * those that stand outside the last temporal loop that moves the tile. Loops whose order is open
   * are taken as if those that move it were the outer ones, so that it is as seldom as can be.
   *
   * @param moves whether a loop that moves it is still to come
   */
  double rounds(int tensor, int loops, boolean moves) {
    boolean[] relevant = structure.problem.relevant[tensor];
    double all = 1;
    double rounds = 1;
    for (int i = 0; i < loops; i++) {
      if (i == looseFrom) {
        for (int j = looseFrom; j < looseTo; j++) {
          rounds = relevant[variable[j]] ? all : rounds;
        }
      }
      if (fanout[i] < 0) {
        if (!relevant[variable[i]]) {
          all *= (double) count[i];
        } else if (i < looseFrom || i >= looseTo) {
          rounds = all;
        }
      }
    }
    return moves ? all : rounds;
  }

  /** The loops that are fixed while a place keeps its tile. */
  long visit(int tensor, int loops) {
    boolean[] relevant = structure.problem.relevant[tensor];
    long fixed = 0;
    long temporal = 0;
    for (int i = 0; i < loops; i++) {
      if (fanout[i] >= 0) {
        fixed |= 1L << i;
      } else {
        temporal |= 1L << i;
        if (relevant[variable[i]]) {
          fixed |= temporal;
        }
      }
    }
    return fixed;
  }

  /** By variable: how many values are left below so many loops. */
  long[] values(int loops) {
    long[] values = structure.problem.extent.clone();
    for (int i = 0; i < loops; i++) {
      values[variable[i]] /= count[i];
    }
    return values;
  }

  /** By variable: how many values are left below a place that is placed. */
  long[] valuesBelow(int tensor, int place) {
    return values(above[tensor][place]);
  }

  /**
   * Whether it is known what is fixed while a place keeps its tile: it is placed, and not below
   * loops whose order is open.
   */
  boolean settled(int tensor, int place) {
    return place < above[tensor].length && above[tensor][place] <= looseFrom;
  }

  /** Whether all loops stand where they will. */
  boolean exact() {
    return looseFrom == Integer.MAX_VALUE && complete();
  }

  @Override
  public int compareTo(State o) {
    int c = Double.compare(bound, o.bound);
    return c != 0 ? c : Integer.compare(o.variable.length, variable.length);
  }

  @Override
  public boolean equals(Object o) {
    return this == o;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
