package org.einloom.mapper.timeloop;

/**
 * Words that some part of the hardware touches in the whole run, at least, whatever the loops in
 * time are.
 *
 * <p>Of each dimension it sees as many values as its share of the loops in space leaves. A rank
 * that one dimension moves has that many coordinates; one that several move, the sums of values of
 * each, of which there are at least as many as all values together, but for one of every further
 * dimension: of two sets of numbers, the sums of the least of the one with all of the other, and
 * then of the others with its largest, are all different. Ranks that share no dimension are
 * independent of each other.
 */
final class Compulsory {
  private Compulsory() {}

  /**
   * By one instance.
   *
   * @param spaceOutside by dimension, what all loops in space further out come to
   */
  static double words(Problem problem, int tensor, long[] spaceOutside) {
    if (problem.odd[tensor]) {
      return 1;
    }
    double words = 1;
    for (long[] rank : problem.coefficient[tensor]) {
      double sums = 1;
      for (int d = 0; d < problem.dims; d++) {
        if (rank[d] != 0) {
          sums += (double) problem.extent[d] / spaceOutside[d] - 1;
        }
      }
      words *= sums;
    }
    return words;
  }
}
