package org.einloom.evaluation.timeloop;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The children of one instance, where they are, and which of them are served together.
 *
 * @param elements by position, row by row, how far the tiles of each tensor are from those of the
 *     first child
 * @param width of a row: what the hardware has, or what the loops make if that is more
 * @param height of a column
 */
public record Fan(Map<Long, long[][]> elements, long width, long height) {
  /**
   * Words by how many children get them together, and how many groups of that size there are.
   *
   * @param multicast children that get the same
   * @param scatter groups of so many
   */
  public record Signature(long multicast, long scatter) {}

  /**
   * What goes out to the children.
   *
   * @param words each counted once for all that get it
   * @param hops of all groups together, from the edge of the array; the mean over words
   */
  public record Sent(double words, double hops) {}

  /** What several children get at once. */
  enum Sharing {
    /** Nothing. */
    NOTHING,
    /** Tiles that are equal. */
    TILES,
    /** Every word. */
    WORDS;

    /** Of a tensor below a level. */
    static Sharing of(Nest.Level level, String tensor, Switches switches) {
      if (level.noReuse().contains(tensor)) {
        return NOTHING;
      }
      return switches.has(Switches.Switch.SHARED_WORDS) ? WORDS : TILES;
    }
  }

  /** The children of this instance of a level. */
  static Fan of(Geometry g, int level, long[] index, Mesh mesh, Function<long[], Long> skewed) {
    Map<Long, long[][]> elements = new HashMap<>();
    long x = 1;
    long y = 1;
    for (int i = g.firstSpace[level]; i < g.end[level]; i++) {
      if (g.loops.get(i).axis() == Nest.Axis.X) {
        x *= g.loops.get(i).count();
      } else {
        y *= g.loops.get(i).count();
      }
    }
    fill(g, level, g.firstSpace[level], index, 0, elements, skewed);
    return new Fan(elements, Math.max(x, mesh.x()), Math.max(y, mesh.y()));
  }

  /** Physical sizes of a fanout. */
  public record Mesh(long x, long y) {}

  private static void fill(
      Geometry g,
      int level,
      int loop,
      long[] index,
      long base,
      Map<Long, long[][]> elements,
      Function<long[], Long> skewed) {
    if (loop == g.end[level]) {
      long[][] by = new long[g.tensors.size()][];
      for (int t = 0; t < by.length; t++) {
        by[t] = new long[g.tensors.get(t).ranks().size()];
        for (int i = g.firstSpace[level]; i < loop; i++) {
          long[] m = g.motion(t, i, index[i]);
          for (int r = 0; r < m.length; r++) {
            by[t][r] += m[r];
          }
        }
      }
      long skew = skewed.apply(index);
      if (elements.put(skew < 0 ? base : skew, by) != null) {
        throw new org.einloom.workload.InvalidSpecException(
            "the skew at '%s' sends two children to one place"
                .formatted(g.nest.levels().get(level).memory()));
      }
      return;
    }
    var l = g.loops.get(loop);
    long n = g.inLast(loop, index) ? l.last() : l.count();
    for (long i = 0; i < n; i++) {
      index[loop] = i;
      fill(g, level, loop + 1, index, base * n + i, elements, skewed);
    }
    index[loop] = 0;
  }

  /** What children ask for, given what the first one does. */
  Map<Long, Delta> deltas(int tensor, Delta first) {
    Map<Long, Delta> deltas = new HashMap<>();
    elements.forEach((at, by) -> deltas.put(at, first.moved(by[tensor])));
    return deltas;
  }

  /**
   * Groups children that ask for the same.
   *
   * @param among those that are not served in another way
   */
  Map<Signature, Sent> sent(Map<Long, Delta> deltas, Set<Long> among, Sharing sharing) {
    if (sharing == Sharing.WORDS) {
      return Union.sent(deltas, among, this::hops);
    }
    boolean shared = sharing == Sharing.TILES;
    Map<Object, List<Long>> groups = new HashMap<>();
    for (long at : among) {
      Delta d = deltas.get(at);
      if (d != null && d.words() > 0) {
        groups.computeIfAbsent(shared ? d : (Object) at, k -> new ArrayList<>()).add(at);
      }
    }
    Map<Long, double[]> bySize = new HashMap<>();
    for (List<Long> group : groups.values()) {
      Delta d = deltas.get(group.getFirst());
      double[] sum = bySize.computeIfAbsent((long) group.size(), k -> new double[3]);
      sum[0] += d == null ? 0 : d.words();
      sum[1]++;
      sum[2] += hops(group);
    }
    Map<Signature, Sent> sent = new HashMap<>();
    bySize.forEach((m, sum) -> sent.put(new Signature(m, (long) sum[1]), new Sent(sum[0], sum[2])));
    return sent;
  }

  /**
   * Words enter in the middle of the left edge, go along the row to the farthest column, and in
   * every column from there up and down as far as there are children.
   */
  private double hops(Collection<Long> group) {
    double centre = (height - 1) / 2.0;
    long farthest = 0;
    Map<Long, double[]> columns = new HashMap<>();
    for (long at : group) {
      long row = at / width;
      farthest = Math.max(farthest, at % width);
      double[] reach = columns.computeIfAbsent(at % width, k -> new double[2]);
      reach[0] = Math.max(reach[0], centre - row);
      reach[1] = Math.max(reach[1], row - centre);
    }
    return farthest + columns.values().stream().mapToDouble(r -> r[0] + r[1]).sum();
  }

  /** The children of which a neighbour asked, a step ago, for what they ask for now. */
  Set<Long> linked(Map<Long, Delta> now, Map<Long, Delta> before, boolean toroidal) {
    Set<Long> linked = new java.util.HashSet<>();
    now.forEach(
        (at, delta) -> {
          if (delta.words() > 0
              && neighbours(at, toroidal).stream().anyMatch(n -> delta.equals(before.get(n)))) {
            linked.add(at);
          }
        });
    return linked;
  }

  private List<Long> neighbours(long at, boolean toroidal) {
    long x = at % width;
    long y = at / width;
    List<Long> all = new ArrayList<>();
    if (y >= height) {
      return all;
    }
    add(all, x, y - 1, toroidal && height > 1);
    add(all, x, y + 1, toroidal && height > 1);
    add(all, x - 1, y, toroidal && width > 1);
    add(all, x + 1, y, toroidal && width > 1);
    return all;
  }

  private void add(List<Long> all, long x, long y, boolean around) {
    long u = around ? Math.floorMod(x, width) : x;
    long v = around ? Math.floorMod(y, height) : y;
    if (u >= 0 && u < width && v >= 0 && v < height) {
      all.add(v * width + u);
    }
  }
}
