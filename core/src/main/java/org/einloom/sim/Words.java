package org.einloom.sim;

import java.util.BitSet;
import java.util.List;
import org.einloom.workload.Affine;
import org.einloom.workload.Einsum;
import org.einloom.workload.RankVariable;
import org.einloom.workload.TensorAccess;

/**
 * The words of a tensor, numbered in row-major order of their coordinates, and the points that
 * touch them.
 */
final class Words {
  /** Stands for a coordinate outside the tensor. */
  static final int PADDING = -1;

  private final long[][] coefficients;
  private final long[] offsets;
  private final long[] sizes;
  private final int[] indexing;
  private final int count;

  Words(Einsum einsum, TensorAccess tensor) {
    List<String> variables = einsum.variables().stream().map(RankVariable::name).toList();
    int ranks = tensor.ranks().size();
    coefficients = new long[ranks][variables.size()];
    offsets = new long[ranks];
    sizes = new long[ranks];
    for (int r = 0; r < ranks; r++) {
      Affine expression = tensor.ranks().get(r).expression();
      for (Affine.Term term : expression.terms()) {
        coefficients[r][variables.indexOf(term.variable())] = term.coefficient();
      }
      offsets[r] = expression.offset();
      sizes[r] = tensor.ranks().get(r).size();
    }
    indexing =
        java.util.stream.IntStream.range(0, variables.size())
            .filter(v -> tensor.indexedBy(variables.get(v)))
            .toArray();
    count = Math.toIntExact(tensor.words());
  }

  /** How many there are. */
  int count() {
    return count;
  }

  /** The word that a point touches, or {@link #PADDING}. */
  int at(long[] point) {
    long word = 0;
    for (int r = 0; r < sizes.length; r++) {
      long coordinate = offsets[r];
      for (int v : indexing) {
        coordinate += coefficients[r][v] * point[v];
      }
      if (coordinate < 0 || coordinate >= sizes[r]) {
        return PADDING;
      }
      word = word * sizes[r] + coordinate;
    }
    return (int) word;
  }

  /**
   * The words that the points of a box touch; each variable runs from its low bound to before its
   * high bound.
   */
  BitSet touched(long[] low, long[] high) {
    var words = new BitSet(count);
    long[] point = low.clone();
    while (true) {
      int word = at(point);
      if (word != PADDING) {
        words.set(word);
      }
      // the next point; variables that do not index the tensor may stay where they are, they lead
      // to the same words
      int i = indexing.length - 1;
      for (; i >= 0; i--) {
        int v = indexing[i];
        if (++point[v] < high[v]) {
          break;
        }
        point[v] = low[v];
      }
      if (i < 0) {
        return words;
      }
    }
  }
}
