package org.einloom.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.einloom.workload.InvalidSpecException;

/**
 * Which words each instance of each node of a tensor's chain touches in each of its steps. Steps
 * and instances are numbered in mixed radix, outer loops first, so that those of a node further out
 * are quotients. Kept as one sorted array per level, a number for each (step, instance, word).
 */
final class Touched {
  /** Points that are walked through in about a second, in some 100 MB. */
  static final long MAX_POINTS = 1L << 19;

  private final Compiled compiled;
  private final Compiled.Tensor tensor;
  private final int levels;
  private final long[] first;
  private final long[] span;

  /** Words and the one number for padding, which says no more than that an instance is active. */
  private final long words;

  private final long[] instances;
  private final long[] stepLength;
  private final long[][] touched;
  private final Map<Long, Long> touches = new HashMap<>();
  private int points;

  Touched(Compiled compiled, Compiled.Tensor tensor) {
    this.compiled = compiled;
    this.tensor = tensor;
    levels = tensor.depth.length;
    int n = checkedSize();
    first = new long[tensor.ranks.length];
    span = new long[tensor.ranks.length];
    long product = 1;
    for (int r = 0; r < first.length; r++) {
      long low = tensor.ranks[r].offset;
      long high = low;
      for (int i = 0; i < tensor.ranks[r].variable.length; i++) {
        long reach =
            tensor.ranks[r].coefficient[i] * (compiled.extent[tensor.ranks[r].variable[i]] - 1);
        low += Math.min(0, reach);
        high += Math.max(0, reach);
      }
      first[r] = low;
      span[r] = high - low + 1;
      product = Limits.multiply(product, span[r]);
    }
    words = Limits.add(product, 1);
    instances = new long[levels + 1];
    stepLength = new long[levels + 1];
    touched = new long[levels + 1][];
    long numbers = 0; // overflow is refused here, once
    for (int level = 0; level <= levels; level++) {
      int depth = level < levels ? tensor.depth[level] : compiled.loopVariable.length;
      instances[level] = 1;
      stepLength[level] = 1;
      long steps = 1;
      for (int l = 0; l < compiled.loopVariable.length; l++) {
        if (l >= depth) {
          stepLength[level] *= compiled.temporal(l) ? compiled.loopCount[l] : 1;
        } else if (compiled.temporal(l)) {
          steps = Limits.multiply(steps, compiled.loopCount[l]);
        } else {
          instances[level] = Limits.multiply(instances[level], compiled.loopCount[l]);
        }
      }
      numbers = Math.max(numbers, Limits.multiply(Limits.multiply(steps, instances[level]), words));
      touched[level] = new long[n];
    }
    if (numbers > 0) {
      walk(new long[compiled.variables], 0);
    }
    for (int level = 0; level <= levels; level++) {
      touched[level] = different(touched[level]);
    }
  }

  private int checkedSize() {
    long n = 1;
    for (long e : compiled.extent) {
      n = Limits.multiply(n, e);
    }
    if (n > MAX_POINTS) {
      throw new InvalidSpecException(
          "tensor '"
              + tensor.access.name()
              + "' of Einsum '"
              + compiled.einsum.name()
              + "' has no closed form under this mapping ("
              + ClosedForm.why(compiled, tensor)
              + "), and its "
              + n
              + " points are too many to walk through (at most "
              + MAX_POINTS
              + "); map it otherwise, or use smaller extents");
    }
    return (int) n;
  }

  private void walk(long[] point, int v) {
    if (v < point.length) {
      for (point[v] = 0; point[v] < compiled.extent[v]; point[v]++) {
        walk(point, v + 1);
      }
      point[v] = 0;
      return;
    }
    long word = word(point);
    if (word > 0) {
      touches.merge(word, 1L, Long::sum);
    }
    long[] rest = point.clone();
    long step = 0;
    long instance = 0;
    int level = 0;
    for (int l = 0; l <= compiled.loopVariable.length; l++) {
      while (level < levels && tensor.depth[level] == l) {
        touched[level][points] = number(level, step, instance) + word;
        level++;
      }
      if (l < compiled.loopVariable.length) {
        int u = compiled.loopVariable[l];
        long index = rest[u] / compiled.loopTile[l];
        rest[u] -= index * compiled.loopTile[l];
        if (compiled.temporal(l)) {
          step = step * compiled.loopCount[l] + index;
        } else {
          instance = instance * compiled.loopCount[l] + index;
        }
      }
    }
    touched[levels][points++] = number(levels, step, instance) + word;
  }

  private long number(int level, long step, long instance) {
    return (step * instances[level] + instance) * words;
  }

  /** The word's number from 1, or 0 for padding. */
  private long word(long[] point) {
    long word = 0;
    for (int r = 0; r < tensor.ranks.length; r++) {
      Compiled.Rank rank = tensor.ranks[r];
      long x = rank.offset;
      for (int i = 0; i < rank.variable.length; i++) {
        x += rank.coefficient[i] * point[rank.variable[i]];
      }
      if (x < rank.low || x >= rank.high) {
        return 0;
      }
      word = word * span[r] + x - first[r];
    }
    return word + 1;
  }

  private static long[] different(long[] numbers) {
    Arrays.parallelSort(numbers);
    int n = 0;
    for (int i = 0; i < numbers.length; i++) {
      if (i == 0 || numbers[i] != numbers[i - 1]) {
        numbers[n++] = numbers[i];
      }
    }
    return Arrays.copyOf(numbers, n);
  }

  /** The steps of the computes in which any is active, in order. */
  List<Long> times() {
    List<Long> times = new ArrayList<>();
    for (long number : touched[levels]) {
      long time = number / (instances[levels] * words);
      if (times.isEmpty() || times.getLast() != time) {
        times.add(time);
      }
    }
    return times;
  }

  /** The step in which a level is at a time. */
  long step(int level, long time) {
    return time / stepLength[level];
  }

  /** The tiles of the instances of a level that are active in a step. */
  NavigableMap<Long, long[]> tiles(int level, long step) {
    NavigableMap<Long, long[]> tiles = new TreeMap<>();
    long[] all = touched[level];
    int at = from(all, number(level, step, 0));
    int end = from(all, number(level, step + 1, 0));
    while (at < end) {
      long instance = all[at] / words;
      int next = from(all, (instance + 1) * words);
      int begin = all[at] % words == 0 ? at + 1 : at; // leaves the padding out
      long[] tile = new long[next - begin];
      for (int i = 0; i < tile.length; i++) {
        tile[i] = all[begin + i] % words;
      }
      tiles.put(instance % instances[level], tile);
      at = next;
    }
    return tiles;
  }

  /** The first place whose number is at least this. */
  private static int from(long[] sorted, long number) {
    int at = Arrays.binarySearch(sorted, number);
    return at < 0 ? -at - 1 : at;
  }

  /** The size of the largest tile of any instance of a level. */
  long largest(int level) {
    long largest = 0;
    long size = 0;
    long before = -1;
    for (long number : touched[level]) {
      size = number / words == before ? size : 0;
      before = number / words;
      size += number % words == 0 ? 0 : 1;
      largest = Math.max(largest, size);
    }
    return largest;
  }

  /** How many points touch a word: the parts of its sum. */
  long touches(long word) {
    return touches.getOrDefault(word, 0L);
  }

  static boolean contains(long[] sorted, long word) {
    return Arrays.binarySearch(sorted, word) >= 0;
  }
}
