package org.einloom.evaluation.timeloop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.einloom.evaluation.timeloop.Switches.Switch;
import org.einloom.workload.InvalidSpecException;

/**
 * Counts what a level sends to its children by walking through the loops outside of them, as
 * Timeloop does it: of every loop in time only its first and second iteration, the second standing
 * for all that follow, and, where some loop has fewer iterations in its last turn, its last one
 * too. Of all instances only the first is looked at; what its neighbours ask for is what it asks
 * for, at another place. This is exact where loops are regular, and an approximation elsewhere.
 */
final class Walk {
  /** Steps after which a nest is refused; some seconds. */
  private static final long MOST_STEPS = 4_000_000;

  private final Geometry g;
  private final Switches switches;
  private final int level;
  private final Fan.Mesh mesh;
  private final boolean hasSpace;
  private final boolean isInnermost;
  private final boolean tails;
  private final long[] index;
  private final Map<List<Long>, Holding[]> held = new HashMap<>();
  private final Map<List<Long>, Traffic.Sum[]> sums = new HashMap<>();
  private final Map<List<Long>, List<Map<Long, Delta>>> before = new HashMap<>();
  private final Map<BitSet, Fan> fans = new HashMap<>();
  private final Map<List<Long>, long[]> spread = new HashMap<>();
  private final Map<List<Long>, long[]> tiles = new HashMap<>();
  private final Map<List<Long>, Double> computes = new HashMap<>();
  private final List<Long> stamp = new ArrayList<>();
  private long steps;

  private Walk(Geometry g, Switches switches, int level, Fan.Mesh mesh) {
    this.g = g;
    this.switches = switches;
    this.level = level;
    this.mesh = mesh;
    hasSpace = g.firstSpace[level] < g.end[level];
    isInnermost = level == g.levels() - 1;
    tails = !g.nest.isPerfect() || !g.nest.flattened().isEmpty();
    index = new long[g.loops.size()];
  }

  /**
   * What a level sends.
   *
   * @param traffic by tensor
   * @param computes points of the busiest compute, by Timeloop's mean over those it looks at; NaN
   *     but for the innermost level
   */
  record Result(List<Traffic> traffic, double computes) {}

  static Result of(Geometry g, Switches switches, int level, Fan.Mesh mesh) {
    Walk walk = new Walk(g, switches, level, mesh);
    walk.go(0, 1, 1);
    return walk.result();
  }

  private Result result() {
    List<Traffic> traffic = new ArrayList<>();
    for (int t = 0; t < g.tensors.size(); t++) {
      var sum = new Traffic.Sum();
      for (Traffic.Sum[] s : sums.values()) {
        sum.addAll(s[t]);
      }
      traffic.add(sum.over(sums.size(), mean(tiles, t), hasSpace ? mean(spread, t) : 0));
    }
    double mean = computes.values().stream().mapToDouble(Double::doubleValue).sum();
    return new Result(traffic, isInnermost ? mean / computes.size() : Double.NaN);
  }

  private static long mean(Map<List<Long>, long[]> sizes, int tensor) {
    return sizes.values().stream().mapToLong(s -> s[tensor]).sum() / sizes.size();
  }

  /**
   * Walks the loops from here on.
   *
   * @param times how many steps of the loops outside this one stands for
   * @param own how many steps of the next loop out this one stands for
   */
  private void go(int loop, double times, double own) {
    int p = loop < g.loops.size() ? levelOf(loop) : level;
    if (loop == g.firstTime[level]) {
      note(tiles, loop);
    }
    if (loop == g.firstSpace[level] && p >= level) {
      step(times, own);
      return;
    }
    Geometry.Numbered l = g.loops.get(loop);
    if (!l.isTime()) {
      // instances but the first are not looked at
      index[loop] = 0;
      go(loop + 1, times, 1);
      return;
    }
    long n = g.inLast(loop, index) ? l.last() : l.count();
    boolean direct = loop == g.firstSpace[level] - 1 && loop >= g.firstTime[level] && !hasSpace;
    if (switches.has(Switch.NO_EXTRAPOLATION) || turnsSkew(loop)) {
      for (long i = 0; i < n; i++) {
        index[loop] = i;
        go(loop + 1, times, 1);
      }
    } else if (!tails || n < 3) {
      for (int i = 0; i < Math.min(n, 2); i++) {
        index[loop] = i;
        go(loop + 1, i == 0 ? times : times * (n - 1), 1);
      }
    } else {
      index[loop] = 0;
      go(loop + 1, times, 1);
      index[loop] = 1;
      go(loop + 1, times * (n - 2), direct ? (n - 1.0) / (n - 2) : 1);
      index[loop] = n - 1;
      go(loop + 1, times, direct ? 0 : 1);
    }
    index[loop] = 0;
  }

  private int levelOf(int loop) {
    return g.loops.get(loop).level();
  }

  /** The places of instances above this level, as a skew moves them. */
  private List<Long> instances() {
    stamp.clear();
    for (int q = 0; q < level; q++) {
      long skew = skewed(q, index);
      stamp.add(Math.max(skew, 0));
    }
    return List.copyOf(stamp);
  }

  private void note(Map<List<Long>, long[]> sizes, int from) {
    Box[] boxes = g.boxes(from, index);
    long[] most = sizes.computeIfAbsent(instances(), k -> new long[boxes.length]);
    for (int t = 0; t < boxes.length; t++) {
      most[t] = Math.max(most[t], boxes[t].size());
    }
  }

  private void step(double times, double own) {
    if (++steps > MOST_STEPS) {
      throw new InvalidSpecException(
          "the mapping has too many loops that end in smaller turns to be accounted for as Timeloop does it; use fewer loops, or factors that divide");
    }
    List<Long> parent = instances();
    Traffic.Sum[] sum =
        sums.computeIfAbsent(
            parent,
            k -> {
              var fresh = new Traffic.Sum[g.tensors.size()];
              Arrays.setAll(fresh, i -> new Traffic.Sum());
              return fresh;
            });
    List<Long> child = new ArrayList<>(parent);
    child.add(Math.max(skewed(level, index), 0));
    Delta[] first = fetched(child);
    if (hasSpace) {
      note(spread, g.firstSpace[level]);
      spread(times, parent, sum, first);
    } else {
      if (isInnermost) {
        computes.merge(parent, times * own, Double::sum);
      }
      var signature = new Fan.Signature(1, 1);
      for (int t = 0; t < first.length; t++) {
        sum[t].add(Map.of(signature, new Fan.Sent(first[t].words(), 0)), times * own);
      }
    }
  }

  /** What the first child asks for in this step. */
  private Delta[] fetched(List<Long> child) {
    Box[] boxes = g.boxes(g.end[level], index);
    Delta[] fetched = new Delta[boxes.length];
    if (isInnermost) {
      Arrays.setAll(fetched, t -> Delta.all(boxes[t]));
      return fetched;
    }
    Holding[] holding =
        held.computeIfAbsent(
            child,
            k -> {
              var none = new Holding[boxes.length];
              Arrays.fill(none, Holding.NOTHING);
              return none;
            });
    for (int t = 0; t < boxes.length; t++) {
      Holding.Step s = holding[t].next(boxes[t], rule(g.nest, switches, level + 1, t));
      holding[t] = s.after();
      fetched[t] = s.fetched();
    }
    return fetched;
  }

  /** How a level holds a tensor. */
  static Holding.Rule rule(Nest nest, Switches switches, int level, int tensor) {
    String name = nest.einsum().tensors().get(tensor).name();
    if (nest.levels().get(level).noTemporalReuse().contains(name)) {
      return Holding.Rule.FORGETS;
    }
    if (switches.has(Switch.NO_REFETCH)) {
      return Holding.Rule.EXACT;
    }
    return nest.flattened().isEmpty() ? Holding.Rule.AS_IT_MOVES : Holding.Rule.PLAIN;
  }

  private void spread(double times, List<Long> parent, Traffic.Sum[] sum, Delta[] first) {
    Fan fan = fan();
    Nest.Level nestLevel = g.nest.levels().get(level);
    List<Map<Long, Delta>> now = new ArrayList<>();
    List<Map<Long, Delta>> old = before.getOrDefault(parent, List.of());
    if (isInnermost) {
      for (long at : fan.elements().keySet()) {
        List<Long> element = new ArrayList<>(parent);
        element.add(at);
        computes.merge(element, times, Double::sum);
      }
    }
    for (int t = 0; t < first.length; t++) {
      String name = g.tensors.get(t).name();
      Map<Long, Delta> deltas = fan.deltas(t, first[t]);
      now.add(deltas);
      boolean links =
          !switches.has(Switch.NO_LINKS) && !nestLevel.noLinks().contains(name) && !old.isEmpty();
      Serving.of(
              fan,
              deltas,
              links ? old.get(t) : Map.of(),
              Fan.Sharing.of(nestLevel, name, switches),
              switches.has(Switch.TOROIDAL_LINKS))
          .addTo(sum[t], times);
    }
    before.put(parent, now);
  }

  private Fan fan() {
    if (g.nest.levels().get(level).skew().isPresent()) {
      return Fan.of(g, level, index, mesh, i -> skewed(level, i));
    }
    var key = new BitSet();
    for (int i = g.firstSpace[level]; i < g.end[level]; i++) {
      boolean last = true;
      for (int o = 0; o < g.firstSpace[level]; o++) {
        Geometry.Numbered outer = g.loops.get(o);
        last &= outer.dimension() != g.loops.get(i).dimension() || index[o] + 1 >= outer.last();
      }
      key.set(i, last);
    }
    return fans.computeIfAbsent(key, k -> Fan.of(g, level, index, mesh, i -> -1L));
  }

  /** Whether the skew of a loop's level depends on it, so that it has to be walked in full. */
  private boolean turnsSkew(int loop) {
    Geometry.Numbered l = g.loops.get(loop);
    String dimension = g.dimensions.get(l.dimension());
    return g.nest.levels().get(l.level()).skew().stream()
        .flatMap(s -> s.terms().stream())
        .flatMap(t -> t.first().stream())
        .anyMatch(i -> !i.space() && i.dimension().equals(dimension));
  }

  /** Where a skew puts the child of these indices; -1 where the level has none. */
  private long skewed(int at, long[] of) {
    var skew = g.nest.levels().get(at).skew();
    if (skew.isEmpty()) {
      return -1;
    }
    long sum = 0;
    for (Nest.SkewTerm term : skew.get().terms()) {
      long product = term.constant();
      product *= term.first().map(i -> value(at, i, of)).orElse(1L);
      product *= term.second().map(i -> value(at, i, of)).orElse(1L);
      sum += product;
    }
    return Math.floorMod(sum, skew.get().modulo());
  }

  private long value(int at, Nest.Index i, long[] of) {
    for (int loop = g.firstTime[at]; loop < g.end[at]; loop++) {
      Geometry.Numbered l = g.loops.get(loop);
      if (l.isTime() != i.space() && g.dimensions.get(l.dimension()).equals(i.dimension())) {
        return of[loop];
      }
    }
    return 0;
  }
}
