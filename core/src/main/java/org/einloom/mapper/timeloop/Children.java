package org.einloom.mapper.timeloop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.einloom.evaluation.timeloop.Machine;

/**
 * The children of one instance of a level, which of them ask for the same words of one tensor, and
 * which get theirs from a neighbour: what {@link org.einloom.evaluation.timeloop.Fan} finds out
 * step by step, for all steps in which the tile moves by the same.
 *
 * <p>All children hold tiles of one size, and ask for the same part of them. So two ask for the
 * same words if their tiles stand at the same place; and a neighbour asked a step ago for what a
 * child asks for now, if it asked for the same part, and stands where the child's tile was.
 */
final class Children {
  /**
   * What goes out in a step, for one word that a child asks for.
   *
   * @param sent words, each counted once for all that share it
   * @param received words by a child, the mean
   * @param linked words that children hand on
   * @param networkPj of one instance
   */
  record Served(double sent, double received, double linked, double networkPj) {}

  private final int count;
  private final boolean shared;
  private final boolean toroidal;
  private final Machine.Level level;
  private final boolean result;
  private final long width;
  private final long height;

  /** By child, in the order of its index: which place it stands at, and how far that is. */
  private final int[] place;

  private final List<long[]> places = new ArrayList<>();
  private final Map<List<Long>, Integer> numbers = new HashMap<>();
  private final Map<List<Long>, Served> linked = new HashMap<>();
  final Served alone;

  /**
   * Places children.
   *
   * @param loops in space, outermost first
   * @param motions by loop, how far a tile is from that of the child before
   */
  Children(
      List<SpaceLoop> loops,
      long[][] motions,
      int ranks,
      boolean shared,
      boolean toroidal,
      Machine.Level level,
      boolean result) {
    this.shared = shared;
    this.toroidal = toroidal;
    this.level = level;
    this.result = result;
    int n = 1;
    long x = 1;
    long y = 1;
    for (SpaceLoop l : loops) {
      n = Math.toIntExact(n * l.count());
      x *= l.axis() == org.einloom.evaluation.timeloop.Nest.Axis.X ? l.count() : 1;
      y *= l.axis() == org.einloom.evaluation.timeloop.Nest.Axis.Y ? l.count() : 1;
    }
    count = n;
    width = Math.max(x, level.fan().x());
    height = Math.max(y, level.fan().y());
    place = new int[n];
    for (int child = 0; child < n; child++) {
      long[] at = new long[ranks];
      long rest = child;
      for (int i = loops.size() - 1; i >= 0; i--) {
        long index = rest % loops.get(i).count();
        rest /= loops.get(i).count();
        for (int r = 0; r < ranks; r++) {
          at[r] += index * motions[i][r];
        }
      }
      place[child] = number(at);
    }
    boolean[] everyone = new boolean[n];
    Arrays.fill(everyone, true);
    alone = serve(everyone, n);
  }

  /**
   * Children without networks or neighbours, of which only the number of different tiles counts.
   */
  Children(int count, int groups, boolean shared, Machine.Level level) {
    this.count = count;
    this.shared = shared;
    this.level = level;
    toroidal = false;
    result = false;
    width = level.fan().x();
    height = level.fan().y();
    place = new int[0];
    alone = new Served(shared ? groups : count, 1, 0, 0);
  }

  private int number(long[] at) {
    List<Long> key = Arrays.stream(at).boxed().toList();
    Integer known = numbers.get(key);
    if (known == null) {
      known = places.size();
      numbers.put(key, known);
      places.add(at);
    }
    return known;
  }

  int count() {
    return count;
  }

  /** The largest distance of two neighbours in a rank. */
  long reach(int rank) {
    long most = 0;
    for (int c = 0; c < count; c++) {
      for (int n : neighbours(c)) {
        most = Math.max(most, Math.abs(places.get(place[n])[rank] - places.get(place[c])[rank]));
      }
    }
    return most;
  }

  /** What goes out when tiles have moved by so much, and a step ago the same part was asked for. */
  Served after(long[] motion) {
    List<Long> key = Arrays.stream(motion).boxed().toList();
    return linked.computeIfAbsent(key, k -> afterMoving(motion));
  }

  private Served afterMoving(long[] motion) {
    boolean[] fromAbove = new boolean[count];
    int left = count;
    for (int c = 0; c < count; c++) {
      long[] at = places.get(place[c]).clone();
      for (int r = 0; r < at.length; r++) {
        at[r] += motion[r];
      }
      Integer before = numbers.get(Arrays.stream(at).boxed().toList());
      fromAbove[c] = before == null || neighbours(c).stream().noneMatch(n -> place[n] == before);
      left -= fromAbove[c] ? 0 : 1;
    }
    if (left == count) {
      return alone;
    }
    Served with = serve(fromAbove, left);
    return with.sent() < alone.sent() ? with : alone;
  }

  private Served serve(boolean[] among, int members) {
    Map<Integer, List<Integer>> groups = new HashMap<>();
    for (int c = 0; c < count; c++) {
      if (among[c]) {
        groups.computeIfAbsent(shared ? place[c] : c, k -> new ArrayList<>()).add(c);
      }
    }
    boolean mesh = level.down().isEmpty() && costs();
    // by how many children share: groups, and hops of all of them
    Map<Integer, double[]> sizes = new HashMap<>();
    for (List<Integer> group : groups.values()) {
      double[] sum = sizes.computeIfAbsent(group.size(), k -> new double[2]);
      sum[0]++;
      sum[1] += mesh && count > 1 ? hops(group) : 0;
    }
    double pj = 0;
    for (Map.Entry<Integer, double[]> e : sizes.entrySet()) {
      double n = e.getValue()[0];
      double hops = e.getValue()[1];
      int together = e.getKey();
      if (level.down().isPresent()) {
        var figure = level.down().get().transferPj().get((long) together);
        // a mapping that needs a figure that is not given cannot be costed, so it is none
        pj += figure == null ? Double.POSITIVE_INFINITY : n * figure.value();
      } else {
        pj += hops * level.hopPj().value();
        pj += n * (1 + Math.floor(hops / n)) * level.routerPj().value();
      }
      if (result && level.up().isPresent()) {
        pj += n * Math.floor(log2(together) + 1e-9) * 0.5 * level.up().get().hopPj().value();
        pj += n * (together - 1) * level.up().get().addPj().value();
      }
    }
    double handed = count - members;
    if (level.down().isEmpty()) {
      pj += handed * (level.hopPj().value() + 2 * level.routerPj().value());
    }
    return new Served(groups.size(), (double) members / count, handed, pj);
  }

  private boolean costs() {
    return level.hopPj().value() > 0 || level.routerPj().value() > 0;
  }

  private static double log2(int n) {
    return Math.log(n) / Math.log(2);
  }

  /** As in {@link org.einloom.evaluation.timeloop.Fan}. */
  private double hops(List<Integer> group) {
    double centre = (height - 1) / 2.0;
    long farthest = 0;
    Map<Long, double[]> columns = new HashMap<>();
    for (int at : group) {
      long row = at / width;
      farthest = Math.max(farthest, at % width);
      double[] reach = columns.computeIfAbsent(at % width, k -> new double[2]);
      reach[0] = Math.max(reach[0], centre - row);
      reach[1] = Math.max(reach[1], row - centre);
    }
    return farthest + columns.values().stream().mapToDouble(r -> r[0] + r[1]).sum();
  }

  private List<Integer> neighbours(int at) {
    long x = at % width;
    long y = at / width;
    List<Integer> all = new ArrayList<>(4);
    if (y < height) {
      add(all, x, y - 1, toroidal && height > 1);
      add(all, x, y + 1, toroidal && height > 1);
      add(all, x - 1, y, toroidal && width > 1);
      add(all, x + 1, y, toroidal && width > 1);
    }
    return all;
  }

  private void add(List<Integer> all, long x, long y, boolean around) {
    long u = around ? Math.floorMod(x, width) : x;
    long v = around ? Math.floorMod(y, height) : y;
    long at = v * width + u;
    if (u >= 0 && u < width && v >= 0 && v < height && at < count) {
      all.add((int) at);
    }
  }
}
