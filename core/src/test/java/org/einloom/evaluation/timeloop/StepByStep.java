package org.einloom.evaluation.timeloop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.einloom.workload.Affine;
import org.einloom.workload.Role;
import org.einloom.workload.TensorAccess;

/**
 * Timeloop's rules run step by step on sets of words, every instance and every step, for loops that
 * are the same in every turn: the oracle of the accounting. It shares nothing with it but the nest.
 */
final class StepByStep {
  /** Totals of one level and tensor over all instances. */
  record Total(long reads, long fills, long updates, long tileWords) {}

  /** A loop with its place: one more than a level's loops in time are those in space. */
  private record Placed(Nest.Loop loop, int level, long stride) {
    boolean isTime() {
      return loop.axis() == Nest.Axis.TIME;
    }
  }

  private final Nest nest;
  private final List<Placed> loops = new ArrayList<>();
  private final boolean links;
  private final boolean elision;

  StepByStep(Nest nest, boolean links, boolean elision) {
    this.nest = nest;
    this.links = links;
    this.elision = elision;
    for (int p = 0; p < nest.levels().size(); p++) {
      for (Nest.Loop l : nest.levels().get(p).all()) {
        loops.add(new Placed(l, p, 0));
      }
    }
    for (int i = 0; i < loops.size(); i++) {
      long stride = 1;
      for (int j = i + 1; j < loops.size(); j++) {
        if (loops.get(j).loop().dimension().equals(loops.get(i).loop().dimension())) {
          stride *= loops.get(j).loop().count();
        }
      }
      loops.set(i, new Placed(loops.get(i).loop(), loops.get(i).level(), stride));
    }
  }

  /** By level and tensor; only what is kept. */
  List<Map<String, Total>> run() {
    List<Map<String, Total>> all = new ArrayList<>();
    nest.levels().forEach(l -> all.add(new LinkedHashMap<>()));
    for (TensorAccess t : nest.einsum().tensors()) {
      run(t, all);
    }
    return all;
  }

  private void run(TensorAccess tensor, List<Map<String, Total>> all) {
    List<Integer> keeping = new ArrayList<>();
    for (int p = 0; p < nest.levels().size(); p++) {
      if (nest.levels().get(p).keeps().contains(tensor.name())) {
        keeping.add(p);
      }
    }
    int levels = nest.levels().size();
    long[] sent = new long[levels];
    long[] linked = new long[levels];
    long[] received = new long[levels];
    for (int k = 0; k < keeping.size(); k++) {
      int parent = keeping.get(k);
      int child = k + 1 < keeping.size() ? keeping.get(k + 1) : levels;
      long[] words = pass(tensor, parent, child);
      sent[parent] = words[0];
      if (child < levels) {
        received[child] = words[1];
        linked[child] = words[2];
      }
    }
    for (int p : keeping) {
      boolean outermost = p == keeping.getFirst();
      long part = elision ? partition(tensor, p) * instances(p) : 0;
      boolean result = tensor.role() == Role.OUTPUT;
      long reads = sent[p] + linked[p] - (result ? part : 0);
      long fills = outermost ? 0 : received[p] + linked[p] - (result ? part : 0);
      all.get(p)
          .put(
              tensor.name(),
              new Total(reads, fills, result ? sent[p] : 0, box(tensor, p, true).size()));
    }
  }

  /**
   * Words of its own that each instance has, on the mean: what the instances share is shared out.
   */
  private long partition(TensorAccess tensor, int level) {
    long whole = box(tensor, 0, true).size();
    for (int p = 1; p <= level; p++) {
      long tile = box(tensor, p, true).size();
      long spread =
          nest.levels().get(p - 1).space().isEmpty() ? tile : box(tensor, p - 1, false).size();
      whole = whole * tile / spread;
    }
    return whole;
  }

  private long instances(int level) {
    return loops.stream()
        .filter(l -> !l.isTime() && l.level() < level)
        .mapToLong(l -> l.loop().count())
        .reduce(1, (a, b) -> a * b);
  }

  /** Coordinates of the first tile of a level, or, without its loops in time, of its children. */
  private Set<List<Long>> box(TensorAccess tensor, int level, boolean withTime) {
    Map<String, long[]> range = new HashMap<>();
    nest.einsum().variables().forEach(v -> range.put(v.name(), new long[] {0, 1}));
    for (Placed l : loops) {
      if (l.level() > level || (l.level() == level && (withTime || !l.isTime()))) {
        range.get(l.loop().dimension())[1] *= l.loop().count();
      }
    }
    return box(tensor, range);
  }

  /** All coordinates between the least and the largest that the ranges touch. */
  private static Set<List<Long>> box(TensorAccess tensor, Map<String, long[]> range) {
    Set<List<Long>> words = new HashSet<>(List.of(List.of()));
    for (TensorAccess.Rank rank : tensor.ranks()) {
      long low = 0;
      long high = 0;
      for (Affine.Term t : rank.expression().terms()) {
        low += t.coefficient() * range.get(t.variable())[0];
        high += t.coefficient() * (range.get(t.variable())[0] + range.get(t.variable())[1] - 1);
      }
      Set<List<Long>> longer = new HashSet<>();
      for (List<Long> word : words) {
        for (long x = low; x <= high; x++) {
          List<Long> more = new ArrayList<>(word);
          more.add(x);
          longer.add(more);
        }
      }
      words = longer;
    }
    return words;
  }

  /**
   * Runs all steps between a level and the next that keeps the tensor.
   *
   * @return what the level sends, what the children get of it, and what these hand on to each other
   */
  private long[] pass(TensorAccess tensor, int parent, int child) {
    List<Placed> outside = loops.stream().filter(l -> l.level() < child).toList();
    List<Placed> time = outside.stream().filter(Placed::isTime).toList();
    List<Placed> above = outside.stream().filter(l -> !l.isTime() && l.level() < parent).toList();
    List<Placed> between =
        outside.stream().filter(l -> !l.isTime() && l.level() >= parent).toList();
    Map<List<Long>, Held> held = new HashMap<>();
    long[] totals = new long[3];
    Map<List<Long>, Map<List<Long>, Set<List<Long>>>> before = new HashMap<>();
    for (List<Long> step : vectors(time)) {
      for (List<Long> instance : vectors(above)) {
        Map<List<Long>, Set<List<Long>>> asked = new LinkedHashMap<>();
        for (List<Long> below : vectors(between)) {
          Set<List<Long>> tile = tile(tensor, time, step, above, instance, between, below);
          List<Long> who = new ArrayList<>(instance);
          who.addAll(below);
          asked.put(
              below,
              child == nest.levels().size()
                  ? tile
                  : held.computeIfAbsent(who, w -> new Held()).take(tile));
        }
        serve(tensor, parent, child, between, asked, before.get(instance), totals);
        before.put(instance, asked);
      }
    }
    return totals;
  }

  private void serve(
      TensorAccess tensor,
      int parent,
      int child,
      List<Placed> between,
      Map<List<Long>, Set<List<Long>>> asked,
      Map<List<Long>, Set<List<Long>>> before,
      long[] totals) {
    long without = sent(tensor, parent, asked);
    asked.values().forEach(a -> totals[1] += a.size());
    // links are there between a level and the next only, where both keep the tensor
    boolean adjacent = child == parent + 1;
    if (links
        && adjacent
        && before != null
        && !nest.levels().get(parent).noLinks().contains(tensor.name())) {
      Map<List<Long>, Set<List<Long>>> rest = new LinkedHashMap<>(asked);
      long handed = 0;
      for (Map.Entry<List<Long>, Set<List<Long>>> e : asked.entrySet()) {
        if (e.getValue().isEmpty()) {
          continue;
        }
        long[] at = place(between, e.getKey());
        boolean near =
            before.entrySet().stream()
                .anyMatch(
                    b -> {
                      long[] other = place(between, b.getKey());
                      return Math.abs(other[0] - at[0]) + Math.abs(other[1] - at[1]) == 1
                          && b.getValue().equals(e.getValue());
                    });
        if (near) {
          rest.remove(e.getKey());
          handed += e.getValue().size();
        }
      }
      long with = sent(tensor, parent, rest);
      if (with < without) {
        totals[0] += with;
        // what is handed on is not received from above; the innermost level's are computes
        totals[1] -= handed;
        totals[2] += child < nest.levels().size() ? handed : 0;
        return;
      }
    }
    totals[0] += without;
  }

  /** Children that ask for the same are sent it once. */
  private long sent(TensorAccess tensor, int parent, Map<List<Long>, Set<List<Long>>> asked) {
    boolean shared = !nest.levels().get(parent).noReuse().contains(tensor.name());
    if (!shared) {
      return asked.values().stream().mapToLong(Set::size).sum();
    }
    return new HashSet<>(asked.values()).stream().mapToLong(Set::size).sum();
  }

  private static long[] place(List<Placed> between, List<Long> indices) {
    long x = 0;
    long y = 0;
    for (int i = 0; i < indices.size(); i++) {
      Nest.Loop l = between.get(i).loop();
      if (l.axis() == Nest.Axis.X) {
        x = x * l.count() + indices.get(i);
      } else {
        y = y * l.count() + indices.get(i);
      }
    }
    return new long[] {x, y};
  }

  private Set<List<Long>> tile(
      TensorAccess tensor,
      List<Placed> time,
      List<Long> step,
      List<Placed> above,
      List<Long> instance,
      List<Placed> between,
      List<Long> below) {
    Map<String, long[]> range = new HashMap<>();
    nest.einsum().variables().forEach(v -> range.put(v.name(), new long[] {0, 1}));
    Set<Placed> fixed = new HashSet<>(time);
    fixed.addAll(above);
    fixed.addAll(between);
    for (Placed l : loops) {
      if (!fixed.contains(l)) {
        range.get(l.loop().dimension())[1] *= l.loop().count();
      }
    }
    shift(range, time, step);
    shift(range, above, instance);
    shift(range, between, below);
    return box(tensor, range);
  }

  private static void shift(Map<String, long[]> range, List<Placed> loops, List<Long> indices) {
    for (int i = 0; i < loops.size(); i++) {
      range.get(loops.get(i).loop().dimension())[0] += loops.get(i).stride() * indices.get(i);
    }
  }

  /** All vectors of indices, the last changing fastest. */
  private static List<List<Long>> vectors(List<Placed> loops) {
    List<List<Long>> all = new ArrayList<>(List.of(List.of()));
    for (Placed l : loops) {
      List<List<Long>> longer = new ArrayList<>();
      for (List<Long> v : all) {
        LongStream.range(0, l.loop().count())
            .forEach(
                i -> {
                  List<Long> more = new ArrayList<>(v);
                  more.add(i);
                  longer.add(more);
                });
      }
      all = longer;
    }
    return all;
  }

  /** What an instance holds: the last tile, and how far that had moved. */
  private static final class Held {
    private Set<List<Long>> last = Set.of();
    private long[] motion = {};

    Set<List<Long>> take(Set<List<Long>> tile) {
      Set<List<Long>> old = last;
      last = tile;
      if (old.isEmpty()) {
        return tile;
      }
      long[] by = least(tile);
      long[] from = least(old);
      for (int i = 0; i < by.length; i++) {
        by[i] -= from[i];
      }
      if (Arrays.stream(by).allMatch(x -> x == 0)) {
        return Set.of();
      }
      boolean goesOn = motion.length == 0 || Arrays.equals(motion, by);
      motion = goesOn ? by : new long[] {};
      boolean oneAxis = Arrays.stream(by).filter(x -> x != 0).count() == 1;
      if (!goesOn || !oneAxis) {
        return tile;
      }
      Set<List<Long>> fresh = new HashSet<>(tile);
      fresh.removeAll(old);
      return fresh;
    }

    private static long[] least(Set<List<Long>> words) {
      long[] least = null;
      for (List<Long> w : words) {
        if (least == null) {
          least = w.stream().mapToLong(Long::longValue).toArray();
        }
        for (int i = 0; i < least.length; i++) {
          least[i] = Math.min(least[i], w.get(i));
        }
      }
      return least == null ? new long[] {} : least;
    }
  }
}
