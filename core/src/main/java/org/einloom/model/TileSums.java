package org.einloom.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Sizes of the <em>different</em> sets that instances ask for in one step, as a network with {@code
 * multicast: tiles} merges them. An instance asks for X = (product of A) - (product of K), with A
 * its new tile and K the part it has, per rank. Per rank a pair (A, K) is one of
 *
 * <ul>
 *   <li>U: K = A, nothing new in this rank;
 *   <li>E: K is empty;
 *   <li>P: K is a proper part of A.
 * </ul>
 *
 * If some rank is E, X is the product of all A. If one rank is P and the others U, X is the product
 * of A - K in that rank and A in the others. With two or more P and no E, X is no product, and
 * tells all its A and K: in each rank it reaches all of A, because another rank supplies something
 * new. So different X are counted as different tuples of sets, products among themselves, the
 * others among themselves; both counts are sums of products over ranks, so that sums over steps
 * factor.
 */
final class TileSums {
  /** Weights by what a set is in its rank, then sums of sizes of different pairs. */
  static final int FIELDS = 20;

  private static final int ANY = 1; // equals some A
  private static final int EMPTY = 2; // equals an A that is E
  private static final int UNCHANGED = 4; // equals an A that is U
  private static final int NEWS = 8; // equals an A - K of a P

  private static final int PU_NOW = 16;
  private static final int PU_KEPT = 17;
  private static final int P_NEW = 18;
  private static final int U_NOW = 19;

  private TileSums() {}

  private record Coordinates(List<Long> bounds) {
    static Coordinates of(long[] set) {
      List<Long> bounds = new ArrayList<>(set.length);
      for (long b : set) {
        bounds.add(b);
      }
      return new Coordinates(bounds);
    }
  }

  private record Pair(Coordinates now, Coordinates kept) {}

  /** Measures one rank in one step: pairs (A, K) of all instances that compare. */
  static void measure(List<long[][]> pairs, long[] out, int at) {
    Map<Coordinates, Integer> masks = new HashMap<>();
    Map<Coordinates, Long> sizes = new HashMap<>();
    Set<Pair> different = new HashSet<>();
    for (long[][] p : pairs) {
      long now = Words.size(p[0]);
      long kept = Words.size(p[1]);
      if (now == 0) {
        continue; // asks for nothing
      }
      Coordinates a = Coordinates.of(p[0]);
      int mask = ANY | (kept == 0 ? EMPTY : kept == now ? UNCHANGED : 0);
      masks.merge(a, mask, (x, y) -> x | y);
      sizes.put(a, now);
      if (kept > 0 && kept < now) {
        Coordinates news = Coordinates.of(Words.minus(p[0], p[1]));
        masks.merge(news, NEWS, (x, y) -> x | y);
        sizes.put(news, now - kept);
      }
      if (kept > 0 && different.add(new Pair(a, Coordinates.of(p[1])))) {
        out[at + PU_NOW] += now;
        out[at + PU_KEPT] += kept;
        out[at + P_NEW] += now - kept;
        out[at + U_NOW] += kept == now ? now : 0;
      }
    }
    masks.forEach((set, mask) -> out[at + mask] += sizes.getOrDefault(set, 0L));
  }

  /** The words asked for in all the steps that the ranks' sums cover. */
  static long total(List<List<Long>> ranks) {
    // Products: walk through the ranks with what is still possible for the tuple so far:
    // all sets are some A; some is E; all are U; one is a P's news and the others are U.
    long[] states = new long[16];
    states[1 | 4] = 1;
    for (List<Long> rank : ranks) {
      long[] next = new long[16];
      for (int s = 0; s < 16; s++) {
        for (int mask = 1; mask < 16 && states[s] != 0; mask++) {
          if (rank.get(mask) != 0) {
            int to = after(s, mask);
            next[to] = Limits.add(next[to], Limits.multiply(states[s], rank.get(mask)));
          }
        }
      }
      states = next;
    }
    long words = 0;
    for (int s = 0; s < 16; s++) {
      boolean full = (s & 1) != 0 && (s & 2) != 0;
      boolean oneNew = (s & 8) != 0;
      if (full || oneNew) {
        words = Limits.add(words, states[s]);
      }
    }
    return Limits.add(words, others(ranks));
  }

  private static int after(int state, int mask) {
    int to = 0;
    if ((state & 1) != 0 && (mask & ANY) != 0) {
      to |= 1;
    }
    if ((state & 2) != 0 || (mask & EMPTY) != 0) {
      to |= 2;
    }
    if ((state & 4) != 0 && (mask & UNCHANGED) != 0) {
      to |= 4;
    }
    if (((state & 8) != 0 && (mask & UNCHANGED) != 0) || ((state & 4) != 0 && (mask & NEWS) != 0)) {
      to |= 8;
    }
    return to;
  }

  /** Sets that are no product: two ranks or more are P, none is E. */
  private static long others(List<List<Long>> ranks) {
    long now = 1;
    long kept = 1;
    for (List<Long> rank : ranks) {
      now = Limits.multiply(now, rank.get(PU_NOW));
      kept = Limits.multiply(kept, rank.get(PU_KEPT));
    }
    long words = now - kept;
    for (int i = 0; i < ranks.size(); i++) {
      long single = ranks.get(i).get(P_NEW);
      for (int j = 0; j < ranks.size(); j++) {
        if (j != i) {
          single = Limits.multiply(single, ranks.get(j).get(U_NOW));
        }
      }
      words -= single;
    }
    return words;
  }
}
