package org.einloom.sim;

import java.util.List;

/**
 * The Einsum computed as it is written, by one loop per rank variable: what every run must agree
 * with.
 */
final class PlainLoops {
  private final long[] values;
  private final long[] terms;

  /**
   * @param extents of the rank variables
   * @param operands the words of each operand
   * @param data the values of each operand's words
   */
  PlainLoops(long[] extents, List<Words> operands, List<long[]> data, Words result) {
    values = new long[result.count()];
    terms = new long[result.count()];
    run(extents, new long[extents.length], 0, operands, data, result);
  }

  private void run(
      long[] extents,
      long[] point,
      int variable,
      List<Words> operands,
      List<long[]> data,
      Words result) {
    if (variable < extents.length) {
      for (long i = 0; i < extents[variable]; i++) {
        point[variable] = i;
        run(extents, point, variable + 1, operands, data, result);
      }
      return;
    }
    int word = result.at(point);
    if (word == Words.PADDING) {
      return;
    }
    long product = 1;
    for (int o = 0; o < operands.size(); o++) {
      int w = operands.get(o).at(point);
      product *= w == Words.PADDING ? 0 : data.get(o)[w];
    }
    values[word] += product;
    terms[word]++;
  }

  /** By word of the result. */
  long[] values() {
    return values;
  }

  /** By word of the result: how many points touch it. */
  long[] terms() {
    return terms;
  }
}
