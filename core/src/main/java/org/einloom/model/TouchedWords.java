package org.einloom.model;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Which word each vector of values of a tensor's own variables touches. The words are numbered from
 * 0; the vectors too, in mixed radix.
 */
final class TouchedWords {
  static final int PADDING = -1;

  /** Numbers of combinations below this are looked up in an array, others in a map. */
  private static final long DENSE = 1 << 24;

  /** The variables that occur in some rank. */
  final int[] variable;

  /** What one more of each of these adds to a vector's number. */
  final int[] stride;

  /** By vector, its word. */
  private final int[] word;

  /** How many words there are. */
  final int count;

  private final int[] seen;
  private int stamp;

  /** The words of the tile asked for last, each once; valid up to the size that was returned. */
  final int[] tile;

  private int size;

  TouchedWords(Compiled compiled, Compiled.Tensor tensor) {
    variable = own(compiled, tensor);
    stride = new int[variable.length];
    int vectors = 1;
    for (int i = variable.length - 1; i >= 0; i--) {
      stride[i] = vectors;
      vectors = Math.multiplyExact(vectors, Math.toIntExact(compiled.extent[variable[i]]));
    }
    word = new int[vectors];
    int words = 1;
    for (Compiled.Rank rank : tensor.ranks) {
      words = combine(compiled, rank, words);
    }
    count = words;
    seen = new int[count];
    tile = new int[count];
  }

  private static int[] own(Compiled compiled, Compiled.Tensor tensor) {
    int[] own = new int[compiled.variables];
    int n = 0;
    for (int v = 0; v < own.length; v++) {
      if (tensor.usesVariable(v)) {
        own[n++] = v;
      }
    }
    return Arrays.copyOf(own, n);
  }

  /** Tells the words of the ranks so far apart by one more rank. */
  private int combine(Compiled compiled, Compiled.Rank rank, int words) {
    long first = rank.offset;
    long last = rank.offset;
    for (int i = 0; i < rank.variable.length; i++) {
      long reach = rank.coefficient[i] * (compiled.extent[rank.variable[i]] - 1);
      first += Math.min(0, reach);
      last += Math.max(0, reach);
    }
    long low = Math.max(first, rank.low);
    long span = Math.max(0, Math.min(last + 1, rank.high) - low);
    boolean dense = span <= DENSE / Math.max(1, words);
    int[] numbers = new int[dense ? Math.toIntExact(span * words) : 0];
    Map<Coordinates, Integer> sparse = new HashMap<>();
    int n = 0;
    for (int vector = 0; vector < word.length; vector++) {
      long x = coordinate(compiled, rank, vector);
      if (word[vector] == PADDING || x < rank.low || x >= rank.high) {
        word[vector] = PADDING;
      } else if (dense) {
        int key = Math.toIntExact(word[vector] * span + x - low);
        numbers[key] = numbers[key] == 0 ? ++n : numbers[key];
        word[vector] = numbers[key] - 1;
      } else {
        Integer known = sparse.putIfAbsent(new Coordinates(word[vector], x), n);
        word[vector] = known == null ? n++ : known;
      }
    }
    return n;
  }

  private record Coordinates(int before, long last) {}

  private long coordinate(Compiled compiled, Compiled.Rank rank, int vector) {
    long x = rank.offset;
    for (int i = 0; i < rank.variable.length; i++) {
      for (int k = 0; k < variable.length; k++) {
        if (variable[k] == rank.variable[i]) {
          x += rank.coefficient[i] * value(compiled, vector, k);
        }
      }
    }
    return x;
  }

  /** The value of the k-th own variable in a vector. */
  long value(Compiled compiled, int vector, int k) {
    return vector / stride[k] % compiled.extent[variable[k]];
  }

  /** By word, the vectors that touch it, ascending. */
  int[][] vectorsByWord() {
    int[] touches = new int[count];
    for (int w : word) {
      if (w != PADDING) {
        touches[w]++;
      }
    }
    int[][] vectors = new int[count][];
    for (int w = 0; w < count; w++) {
      vectors[w] = new int[touches[w]];
    }
    for (int vector = word.length - 1; vector >= 0; vector--) {
      int w = word[vector];
      if (w != PADDING) {
        vectors[w][--touches[w]] = vector;
      }
    }
    return vectors;
  }

  /**
   * Puts the words of a tile in {@link #tile} and returns how many they are.
   *
   * @param start by variable, its first value
   * @param length by variable, how many values
   */
  int tile(long[] start, long[] length) {
    stamp++;
    size = 0;
    collect(start, length, 0, 0);
    return size;
  }

  private void collect(long[] start, long[] length, int k, int vector) {
    if (k == variable.length) {
      int w = word[vector];
      if (w != PADDING && seen[w] != stamp) {
        seen[w] = stamp;
        tile[size++] = w;
      }
      return;
    }
    int from = vector + (int) start[variable[k]] * stride[k];
    int to = from + (int) length[variable[k]] * stride[k];
    for (int next = from; next < to; next += stride[k]) {
      collect(start, length, k + 1, next);
    }
  }
}
