package org.einloom.mapper.search;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.einloom.model.LongKey;

/**
 * What the bounds of a structure depend on, in pJ beyond what it costs whatever the loops: two that
 * agree in it have the same. Fanouts next to each other often come to the same: if both merge what
 * they serve, it makes no difference which of them spreads a variable. And whether one that every
 * tensor depends on ({@link Structure#outermost}) is spread, and how often, makes none to the
 * energy unless a node's children together hold tiles of several of its values.
 *
 * <p>{@link FillBound} and {@link SlideBound} know of fanouts only what is in the costs of rounds
 * and in the children below nodes, and where tiles overlap, for each variable on its own: the
 * factors of fanouts from outside to inside, whether the requests of their children are merged, and
 * which nodes they are above. In what order spatial loops over different variables stand is nothing
 * to them. (To mappings it is: those of two such structures need not cost the same.)
 */
record Alike(Placement placement, LongKey data) {

  /** What a structure's bounds depend on. */
  static Alike of(Structure s) {
    return of(s, true);
  }

  /**
   * What {@link FirstBound} depends on: it does not know which of several fanouts that treat a node
   * alike spreads a variable.
   */
  static Alike byPositions(Structure s) {
    return of(s, false);
  }

  private static Alike of(Structure s, boolean ordered) {
    var data = new LongKey.Builder();
    boolean[] outermost = s.outermost();
    for (int v = 0; v < outermost.length; v++) {
      data.add(outermost[v] ? 0 : s.temporal[v]);
    }
    for (double[][] tensor : s.perRound) {
      for (double[] link : tensor) {
        data.add(link[0]);
      }
    }
    for (long[][] tensor : s.below) {
      for (long[] node : tensor) {
        for (long x : node) {
          data.add(x);
        }
      }
    }
    if (s.halo != null) {
      overlapping(s, s.halo, outermost, ordered, data);
    }
    return new Alike(s.placement, data.key());
  }

  private static void overlapping(
      Structure s, Halo halo, boolean[] outermost, boolean ordered, LongKey.Builder data) {
    for (Halo.Measure m : halo.measures) {
      data.add(m.costPerWord()[0]);
      data.add(m.least());
    }
    for (int v = 0; v < s.temporal.length; v++) {
      data.add(-1L);
      if (outermost[v]) {
        continue;
      }
      Map<BitSet, Long> products = new LinkedHashMap<>();
      for (int f = 0; f < s.spreads.length; f++) {
        long factor = s.spreads[f].factor()[v];
        if (factor == 1) {
          continue;
        }
        BitSet kind = new BitSet();
        for (int m = 0; m < halo.measures.size(); m++) {
          kind.set(2 * m, halo.measures.get(m).united()[f]);
          kind.set(2 * m + 1, halo.above(halo.measures.get(m).link(), f));
        }
        if (ordered && halo.overlapping[v]) {
          add(kind, factor, data);
        } else {
          products.merge(kind, factor, (a, b) -> a * b);
        }
      }
      List<Map.Entry<BitSet, Long>> sorted = new ArrayList<>(products.entrySet());
      if (sorted.size() > 1) {
        sorted.sort(Comparator.comparing(e -> e.getKey().toString()));
      }
      sorted.forEach(e -> add(e.getKey(), e.getValue(), data));
    }
  }

  private static void add(BitSet kind, long factor, LongKey.Builder data) {
    long[] bits = kind.toLongArray();
    data.add((long) bits.length);
    for (long b : bits) {
      data.add(b);
    }
    data.add(factor);
  }
}
