package org.einloom.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The instances of a level next to another one, over links of the fanouts between the level and its
 * parent. The position along a dimension counts through its loops, the innermost fastest; one
 * further is one more of the innermost loop that is not at its end, with all loops inside it back
 * at 0.
 */
final class Adjacent {
  /**
   * A link.
   *
   * @param instance at its other end
   * @param fanout the architecture node that it belongs to
   */
  record Link(long instance, int fanout) {}

  /** The loops along one dimension, the innermost first, and what an index adds to an instance. */
  @SuppressWarnings("ArrayRecordComponent") // internal; never compared
  private record Line(int fanout, long[] count, long[] weight) {
    /** How far on the instance at the next position is; 0 if there is none. */
    long next(long instance, boolean up) {
      long by = 0;
      for (int i = 0; i < count.length; i++) {
        long index = instance / weight[i] % count[i];
        if (up ? index + 1 < count[i] : index > 0) {
          return by + (up ? weight[i] : -weight[i]);
        }
        by += (up ? -1 : 1) * (count[i] - 1) * weight[i];
      }
      return 0;
    }
  }

  private final List<Line> lines = new ArrayList<>();
  private final Map<Long, List<Link>> known = new HashMap<>();

  Adjacent(Chain chain, int level) {
    Compiled c = chain.compiled;
    if (level == 0 || level == chain.levels) {
      return; // computes keep nothing
    }
    for (int fanout : chain.above(level)) {
      if (c.links(chain.tensor, fanout)) {
        int dimensions =
            ((org.einloom.arch.Fanout) c.architecture.nodes().get(fanout)).dimensions().size();
        for (int d = 0; d < dimensions; d++) {
          line(c, chain.depth(level), fanout, d);
        }
      }
    }
  }

  private void line(Compiled c, int depth, int fanout, int dimension) {
    List<long[]> loops = new ArrayList<>();
    long weight = 1;
    for (int l = depth - 1; l >= 0; l--) {
      if (!c.temporal(l)) {
        if (c.loopFanout[l] == fanout && c.loopDimension[l] == dimension) {
          loops.add(new long[] {c.loopCount[l], weight});
        }
        weight = Limits.multiply(weight, c.loopCount[l]);
      }
    }
    if (!loops.isEmpty()) {
      lines.add(
          new Line(
              fanout,
              loops.stream().mapToLong(l -> l[0]).toArray(),
              loops.stream().mapToLong(l -> l[1]).toArray()));
    }
  }

  /** Whether there are any. */
  boolean any() {
    return !lines.isEmpty();
  }

  /** Those next to an instance, in the order in which they are asked. */
  List<Link> to(long instance) {
    return known.computeIfAbsent(instance, this::find);
  }

  private List<Link> find(long instance) {
    List<Link> links = new ArrayList<>();
    for (Line line : lines) {
      for (boolean up : new boolean[] {false, true}) {
        long by = line.next(instance, up);
        if (by != 0) {
          links.add(new Link(instance + by, line.fanout));
        }
      }
    }
    return List.copyOf(links);
  }
}
