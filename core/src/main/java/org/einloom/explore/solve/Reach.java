package org.einloom.explore.solve;

import java.util.List;
import org.einloom.workload.Affine;
import org.einloom.workload.Einsum;
import org.einloom.workload.RankVariable;
import org.einloom.workload.TensorAccess;

/**
 * What the iteration space of an Einsum makes of a tensor, whatever the mapping; padding apart.
 *
 * @param words how many different words it touches
 * @param requests how many points touch a word
 */
record Reach(double words, double requests) {
  /** Of what cannot be counted nothing is known. */
  private static final Reach UNKNOWN = new Reach(0, 0);

  private static final long MOST_COORDINATES = 1 << 20;

  /**
   * Counts rank by rank, which is exact where no variable occurs in two ranks; otherwise, and where
   * a rank is too long to enumerate, nothing is known.
   */
  static Reach of(Einsum einsum, TensorAccess tensor) {
    if (!tensor.ranksAreDisjoint()) {
      return UNKNOWN;
    }
    double words = 1;
    double requests = 1;
    for (TensorAccess.Rank rank : tensor.ranks()) {
      long[] points = points(einsum, rank);
      if (points.length == 0) {
        return UNKNOWN;
      }
      long touched = 0;
      double sum = 0;
      for (long n : points) {
        touched += n > 0 ? 1 : 0;
        sum += n;
      }
      words *= touched;
      requests *= sum;
    }
    for (RankVariable v : einsum.variables()) {
      requests *= tensor.indexedBy(v.name()) ? 1 : v.extent();
    }
    return new Reach(words, requests);
  }

  /** By coordinate that is no padding, how many values of the variables have it; or nothing. */
  private static long[] points(Einsum einsum, TensorAccess.Rank rank) {
    List<Affine.Term> terms = rank.expression().terms();
    long low = rank.expression().offset();
    long high = low;
    for (Affine.Term t : terms) {
      long reach = t.coefficient() * (einsum.extent(t.variable()) - 1);
      low += Math.min(0, reach);
      high += Math.max(0, reach);
    }
    if (high - low >= MOST_COORDINATES || rank.size() >= MOST_COORDINATES) {
      return new long[0];
    }
    long[] counts = new long[(int) (high - low + 1)];
    counts[(int) (rank.expression().offset() - low)] = 1;
    for (Affine.Term t : terms) {
      long extent = einsum.extent(t.variable());
      if (extent * counts.length > 64 * MOST_COORDINATES) {
        return new long[0];
      }
      long[] next = new long[counts.length];
      for (int c = 0; c < counts.length; c++) {
        for (long v = 0; counts[c] > 0 && v < extent; v++) {
          next[(int) (c + v * t.coefficient())] += counts[c];
        }
      }
      counts = next;
    }
    long[] inside = new long[(int) rank.size()];
    for (int c = 0; c < counts.length; c++) {
      long coordinate = c + low;
      if (coordinate >= 0 && coordinate < rank.size()) {
        inside[(int) coordinate] = counts[c];
      }
    }
    return inside;
  }
}
