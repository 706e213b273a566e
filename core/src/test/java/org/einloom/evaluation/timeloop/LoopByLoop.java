package org.einloom.evaluation.timeloop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.einloom.workload.Affine;
import org.einloom.workload.TensorAccess;
import org.jspecify.annotations.Nullable;

/**
 * Timeloop's analysis of a nest as it is done: a recursion through all loops, those without
 * iterations that each level has at least one of included, each loop with a state of its own for
 * every place it is met at. Tiles are sets of words written down one by one. It is the oracle for
 * loops that end in smaller turns and for skews, and shares nothing with the accounting but the
 * nest.
 */
final class LoopByLoop {
  /** A loop; without a dimension it iterates once. */
  private record Loop(
      @Nullable String dimension, long count, long last, Nest.Axis axis, int level) {}

  /** What a loop remembers at one place. */
  private static final class State {
    final Map<String, Set<List<Long>>> lastTile = new HashMap<>();
    final Map<String, long[]> lastMove = new HashMap<>();
    final Map<String, Long> most = new HashMap<>();
    final Map<String, Map<Fan.Signature, Double>> sent = new HashMap<>();
    final Map<String, Double> linked = new HashMap<>();
    Map<Long, Map<String, Set<List<Long>>>> before = Map.of();

    void add(String tensor, Fan.Signature signature, double words) {
      sent.computeIfAbsent(tensor, t -> new HashMap<>()).merge(signature, words, Double::sum);
    }
  }

  /** What a level sends of a tensor: the mean over the places that were met. */
  record Found(Map<Fan.Signature, Double> sent, double linked, long tile, long spread) {}

  private final Nest nest;
  private final List<Fan.Mesh> meshes;
  private final boolean links;
  private final boolean tails;
  private final List<Loop> loops = new ArrayList<>();
  private final int[] boundary;
  private final long[] index;
  private final Map<Integer, Map<List<Long>, State>> states = new HashMap<>();
  private final Map<List<Long>, Double> computes = new HashMap<>();
  private final List<Long> stamp = new ArrayList<>();
  private double epochs = 1;

  LoopByLoop(Nest nest, List<Fan.Mesh> meshes, boolean links) {
    this.nest = nest;
    this.meshes = meshes;
    this.links = links;
    tails = !nest.isPerfect();
    boundary = new int[nest.levels().size()];
    for (int p = 0; p < boundary.length; p++) {
      boundary[p] = loops.size();
      add(nest.levels().get(p).time(), p);
      if (loops.size() == boundary[p]) {
        loops.add(new Loop(null, 1, 1, Nest.Axis.TIME, p));
      }
      add(nest.levels().get(p).space(), p);
    }
    index = new long[loops.size()];
    compute(0);
  }

  private void add(List<Nest.Loop> some, int level) {
    for (Nest.Loop l : some) {
      if (l.count() > 1) {
        loops.add(new Loop(l.dimension(), l.count(), l.last(), l.axis(), level));
      }
    }
  }

  Found found(int level, String tensor) {
    int end = level + 1 < boundary.length ? boundary[level + 1] : loops.size();
    int sender = end - 1;
    while (isSpace(sender) && isSpace(sender - 1)) {
      sender--;
    }
    Map<List<Long>, State> at = states.get(sender);
    Map<Fan.Signature, Double> sent = new HashMap<>();
    double linked = 0;
    for (State s : at.values()) {
      s.sent
          .getOrDefault(tensor, Map.of())
          .forEach((k, v) -> sent.merge(k, v / at.size(), Double::sum));
      linked += s.linked.getOrDefault(tensor, 0.0) / at.size();
    }
    return new Found(
        sent, linked, mean(boundary[level], tensor), isSpace(sender) ? mean(sender, tensor) : 0);
  }

  /** Points of a compute, the mean over those that are met. */
  double computes() {
    return computes.values().stream().mapToDouble(Double::doubleValue).sum() / computes.size();
  }

  private long mean(int loop, String tensor) {
    Map<List<Long>, State> at = states.get(loop);
    return at.values().stream().mapToLong(s -> s.most.get(tensor)).sum() / at.size();
  }

  private boolean isSpace(int loop) {
    return loops.get(loop).axis() != Nest.Axis.TIME;
  }

  private boolean isBoundary(int loop) {
    return Arrays.stream(boundary).anyMatch(b -> b == loop);
  }

  private boolean isLast(int before, @Nullable String dimension) {
    for (int o = 0; o < before; o++) {
      Loop l = loops.get(o);
      if (l.dimension() != null && l.dimension().equals(dimension) && index[o] != l.last() - 1) {
        return false;
      }
    }
    return true;
  }

  private long iterations(int loop) {
    Loop l = loops.get(loop);
    return isLast(loop, l.dimension()) ? l.last() : l.count();
  }

  /** Runs a loop and all inside; what its tile has that it had not before. */
  private Map<String, Set<List<Long>>> compute(int loop) {
    boolean enters = isBoundary(loop);
    if (enters) {
      stamp.add(0L);
    }
    State state =
        states
            .computeIfAbsent(loop, l -> new HashMap<>())
            .computeIfAbsent(List.copyOf(stamp.subList(0, stamp.size() - 1)), k -> new State());
    if (isSpace(loop)) {
      space(loop, state);
    } else {
      time(loop, state);
    }
    Map<String, Set<List<Long>>> fresh = new HashMap<>();
    for (TensorAccess t : nest.einsum().tensors()) {
      Set<List<Long>> tile = tile(t, loop);
      state.most.merge(t.name(), (long) tile.size(), Math::max);
      fresh.put(t.name(), take(state, t.name(), tile, loops.get(loop).level()));
    }
    if (enters) {
      stamp.removeLast();
    }
    return fresh;
  }

  private void time(int loop, State state) {
    long n = iterations(loop);
    if (loop == loops.size() - 1) {
      computes.merge(List.copyOf(stamp.subList(0, stamp.size() - 1)), n * epochs, Double::sum);
      for (TensorAccess t : nest.einsum().tensors()) {
        state.add(t.name(), new Fan.Signature(1, 1), n * epochs);
      }
      return;
    }
    List<Map<String, Set<List<Long>>>> deltas = new ArrayList<>();
    List<Long> scales = new ArrayList<>();
    if (turnsSkew(loop)) {
      for (long i = 0; i < n; i++) {
        run(loop, i, 1, deltas, scales);
      }
    } else {
      run(loop, 0, 1, deltas, scales);
      boolean middle = tails ? n >= 3 : n >= 2;
      if (middle) {
        run(loop, 1, tails ? n - 2 : n - 1, deltas, scales);
      }
      if (tails && n >= 2) {
        run(loop, n - 1, 1, deltas, scales);
        if (middle) {
          // what came after a jump over iterations is not used: once more what came in the second
          deltas.removeLast();
          scales.removeLast();
          scales.set(scales.size() - 1, scales.getLast() + 1);
        }
      }
    }
    index[loop] = 0;
    if (isBoundary(loop + 1)) {
      for (TensorAccess t : nest.einsum().tensors()) {
        double words = 0;
        for (int i = 0; i < deltas.size(); i++) {
          words += (double) deltas.get(i).get(t.name()).size() * scales.get(i);
        }
        state.add(t.name(), new Fan.Signature(1, 1), words * epochs);
      }
    }
  }

  private void run(
      int loop, long i, long times, List<Map<String, Set<List<Long>>>> deltas, List<Long> scales) {
    index[loop] = i;
    double saved = epochs;
    epochs *= times;
    deltas.add(compute(loop + 1));
    scales.add(times);
    epochs = saved;
  }

  private void space(int loop, State state) {
    Map<Long, Map<String, Set<List<Long>>>> asked = new TreeMap<>();
    fill(loop, 0, asked, new HashMap<>());
    Nest.Level level = nest.levels().get(loops.get(loop).level());
    Fan.Mesh mesh = meshes.get(loops.get(loop).level());
    long width = mesh.x();
    long height = mesh.y();
    for (TensorAccess t : nest.einsum().tensors()) {
      String name = t.name();
      Map<Fan.Signature, Double> plain = group(asked, asked.keySet(), name, level);
      Set<Long> others = new HashSet<>(asked.keySet());
      double handed = 0;
      if (links && !level.noLinks().contains(name)) {
        for (long at : asked.keySet()) {
          Set<List<Long>> own = asked.get(at).get(name);
          for (long[] by : new long[][] {{0, -1}, {0, 1}, {-1, 0}, {1, 0}}) {
            long x = at % width + by[0];
            long y = at / width + by[1];
            boolean inside = x >= 0 && x < width && y >= 0 && y < height;
            var there = inside ? state.before.get(y * width + x) : null;
            if (!own.isEmpty() && there != null && there.get(name).equals(own)) {
              if (others.remove(at)) {
                handed += own.size();
              }
            }
          }
        }
      }
      Map<Fan.Signature, Double> linked = group(asked, others, name, level);
      boolean better = sum(linked) < sum(plain);
      (better ? linked : plain).forEach((k, v) -> state.add(name, k, v * epochs));
      state.linked.merge(name, better ? handed * epochs : 0, Double::sum);
    }
    state.before = asked;
  }

  private static double sum(Map<Fan.Signature, Double> words) {
    return words.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  private static Map<Fan.Signature, Double> group(
      Map<Long, Map<String, Set<List<Long>>>> asked,
      Set<Long> among,
      String tensor,
      Nest.Level level) {
    Map<Object, Long> alike = new LinkedHashMap<>();
    Map<Object, Integer> size = new HashMap<>();
    for (long at : among) {
      Set<List<Long>> words = asked.get(at).get(tensor);
      if (!words.isEmpty()) {
        Object key = level.noReuse().contains(tensor) ? (Object) at : words;
        alike.merge(key, 1L, Long::sum);
        size.put(key, words.size());
      }
    }
    Map<Long, double[]> by = new HashMap<>();
    alike.forEach(
        (key, n) -> {
          double[] sum = by.computeIfAbsent(n, k -> new double[2]);
          sum[0] += size.get(key);
          sum[1]++;
        });
    Map<Fan.Signature, Double> all = new HashMap<>();
    by.forEach((n, sum) -> all.put(new Fan.Signature(n, (long) sum[1]), sum[0]));
    return all;
  }

  /** Only the first child is looked into; the others ask for the same, where they are. */
  private void fill(
      int loop,
      long base,
      Map<Long, Map<String, Set<List<Long>>>> asked,
      Map<String, Set<List<Long>>> first) {
    long n = iterations(loop);
    for (long i = 0; i < n; i++) {
      index[loop] = i;
      long at = base * n + i;
      boolean innermost = loop == loops.size() - 1;
      if (!innermost && isSpace(loop + 1)) {
        fill(loop + 1, at, asked, first);
        continue;
      }
      long place = skewed(loops.get(loop).level(), at);
      if (innermost) {
        stamp.set(stamp.size() - 1, place);
        computes.merge(List.copyOf(stamp), epochs, Double::sum);
        Map<String, Set<List<Long>>> point = new HashMap<>();
        nest.einsum().tensors().forEach(t -> point.put(t.name(), tile(t, loop + 1)));
        asked.put(place, point);
      } else if (first.isEmpty()) {
        stamp.set(stamp.size() - 1, place);
        first.putAll(compute(loop + 1));
        asked.put(place, Map.copyOf(first));
      } else {
        Map<String, Set<List<Long>>> moved = new HashMap<>();
        for (TensorAccess t : nest.einsum().tensors()) {
          moved.put(t.name(), moved(t, loop, first.get(t.name())));
        }
        asked.put(place, moved);
      }
    }
    index[loop] = 0;
  }

  /** Words as far from those of the first child as this child is from it. */
  private Set<List<Long>> moved(TensorAccess t, int loop, Set<List<Long>> words) {
    Map<String, Long> by = new HashMap<>();
    for (int i = loop; i >= 0 && isSpace(i); i--) {
      by.merge(
          loops.get(i).dimension(), index[i] * covered(i + 1, loops.get(i).dimension()), Long::sum);
    }
    Set<List<Long>> all = new HashSet<>();
    for (List<Long> word : words) {
      List<Long> there = new ArrayList<>();
      for (int r = 0; r < word.size(); r++) {
        long x = word.get(r);
        for (Affine.Term term : t.ranks().get(r).expression().terms()) {
          x += term.coefficient() * by.getOrDefault(term.variable(), 0L);
        }
        there.add(x);
      }
      all.add(there);
    }
    return all;
  }

  /** Values of a dimension that all loops from here on cover in a full turn. */
  private long covered(int from, String dimension) {
    long all = 1;
    for (int i = from; i < loops.size(); i++) {
      all *= dimension.equals(loops.get(i).dimension()) ? loops.get(i).count() : 1;
    }
    return all;
  }

  /** The same in the last turn. */
  private long rest(int from, String dimension) {
    long all = 1;
    for (int i = from; i < loops.size(); i++) {
      if (dimension.equals(loops.get(i).dimension())) {
        all = covered(i + 1, dimension) * (loops.get(i).last() - 1) + rest(i + 1, dimension);
        break;
      }
    }
    return all;
  }

  /** All words between the first and the last that the loops from here on touch. */
  private Set<List<Long>> tile(TensorAccess t, int from) {
    Set<List<Long>> words = new HashSet<>(List.of(List.of()));
    for (TensorAccess.Rank rank : t.ranks()) {
      long low = 0;
      long high = 0;
      for (Affine.Term term : rank.expression().terms()) {
        String d = term.variable();
        long at = 0;
        for (int o = 0; o < from; o++) {
          at += d.equals(loops.get(o).dimension()) ? index[o] * covered(o + 1, d) : 0;
        }
        long size = isLast(from, d) ? rest(from, d) : covered(from, d);
        low += term.coefficient() * at;
        high += term.coefficient() * (at + size - 1);
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

  private Set<List<Long>> take(State s, String tensor, Set<List<Long>> tile, int level) {
    Set<List<Long>> old = s.lastTile.put(tensor, tile);
    if (old == null || nest.levels().get(level).noTemporalReuse().contains(tensor)) {
      s.lastMove.remove(tensor);
      return tile;
    }
    long[] by = centre(tile);
    double[] from = mean(old);
    double[] to = mean(tile);
    for (int i = 0; i < by.length; i++) {
      double d = to[i] - from[i];
      by[i] = (long) (Math.signum(d) * Math.floor(Math.abs(d) + 0.5));
    }
    boolean stays = Arrays.stream(by).allMatch(x -> x == 0);
    long[] last = s.lastMove.get(tensor);
    if (!stays && last != null && !Arrays.equals(last, by)) {
      s.lastMove.remove(tensor);
      return tile;
    }
    if (!stays) {
      s.lastMove.put(tensor, by);
    }
    return boxWithout(tile, old);
  }

  private static long[] centre(Set<List<Long>> words) {
    return new long[words.iterator().next().size()];
  }

  private static double[] mean(Set<List<Long>> words) {
    double[] sum = new double[words.iterator().next().size()];
    for (List<Long> w : words) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += w.get(i);
      }
    }
    for (int i = 0; i < sum.length; i++) {
      sum[i] /= words.size();
    }
    return sum;
  }

  /** What is new, if that is a box; otherwise everything. */
  private static Set<List<Long>> boxWithout(Set<List<Long>> tile, Set<List<Long>> old) {
    Set<List<Long>> fresh = new HashSet<>(tile);
    fresh.removeAll(old);
    if (fresh.isEmpty() || fresh.size() == tile.size()) {
      boolean differ = differing(tile, old) > 1;
      return fresh.isEmpty() && differ ? tile : fresh;
    }
    return differing(tile, old) == 1 && isBox(fresh) ? fresh : tile;
  }

  private static boolean isBox(Set<List<Long>> words) {
    long size = 1;
    for (long[] range : ranges(words)) {
      size *= range[1] - range[0] + 1;
    }
    return size == words.size();
  }

  private static int differing(Set<List<Long>> a, Set<List<Long>> b) {
    List<long[]> x = ranges(a);
    List<long[]> y = ranges(b);
    int n = 0;
    for (int i = 0; i < x.size(); i++) {
      n += Arrays.equals(x.get(i), y.get(i)) ? 0 : 1;
    }
    return n;
  }

  private static List<long[]> ranges(Set<List<Long>> words) {
    List<long[]> all = new ArrayList<>();
    for (int i = 0; i < words.iterator().next().size(); i++) {
      long low = Long.MAX_VALUE;
      long high = Long.MIN_VALUE;
      for (List<Long> w : words) {
        low = Math.min(low, w.get(i));
        high = Math.max(high, w.get(i));
      }
      all.add(new long[] {low, high});
    }
    return all;
  }

  /** Whether where children are depends on a loop, so that all of it is run. */
  private boolean turnsSkew(int loop) {
    Loop l = loops.get(loop);
    return nest.levels().get(l.level()).skew().stream()
        .flatMap(s -> s.terms().stream())
        .flatMap(t -> t.first().stream())
        .anyMatch(i -> !i.space() && i.dimension().equals(l.dimension()));
  }

  private long skewed(int level, long at) {
    var skew = nest.levels().get(level).skew();
    if (skew.isEmpty()) {
      return at;
    }
    long sum = 0;
    for (Nest.SkewTerm term : skew.get().terms()) {
      long product = term.constant();
      for (Nest.Index i : List.of(term.first().orElseThrow())) {
        for (int o = 0; o < loops.size(); o++) {
          Loop l = loops.get(o);
          boolean it = l.level() == level && i.dimension().equals(l.dimension());
          product *= it && isSpace(o) == i.space() ? index[o] : 1;
        }
      }
      sum += product;
    }
    return Math.floorMod(sum, skew.get().modulo());
  }
}
