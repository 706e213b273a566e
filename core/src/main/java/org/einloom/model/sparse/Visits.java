package org.einloom.model.sparse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.einloom.mapping.MappingNode.Spatial;
import org.einloom.model.sparse.IndexClasses.Alike;
import org.einloom.workload.TensorAccess;

/**
 * Every visit of a place of a tensor: an instance and the loops that are given while it keeps its
 * tile. These are the spatial ones above it, and the temporal ones as far in as the last over a
 * variable of the tensor that still iterates, where the visit stands, more than once: in a last
 * tile fewer may do so. Of a compute every step is one.
 */
final class Visits {
  /** More than anybody waits for. */
  private static final long MOST = SparseAnalysis.MOST_PLACES;

  private static final int ASK_EVERY = 256;

  private final IndexClasses loops;
  private final Routes routes;
  private final Odds odds;
  private final BooleanSupplier stop;
  private int sinceAsked;

  /** By tensor: by place, the loops above it. */
  private final Map<String, BitSet[]> above = new HashMap<>();

  private final Map<String, BitSet> relevant = new HashMap<>();

  /**
   * Visits of one mapping.
   *
   * @param stop whether to end now
   */
  Visits(IndexClasses loops, Routes routes, Odds odds, BooleanSupplier stop) {
    this.stop = stop;
    this.loops = loops;
    this.routes = routes;
    this.odds = odds;
  }

  /** Loops above a place. */
  BitSet above(TensorAccess t, int place) {
    return (BitSet) loopsAbove(t, place).clone();
  }

  private BitSet loopsAbove(TensorAccess t, int place) {
    BitSet[] sets = above.get(t.name());
    if (sets == null) {
      sets = new BitSet[routes.memories(t).size() + 1];
      for (int k = 0; k < sets.length; k++) {
        int node = routes.node(t, k);
        sets[k] = new BitSet();
        for (int i = 0; i < loops.size(); i++) {
          sets[k].set(i, loops.loop(i).node() < node);
        }
      }
      above.put(t.name(), sets);
    }
    return sets[place];
  }

  /** Loops over variables that index a tensor. */
  BitSet relevant(TensorAccess t) {
    return (BitSet) moving(t).clone();
  }

  private BitSet moving(TensorAccess t) {
    return relevant.computeIfAbsent(
        t.name(),
        _ -> {
          var set = new BitSet();
          for (int i = 0; i < loops.size(); i++) {
            set.set(i, t.indexedBy(loops.loop(i).loop().variable()));
          }
          return set;
        });
  }

  /** Loops over the children of a fanout. */
  BitSet spread(String fanout) {
    var spread = new BitSet();
    for (int i = 0; i < loops.size(); i++) {
      spread.set(i, loops.loop(i).loop() instanceof Spatial s && s.fanout().equals(fanout));
    }
    return spread;
  }

  /** The visit of a place in which another place of the nest lies. */
  int[] around(TensorAccess t, int place, int[] index) {
    int[] visit = tile(t, place, index);
    int last = last(t, place, visit);
    for (int i = last + 1; i < visit.length; i++) {
      if (!loops.spatial(i)) {
        visit[i] = IndexClasses.FREE;
      }
    }
    return visit;
  }

  /** The last temporal loop that moves the tile; of a compute, the last of all. */
  private int last(TensorAccess t, int place, int[] index) {
    if (place == routes.memories(t).size()) {
      return loops.size();
    }
    BitSet moving = moving(t);
    BitSet above = loopsAbove(t, place);
    int last = -1;
    for (int i = moving.nextSetBit(0); i >= 0; i = moving.nextSetBit(i + 1)) {
      if (above.get(i) && !loops.spatial(i) && loops.repeats(i, index)) {
        last = i;
      }
    }
    return last;
  }

  /**
   * Whether a value is there that what enters a word starts from: it is not the first to enter in
   * the visit of its parent, or that one started from a value which it was the one to get, as the
   * first of those that entered with it.
   */
  boolean started(TensorAccess t, int k, int[] index) {
    int[] visit = around(t, k, index);
    int[] outer = around(t, k - 1, index);
    BitSet irrelevant = relevant(t);
    irrelevant.flip(0, loops.size());
    for (int i = irrelevant.nextSetBit(0); i >= 0; i = irrelevant.nextSetBit(i + 1)) {
      if (!loops.spatial(i) && visit[i] > 0 && outer[i] == IndexClasses.FREE) {
        return true;
      }
    }
    if (k == 1) {
      return false;
    }
    BitSet between = above(t, k - 1);
    between.andNot(above(t, k - 2));
    between.and(irrelevant);
    for (int i = between.nextSetBit(0); i >= 0; i = between.nextSetBit(i + 1)) {
      if (loops.spatial(i) && outer[i] > 0) {
        return false;
      }
    }
    return started(t, k - 1, outer);
  }

  /**
   * Returns if the visits of a tensor lie in each other: an instance that idles in a last tile may
   * keep its own for longer than the memory outside does.
   */
  void nested(TensorAccess t, int place, int[] index) {
    if (loops.divide()) {
      return; // no instance ever idles
    }
    int[] inner = around(t, place, index);
    for (int k = place - 1; k > 0; k--) {
      int[] outer = around(t, k, index);
      for (int i = 0; i < outer.length; i++) {
        if (inner[i] == IndexClasses.FREE && outer[i] != IndexClasses.FREE) {
          throw odds.refuse(
              "instances that idle in a last tile keep '"
                  + t.name()
                  + "' for longer than the memory outside");
        }
      }
      inner = outer;
    }
  }

  /** Only the loops above a place, all of them. */
  int[] tile(TensorAccess t, int place, int[] index) {
    var tile = index.clone();
    BitSet above = loopsAbove(t, place);
    for (int i = 0; i < tile.length; i++) {
      if (!above.get(i)) {
        tile[i] = IndexClasses.FREE;
      }
    }
    return tile;
  }

  /**
   * Looks at all visits of a place.
   *
   * @param together spatial loops whose iterations are looked at together
   * @param taker takes those that are active, and how often there are such
   */
  void each(TensorAccess t, int place, BitSet together, BiConsumer<List<int[]>, Long> taker) {
    var index = new int[loops.size()];
    Arrays.fill(index, IndexClasses.FREE);
    BitSet first = above(t, place);
    first.and(relevant(t));
    for (int i = 0; i < loops.size(); i++) {
      if (loops.spatial(i) && above(t, place).get(i)) {
        first.set(i);
      }
    }
    first.andNot(together);
    long groups = 1;
    BitSet all = above(t, place);
    for (int i = all.nextSetBit(0); i >= 0; i = all.nextSetBit(i + 1)) {
      groups *= together.get(i) ? loops.each(i).size() : loops.classes(i).size();
      if (groups > MOST) {
        throw odds.refuse(
            "more than %,d places of '%s' to look at one by one".formatted(MOST, t.name()));
      }
    }
    choose(
        first,
        index,
        1,
        (moved, n) -> {
          int last = last(t, place, moved);
          BitSet others = above(t, place);
          others.andNot(first);
          others.andNot(together);
          for (int i = 0; i < loops.size(); i++) {
            if (i > last) {
              others.clear(i);
            }
          }
          choose(
              others,
              moved,
              n,
              (given, count) -> {
                List<int[]> group = children(all, together, given);
                if (!group.isEmpty()) {
                  taker.accept(group, count);
                }
              });
        });
  }

  /** Takes instances as they move on. */
  interface Moves {
    /**
     * Some instances that get their tiles together.
     *
     * @param before where each has been before, one for one; none if nowhere
     * @param count how often there are such
     */
    void take(List<int[]> now, List<int[]> before, long count);
  }

  /**
   * Looks at every change of the loops above a place, whether the tile moves or not, where tiles
   * divide: one loop has gone on, those further in have begun anew.
   *
   * @param together spatial loops whose iterations are looked at together
   */
  void moves(TensorAccess t, int place, BitSet together, Moves taker) {
    BitSet all = above(t, place);
    var temporal = new BitSet();
    var spread = new BitSet();
    long groups = 1;
    for (int i = all.nextSetBit(0); i >= 0; i = all.nextSetBit(i + 1)) {
      temporal.set(i, !loops.spatial(i));
      spread.set(i, loops.spatial(i) && !together.get(i));
      groups *= together.get(i) ? loops.each(i).size() : loops.classes(i).size();
      if (groups > MOST) {
        throw odds.refuse(
            "more than %,d places of '%s' to look at one by one".formatted(MOST, t.name()));
      }
    }
    var index = new int[loops.size()];
    Arrays.fill(index, IndexClasses.FREE);
    choose(
        spread,
        index,
        1,
        (at, n) -> {
          temporal.stream().forEach(i -> at[i] = 0);
          taker.take(children(all, together, at), List.of(), n);
          for (int i = temporal.nextSetBit(0); i >= 0; i = temporal.nextSetBit(i + 1)) {
            advance(all, temporal, together, i, at, n, taker);
          }
          temporal.stream().forEach(i -> at[i] = IndexClasses.FREE);
        });
  }

  private void advance(
      BitSet above, BitSet temporal, BitSet together, int loop, int[] at, long n, Moves taker) {
    var outer = (BitSet) temporal.clone();
    outer.clear(loop, loops.size());
    var index = at.clone();
    choose(
        outer,
        index,
        n,
        (given, count) -> {
          for (Alike c : loops.classes(loop)) {
            if (c.index() == 0) {
              continue; // the first iteration is alike to none
            }
            var now = given.clone();
            var before = given.clone();
            now[loop] = c.index();
            before[loop] = c.index() - 1;
            for (int i = temporal.nextSetBit(loop + 1); i >= 0; i = temporal.nextSetBit(i + 1)) {
              now[i] = 0;
              before[i] = Math.toIntExact(loops.loop(i).count() - 1);
            }
            taker.take(
                children(above, together, now),
                children(above, together, before),
                count * c.count());
          }
        });
  }

  private void stopIfAsked() {
    if (++sinceAsked >= ASK_EVERY) {
      sinceAsked = 0;
      if (stop.getAsBoolean()) {
        throw new StoppedException();
      }
    }
  }

  private List<int[]> children(BitSet above, BitSet together, int[] index) {
    stopIfAsked();
    var children = new ArrayList<int[]>();
    var spread = (BitSet) together.clone();
    spread.and(above);
    List<int[]> all = List.of(index.clone());
    for (int i = spread.nextSetBit(0); i >= 0; i = spread.nextSetBit(i + 1)) {
      var next = new ArrayList<int[]>();
      for (int[] a : all) {
        for (Alike c : loops.each(i)) {
          var b = a.clone();
          b[i] = c.index();
          next.add(b);
        }
      }
      all = next;
    }
    for (int[] a : all) {
      if (loops.active(a)) {
        children.add(a);
      }
    }
    return children;
  }

  private void choose(BitSet of, int[] index, long count, BiConsumer<int[], Long> taker) {
    choose(of, of.nextSetBit(0), index, count, taker);
  }

  private void choose(BitSet of, int i, int[] index, long count, BiConsumer<int[], Long> taker) {
    if (i < 0) {
      taker.accept(index, count);
      return;
    }
    for (Alike c : loops.classes(i)) {
      index[i] = c.index();
      choose(of, of.nextSetBit(i + 1), index, count * c.count(), taker);
    }
    index[i] = IndexClasses.FREE;
  }
}
