package org.einloom.mapper.sparse;

import java.util.Comparator;
import java.util.List;
import org.einloom.workload.Affine;
import org.einloom.workload.TensorAccess;
import org.jspecify.annotations.Nullable;

/**
 * How variables index the ranks of one tensor. A tile is given by how many values, next to each
 * other, each variable takes in it.
 */
final class Ranks {
  /** By rank: the variables of its terms, of the least coefficient first. */
  final int[][] variable;

  /** By rank and term; 1 if the rank has one term, whose coordinates are then counted through. */
  final long[][] coefficient;

  /** By rank: the least coordinate. */
  final long[] offset;

  /** By variable: its rank; -1 for a variable that does not index the tensor. */
  final int[] rankOf;

  /** By variable; 0 for one that does not index the tensor. */
  final long[] factor;

  /** Whether tiles can overlap: a rank has several variables. */
  final boolean windows;

  /** Whether a rank of one variable leaves out coordinates. */
  final boolean strided;

  /** By rank: whether some points touch what is outside of the tensor. */
  final boolean[] pads;

  /** Whether any does. */
  final boolean padded;

  /**
   * @param extents by variable
   */
  Ranks(TensorAccess tensor, List<String> variables, long[] extents) {
    int ranks = tensor.ranks().size();
    variable = new int[ranks][];
    coefficient = new long[ranks][];
    offset = new long[ranks];
    rankOf = new int[variables.size()];
    factor = new long[variables.size()];
    java.util.Arrays.fill(rankOf, -1);
    pads = new boolean[ranks];
    boolean several = false;
    boolean any = false;
    boolean gaps = false;
    for (int r = 0; r < ranks; r++) {
      Affine of = tensor.ranks().get(r).expression();
      List<Affine.Term> terms =
          of.terms().stream()
              .sorted(Comparator.comparingLong(t -> Math.abs(t.coefficient())))
              .toList();
      offset[r] = of.offset();
      several |= terms.size() > 1;
      variable[r] = terms.stream().mapToInt(t -> variables.indexOf(t.variable())).toArray();
      coefficient[r] = terms.stream().mapToLong(Affine.Term::coefficient).toArray();
      long low = offset[r];
      long high = low;
      for (int i = 0; i < variable[r].length; i++) {
        long reach = Math.multiplyExact(coefficient[r][i], extents[variable[r][i]] - 1);
        low += Math.min(0, reach);
        high += Math.max(0, reach);
      }
      pads[r] = low < 0 || high >= tensor.ranks().get(r).size();
      any |= pads[r];
      if (terms.size() == 1) {
        gaps |= coefficient[r][0] != 1;
        coefficient[r][0] = 1;
      }
      for (int i = 0; i < variable[r].length; i++) {
        rankOf[variable[r][i]] = r;
        factor[variable[r][i]] = coefficient[r][i];
      }
    }
    windows = several;
    strided = gaps;
    padded = any;
  }

  boolean indexedBy(int v) {
    return rankOf[v] >= 0;
  }

  /** Whether a rank has several variables. */
  boolean window(int rank) {
    return variable[rank].length > 1;
  }

  /**
   * The extents of a tile; null if it has gaps, which is not counted.
   *
   * @param values by variable
   */
  long @Nullable [] extents(long[] values) {
    long[] extents = new long[variable.length];
    for (int r = 0; r < extents.length; r++) {
      extents[r] = extent(r, values);
      if (extents[r] == 0) {
        return null;
      }
    }
    return extents;
  }

  /** 0 if there are gaps. */
  private long extent(int r, long[] values) {
    long reach = 1;
    for (int i = 0; i < variable[r].length; i++) {
      long more = values[variable[r][i]] - 1;
      long step = Math.abs(coefficient[r][i]);
      if (more > 0 && step > reach) {
        return 0;
      }
      reach += step * more;
    }
    return reach;
  }

  /** A tile without gaps of which all is in another: variables that leave some take one value. */
  long[] withoutGaps(long[] values) {
    long[] some = values.clone();
    for (int r = 0; r < variable.length; r++) {
      long reach = 1;
      for (int i = 0; i < variable[r].length; i++) {
        int v = variable[r][i];
        long step = Math.abs(coefficient[r][i]);
        some[v] = step > reach ? 1 : some[v];
        reach += step * (some[v] - 1);
      }
    }
    return some;
  }

  /** The words of a tile; not a number if it has gaps. */
  double words(long[] values) {
    double words = 1;
    for (int r = 0; r < variable.length; r++) {
      long extent = extent(r, values);
      words *= extent == 0 ? Double.NaN : (double) extent;
    }
    return words;
  }

  /** No more words than a tile has, gaps or not: sums of sets have so many values at least. */
  double leastWords(long[] values) {
    double words = 1;
    for (int[] of : variable) {
      double sums = 1;
      for (int v : of) {
        sums += (double) values[v] - 1;
      }
      words *= sums;
    }
    return words;
  }

  static double product(long[] extents) {
    double product = 1;
    for (long e : extents) {
      product *= (double) e;
    }
    return product;
  }
}
