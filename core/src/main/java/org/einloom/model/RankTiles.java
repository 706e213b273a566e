package org.einloom.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.einloom.model.TileClass.Item;

/** The sets of one rank's coordinates that instances hold in one step, and their sizes united. */
final class RankTiles {
  /** The sums that every view has. */
  private static final int BASIC = 5;

  private final Compiled.Rank rank;
  private final boolean compare;
  private final boolean perfect;

  /**
   * @param compare whether instances compare their sets
   * @param perfect whether all instances move alike
   */
  RankTiles(Compiled.Rank rank, boolean compare, boolean perfect) {
    this.rank = rank;
    this.compare = compare;
    this.perfect = perfect;
  }

  /** How many numbers a measurement has. */
  int fields() {
    return compare ? BASIC + TileSums.FIELDS : BASIC;
  }

  /** Sums of measurements in the order of {@link #measure}. */
  Sums sums(long[] total) {
    return new Sums(
        total[0],
        total[1],
        total[2],
        total[3],
        total[4],
        compare ? Arrays.stream(total).skip(BASIC).boxed().toList() : List.of());
  }

  @SuppressWarnings("ArrayRecordComponent") // internal; never compared
  record Pair(List<Long> group, long[] now, long[] before, boolean lost, boolean passed) {}

  /** The relative sets of every combination of the variables' instances. */
  List<Pair> pairs(TileClass[] tuple, boolean held) {
    List<Pair> pairs =
        List.of(new Pair(List.of(), Words.block(0, 1), Words.block(0, 1), !held, false));
    for (int i : byCoefficient()) {
      List<Pair> next = new ArrayList<>();
      Limits.check((long) pairs.size() * tuple[i].items().length);
      for (Pair p : pairs) {
        for (Item it : tuple[i].items()) {
          long c = rank.coefficient[i];
          List<Long> group = p.group;
          if (compare) {
            group = new ArrayList<>(p.group);
            group.add(it.group());
          }
          next.add(
              new Pair(
                  group,
                  Words.shift(Words.spread(p.now, c, it.length()), c * it.start()),
                  Words.shift(Words.spread(p.before, c, it.oldLength()), c * it.oldStart()),
                  p.lost || it.lost(),
                  p.passed || it.passed()));
        }
      }
      pairs = next;
    }
    return pairs;
  }

  /** Small coefficients first: their runs are what larger steps can bridge. */
  private int[] byCoefficient() {
    if (rank.variable.length == 1) {
      return new int[1];
    }
    Integer[] order = new Integer[rank.variable.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Long.compare(abs(a), abs(b)));
    return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
  }

  private long abs(int i) {
    return Math.abs(rank.coefficient[i]);
  }

  /**
   * The rank's sums over one step, for the sets moved to a base, and cut to what exists if asked.
   */
  long[] measure(List<Pair> relative, long base, boolean clip) {
    List<Pair> pairs = relative;
    if (clip) {
      pairs = new ArrayList<>();
      for (Pair p : relative) {
        pairs.add(
            new Pair(
                p.group,
                Words.clip(Words.shift(p.now, base), rank.low, rank.high),
                Words.clip(Words.shift(p.before, base), rank.low, rank.high),
                p.lost,
                p.passed));
      }
    }
    long[] out = new long[fields()];
    if (perfect && !clip && !compare && alike(pairs, out)) {
      return out;
    }
    united(pairs, out);
    if (compare) {
      Map<List<Long>, List<Pair>> groups = new LinkedHashMap<>();
      pairs.forEach(p -> groups.computeIfAbsent(p.group, g -> new ArrayList<>()).add(p));
      List<long[][]> sets = new ArrayList<>();
      groups.values().forEach(g -> sets.add(united(g, new long[BASIC])));
      TileSums.measure(sets, out, BASIC);
    }
    return out;
  }

  /**
   * The common case: all instances move alike, and what one holds is all of its new tile or
   * nothing. Says whether it was.
   */
  private static boolean alike(List<Pair> pairs, long[] out) {
    Pair first = pairs.getFirst();
    boolean same = Arrays.equals(first.now, first.before);
    if (!same && Words.intersect(first.now, first.before).length > 0) {
      return false;
    }
    long[][] now = new long[pairs.size()][];
    for (int i = 0; i < now.length; i++) {
      now[i] = pairs.get(i).now;
    }
    long words = Words.size(Words.union(now, now.length));
    out[0] = words;
    out[1] = same && !first.lost ? words : 0;
    out[2] = words;
    out[3] = out[1];
    out[4] = first.passed ? 0 : words;
    return true;
  }

  /** Fills in the basic sums; returns the united new set and the part of it that is kept. */
  private static long[][] united(List<Pair> pairs, long[] out) {
    int n = pairs.size();
    long[][] now = new long[n][];
    long[][] fetched = new long[n][];
    long[][] before = new long[n][];
    long[][] dropped = new long[n][];
    long[][] holding = new long[n][];
    for (int i = 0; i < n; i++) {
      Pair p = pairs.get(i);
      now[i] = p.now;
      before[i] = p.before;
      fetched[i] = p.lost ? p.now : Words.minus(p.now, p.before);
      holding[i] = p.passed ? Words.EMPTY : p.before;
      dropped[i] = p.lost ? p.before : Words.minus(p.before, p.now);
    }
    long[] allNow = Words.union(now, n);
    long[] kept = Words.minus(allNow, Words.union(fetched, n));
    long[] allBefore = Words.union(before, n);
    out[0] = Words.size(allNow);
    out[1] = Words.size(kept);
    out[2] = Words.size(allBefore);
    out[3] = Words.size(Words.minus(allBefore, Words.union(dropped, n)));
    out[4] = Words.size(Words.union(holding, n));
    return new long[][] {allNow, kept};
  }
}
