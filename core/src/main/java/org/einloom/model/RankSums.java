package org.einloom.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.einloom.model.TileClass.Item;
import org.jspecify.annotations.Nullable;

/**
 * Adds up one rank over the steps of one kind. With new tiles N(s) and old ones O(s) of the
 * instances s to be united, the words asked for are the x with x in N(s) in every rank and not in
 * O(s) in some rank, for some s. The instances' indices are independent between ranks, so these are
 * the product of the unions A of N(s), less the product of what is in A but in no N(s) - O(s).
 */
final class RankSums {
  private final Compiled compiled;
  private final Compiled.Rank rank;
  private final View view;
  private final int[] split;
  private final int own;
  private final boolean held;
  private final RankTiles tiles;
  private final boolean select;
  private final boolean perfect;
  private @Nullable Placed placed;

  /**
   * @param split per variable of the rank, its loops outside the advancing one
   * @param own which of the rank's variables has the advancing loop, -1 if none
   * @param held whether instances hold their old tiles; false for a first step and for computes
   */
  RankSums(Compiled compiled, Compiled.Rank rank, View view, int[] split, int own, boolean held) {
    this.compiled = compiled;
    this.rank = rank;
    this.view = view;
    this.split = split;
    this.own = own;
    this.held = held;
    boolean compare = false;
    for (byte role : view.role()) {
      compare |= role == View.TILES;
    }
    select = view.selection() > view.depth() && rank.variable.length == 1 && !rank.padded;
    boolean divides = true;
    for (int v : rank.variable) {
      divides &= compiled.perfect[v];
    }
    perfect = divides;
    tiles = new RankTiles(rank, compare, divides);
  }

  /**
   * @param fixedIndex by loop, the index of each {@link View#FIXED} loop
   */
  Sums sums(long[] fixedIndex) {
    if (perfect && !select) {
      return prepared(fixedIndex);
    }
    int n = rank.variable.length;
    List<List<TileClass>> classes = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      classes.add(
          new Variable(compiled, view, rank.variable[i], fixedIndex)
              .classes(split[i], own == i, rank.padded));
    }
    long[] total = new long[tiles.fields()];
    int[] at = new int[n];
    while (true) {
      TileClass[] tuple = new TileClass[n];
      boolean empty = false;
      for (int i = 0; i < n; i++) {
        empty |= classes.get(i).isEmpty();
        if (!empty) {
          tuple[i] = classes.get(i).get(at[i]);
        }
      }
      if (!empty) {
        add(total, tuple, fixedIndex);
      }
      int i = n - 1;
      while (i >= 0 && ++at[i] >= classes.get(i).size()) {
        at[i--] = 0;
      }
      if (i < 0) {
        return tiles.sums(total);
      }
    }
  }

  private void add(long[] total, TileClass[] tuple, long[] fixedIndex) {
    if (select) {
      Item it = tuple[0].items()[0];
      long words = Selection.words(compiled, rank.variable[0], view, fixedIndex, it.length());
      boolean same = held && !it.lost() && it.start() == it.oldStart();
      long before = Selection.words(compiled, rank.variable[0], view, fixedIndex, it.oldLength());
      add(
          total,
          new long[] {words, same ? words : 0, before, same ? words : 0, it.passed() ? 0 : before},
          tuple[0].count());
      return;
    }
    place(tuple).add(total, 0);
  }

  /**
   * Relative sets and where they stand; sums of what exists of them, wherever the whole is moved.
   */
  private final class Placed {
    private final List<RankTiles.Pair> pairs;
    private final long low;
    private final long high;
    private final long[] inside;
    private final long[] base;
    private final long[] times;
    private final Map<Long, long[]> clipped = new HashMap<>();

    Placed(
        List<RankTiles.Pair> pairs, long low, long high, long[] inside, Map<Long, Long> positions) {
      this.pairs = pairs;
      this.low = low;
      this.high = high;
      this.inside = inside;
      base = positions.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
      times = Arrays.stream(base).map(b -> positions.getOrDefault(b, 0L)).toArray();
    }

    /** In one place, where nothing is cut off. */
    Placed(List<RankTiles.Pair> pairs, long[] inside, long base, long times) {
      this.pairs = pairs;
      this.low = 0;
      this.high = 0;
      this.inside = inside;
      this.base = new long[] {base};
      this.times = new long[] {times};
    }

    void add(long[] total, long shift) {
      long whole = 0;
      for (int i = 0; i < base.length; i++) {
        long at = base[i] + shift;
        if (at + low < rank.low || at + high > rank.high) {
          RankSums.add(
              total, clipped.computeIfAbsent(at, b -> tiles.measure(pairs, b, true)), times[i]);
        } else {
          whole = Limits.add(whole, times[i]);
        }
      }
      RankSums.add(total, inside, whole);
    }
  }

  /**
   * With tiles that divide, the index of a fixed loop moves everything and changes nothing else.
   */
  private long shift(long[] fixedIndex) {
    long shift = 0;
    for (int i = 0; i < rank.variable.length; i++) {
      for (int l : compiled.loopsOf[rank.variable[i]]) {
        if (view.role()[l] == View.FIXED && l < view.depth()) {
          shift += rank.coefficient[i] * fixedIndex[l] * compiled.loopTile[l];
        }
      }
    }
    return shift;
  }

  private Sums prepared(long[] fixedIndex) {
    long[] total = new long[tiles.fields()];
    Placed ready = placed;
    if (ready == null) {
      TileClass[] tuple = new TileClass[rank.variable.length];
      long[] zero = new long[fixedIndex.length];
      for (int i = 0; i < tuple.length; i++) {
        List<TileClass> classes =
            new Variable(compiled, view, rank.variable[i], zero)
                .classes(split[i], own == i, rank.padded);
        if (classes.isEmpty()) {
          return tiles.sums(total);
        }
        tuple[i] = classes.getFirst();
      }
      ready = place(tuple);
      placed = ready;
    }
    ready.add(total, rank.padded ? shift(fixedIndex) : 0);
    return tiles.sums(total);
  }

  private Placed place(TileClass[] tuple) {
    List<RankTiles.Pair> pairs = tiles.pairs(tuple, held);
    long low = Long.MAX_VALUE;
    long high = Long.MIN_VALUE;
    for (RankTiles.Pair p : pairs) {
      low = Math.min(low, Math.min(p.now()[0], p.before()[0]));
      high =
          Math.max(high, Math.max(p.now()[p.now().length - 1], p.before()[p.before().length - 1]));
    }
    long[] inside = tiles.measure(pairs, 0, false);
    if (rank.padded) {
      return new Placed(pairs, low, high, inside, positions(tuple));
    }
    long times = 1;
    for (TileClass c : tuple) {
      times = Limits.multiply(times, c.count());
    }
    return new Placed(pairs, inside, rank.low, times);
  }

  /**
   * The size of the largest tile in any step of any instance; the view must count each instance.
   */
  long largest() {
    int n = rank.variable.length;
    long largest = 0;
    List<List<TileClass>> tuples = List.of(List.of());
    for (int i = 0; i < n; i++) {
      List<List<TileClass>> next = new ArrayList<>();
      Variable v = new Variable(compiled, view, rank.variable[i], new long[view.role().length]);
      for (List<TileClass> tuple : tuples) {
        for (TileClass c : v.classes(split[i], false, rank.padded)) {
          List<TileClass> longer = new ArrayList<>(tuple);
          longer.add(c);
          next.add(longer);
        }
      }
      tuples = next;
    }
    for (List<TileClass> list : tuples) {
      TileClass[] tuple = list.toArray(new TileClass[0]);
      long[] now = tiles.pairs(tuple, held).getFirst().now();
      if (!rank.padded) {
        largest = Math.max(largest, Words.size(now));
      } else {
        for (long base : positions(tuple).keySet()) {
          long[] clipped = Words.clip(Words.shift(now, base), rank.low, rank.high);
          largest = Math.max(largest, Words.size(clipped));
        }
      }
    }
    return largest;
  }

  /** Where the relative sets stand, and how often. */
  private Map<Long, Long> positions(TileClass[] tuple) {
    Map<Long, Long> sums = new HashMap<>();
    sums.put(rank.offset, 1L);
    for (int i = 0; i < tuple.length; i++) {
      Map<Long, Long> next = new HashMap<>();
      for (Map.Entry<Long, Long> e : sums.entrySet()) {
        for (long base : tuple[i].bases()) {
          next.merge(e.getKey() + rank.coefficient[i] * base, e.getValue(), Limits::add);
        }
      }
      sums = next;
    }
    return sums;
  }

  private static void add(long[] total, long[] values, long times) {
    for (int i = 0; i < total.length; i++) {
      total[i] = Limits.add(total[i], Limits.multiply(values[i], times));
    }
  }
}
