package org.einloom.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.einloom.workload.InvalidSpecException;

/**
 * Which words each instance of each node of a tensor's chain touches in each of its steps. Steps
 * and instances are numbered in mixed radix, outer loops first, so that those of a node further out
 * are quotients.
 */
final class Touched {
  private static final long MAX_POINTS = 1L << 21;

  private final Compiled compiled;
  private final Compiled.Tensor tensor;
  private final int levels;
  private final List<Map<Long, TreeMap<Long, TreeSet<Long>>>> collected = new ArrayList<>();
  private final List<Map<Long, NavigableMap<Long, long[]>>> tiles = new ArrayList<>();
  private final TreeSet<Long> times = new TreeSet<>();
  private final Map<Long, Long> touches = new HashMap<>();
  private final long[] first;
  private final long[] span;

  Touched(Compiled compiled, Compiled.Tensor tensor) {
    this.compiled = compiled;
    this.tensor = tensor;
    levels = tensor.depth.length;
    checkSize();
    first = new long[tensor.ranks.length];
    span = new long[tensor.ranks.length];
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
    }
    for (int level = 0; level <= levels; level++) {
      collected.add(new HashMap<>());
    }
    walk(new long[compiled.variables], 0);
    for (Map<Long, TreeMap<Long, TreeSet<Long>>> level : collected) {
      Map<Long, NavigableMap<Long, long[]>> steps = new HashMap<>();
      level.forEach(
          (step, instances) -> {
            NavigableMap<Long, long[]> sets = new TreeMap<>();
            instances.forEach(
                (i, words) -> sets.put(i, words.stream().mapToLong(Long::longValue).toArray()));
            steps.put(step, sets);
          });
      tiles.add(steps);
    }
    collected.clear();
  }

  private void checkSize() {
    long points = 1;
    for (long e : compiled.extent) {
      points = Limits.multiply(points, e);
    }
    if (points > MAX_POINTS / (levels + 1)) {
      throw new InvalidSpecException(
          "tensor '"
              + tensor.access.name()
              + "' of Einsum '"
              + compiled.einsum.name()
              + "' has no closed form under this mapping ("
              + ClosedForm.why(compiled, tensor)
              + "), and its "
              + points
              + " points are too many to walk through (at most "
              + MAX_POINTS / (levels + 1)
              + "); map it otherwise, or use smaller extents");
    }
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
    if (word >= 0) {
      touches.merge(word, 1L, Long::sum);
    }
    long[] rest = point.clone();
    long step = 0;
    long instance = 0;
    int level = 0;
    for (int l = 0; l <= compiled.loopVariable.length; l++) {
      while (level < levels && tensor.depth[level] == l) {
        touch(level++, step, instance, word);
      }
      if (l < compiled.loopVariable.length) {
        int u = compiled.loopVariable[l];
        long index = rest[u] / compiled.loopTile[l];
        rest[u] -= index * compiled.loopTile[l];
        if (compiled.temporal(l)) {
          step = Math.addExact(Math.multiplyExact(step, compiled.loopCount[l]), index);
        } else {
          instance = Math.addExact(Math.multiplyExact(instance, compiled.loopCount[l]), index);
        }
      }
    }
    touch(levels, step, instance, word);
    times.add(step);
  }

  /** The word's number, -1 for padding. */
  private long word(long[] point) {
    long word = 0;
    for (int r = 0; r < tensor.ranks.length; r++) {
      Compiled.Rank rank = tensor.ranks[r];
      long x = rank.offset;
      for (int i = 0; i < rank.variable.length; i++) {
        x += rank.coefficient[i] * point[rank.variable[i]];
      }
      if (x < rank.low || x >= rank.high) {
        return -1;
      }
      word = Limits.add(Limits.multiply(word, span[r]), x - first[r]);
    }
    return word;
  }

  private void touch(int level, long step, long instance, long word) {
    TreeSet<Long> words =
        collected
            .get(level)
            .computeIfAbsent(step, k -> new TreeMap<>())
            .computeIfAbsent(instance, k -> new TreeSet<>());
    if (word >= 0) {
      words.add(word);
    }
  }

  /** The steps of the computes in which any is active, in order. */
  List<Long> times() {
    return List.copyOf(times);
  }

  /** The step in which a level is at a time. */
  long step(int level, long time) {
    long steps = 1;
    int depth = level < levels ? tensor.depth[level] : compiled.loopVariable.length;
    for (int l = depth; l < compiled.loopVariable.length; l++) {
      if (compiled.temporal(l)) {
        steps *= compiled.loopCount[l];
      }
    }
    return time / steps;
  }

  NavigableMap<Long, long[]> tiles(int level, long step) {
    return tiles.get(level).getOrDefault(step, new TreeMap<>());
  }

  /** The size of the largest tile of any instance of a level. */
  long largest(int level) {
    return tiles.get(level).values().stream()
        .flatMap(m -> m.values().stream())
        .mapToLong(words -> words.length)
        .max()
        .orElse(0);
  }

  /** How many points touch a word: the parts of its sum. */
  long touches(long word) {
    return touches.getOrDefault(word, 0L);
  }

  static boolean contains(long[] sorted, long word) {
    return Arrays.binarySearch(sorted, word) >= 0;
  }
}
