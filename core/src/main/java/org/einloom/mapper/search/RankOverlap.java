package org.einloom.mapper.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.einloom.model.LongKey;
import org.einloom.workload.Affine;
import org.einloom.workload.TensorAccess;

/**
 * What tiles of one tensor share, rank by rank. A rank's coordinates are a sum over the digits of
 * its variables: the tile itself, and one digit per loop. Counts are sums over places of the size
 * of united tiles, and of the part of them that nobody has to fetch when one temporal loop advances
 * and those inside it start over. Remembers every answer.
 */
final class RankOverlap {
  /** Instances whose requests are united. */
  static final int UNION = 0;

  /** Places to add up: outer loops, and instances that are served separately. */
  static final int SUM = 1;

  /** A temporal loop that starts over. */
  static final int INSIDE = 2;

  /** The temporal loop that advances. */
  static final int SELF = 3;

  /**
   * One rank of the tensor.
   *
   * @param apart whether it has at most one variable, all of whose values are coordinates: then
   *     different tiles have nothing in common
   */
  @SuppressWarnings("ArrayRecordComponent") // internal; never compared
  record Rank(
      int[] variables, long[] coefficients, long offset, long size, boolean apart, long last) {}

  final List<Rank> ranks = new ArrayList<>();

  private static final long MOST_IN_TABLES = 16_000_000;

  /** Tables of what depends on one rank, for structures that have it in common. */
  private final Map<LongKey, double[]> tables = new HashMap<>();

  private long inTables;

  private static final int MOST_NUMBERS = 200_000;

  private final Map<LongKey, Long> numbers = new HashMap<>();
  private long nextNumber;
  private LongMap<double[]> combined = new LongMap<>();
  private long inCombined;

  private final Map<LongKey, long[]> known = new HashMap<>();
  private final Map<LongKey, Long> largest = new HashMap<>();
  private final long[] extents;
  private double touched;
  private double[] touchedOf = {};
  private double asked;

  RankOverlap(Problem p, TensorAccess tensor) {
    extents = p.extent;
    for (TensorAccess.Rank r : tensor.ranks()) {
      List<Affine.Term> terms =
          r.expression().terms().stream()
              .filter(x -> p.extent[p.number(x.variable())] > 1)
              .toList();
      long last = r.expression().offset();
      for (Affine.Term x : terms) {
        last += x.coefficient() * (p.extent[p.number(x.variable())] - 1);
      }
      boolean apart = terms.size() <= 1 && r.expression().offset() >= 0 && last < r.size();
      ranks.add(
          new Rank(
              terms.stream().mapToInt(x -> p.number(x.variable())).toArray(),
              terms.stream().mapToLong(Affine.Term::coefficient).toArray(),
              r.expression().offset(),
              r.size(),
              apart,
              last));
    }
  }

  /** Whether this class can count the tensor: ranks apart, coefficients positive, not too long. */
  static boolean covers(Problem p, TensorAccess tensor) {
    if (!tensor.ranksAreDisjoint()) {
      return false;
    }
    for (TensorAccess.Rank r : tensor.ranks()) {
      long span = 1;
      for (Affine.Term x : r.expression().terms()) {
        if (x.coefficient() < 0) {
          return false;
        }
        span += x.coefficient() * (p.extent[p.number(x.variable())] - 1);
      }
      if (r.expression().terms().size() > 1 && span > 1 << 16) {
        return false;
      }
    }
    return true;
  }

  /** A table that is remembered, unless there are too many. */
  double[] table(LongKey key, Supplier<double[]> made) {
    double[] found = tables.get(key);
    if (found == null) {
      found = made.get();
      inTables += found.length;
      if (inTables > MOST_IN_TABLES) {
        tables.clear();
        inTables = found.length;
      }
      tables.put(key, found);
    }
    return found;
  }

  /** A number for a key of all ranks, never given to another: {@link #combined} is asked by it. */
  long number(LongKey key) {
    if (numbers.size() > MOST_NUMBERS) {
      numbers.clear();
    }
    return numbers.computeIfAbsent(key, k -> nextNumber++);
  }

  /** The same as {@link #table} for what depends on all ranks. */
  double[] combined(long key, Supplier<double[]> made) {
    double[] found = combined.get(key);
    if (found == null) {
      found = made.get();
      inCombined += found.length;
      if (inCombined > MOST_IN_TABLES) {
        combined = new LongMap<>();
        inCombined = found.length;
      }
      combined.put(key, found);
    }
    return found;
  }

  /** Digits of one rank, collected anew for each question. */
  static final class Digits {
    long[] parts = new long[64];
    int n;
    int kinds;

    void begin(int rank) {
      n = 0;
      parts[n++] = rank;
    }

    void tile(long size) {
      parts[n++] = size;
    }

    void endTile() {
      kinds = n;
    }

    void add(int kind, long count, long stride) {
      if (count > 1 || kind == SELF) {
        if (n + 3 > parts.length) {
          parts = Arrays.copyOf(parts, parts.length * 2);
        }
        parts[n++] = kind;
        parts[n++] = count;
        parts[n++] = stride;
      }
    }
  }

  /** Words of the tensor that some point touches. */
  double touched() {
    if (touched == 0) {
      Digits d = new Digits();
      touched = 1;
      touchedOf = new double[ranks.size()];
      asked = 1;
      for (int r = 0; r < ranks.size(); r++) {
        int[] variables = ranks.get(r).variables;
        d.begin(r);
        for (int v : variables) {
          d.tile(extents[v]);
        }
        d.endTile();
        touchedOf[r] = (double) count(d)[0];
        touched *= touchedOf[r];
        d.begin(r);
        for (int i = 0; i < variables.length; i++) {
          d.tile(1);
        }
        d.endTile();
        for (int i = 0; i < variables.length; i++) {
          d.add(SUM, extents[variables[i]], ranks.get(r).coefficients[i]);
        }
        asked *= (double) count(d)[0];
      }
    }
    return touched;
  }

  double touched(int r) {
    touched();
    return touchedOf[r];
  }

  /** How often points touch them, for one value of each irrelevant variable. */
  double asked() {
    touched();
    return asked;
  }

  /**
   * The sum over all places of the united tiles, and of the part that is kept.
   *
   * @return the two sums
   */
  long[] count(Digits d) {
    LongKey key = new LongKey(Arrays.copyOf(d.parts, d.n));
    long[] found = known.get(key);
    if (found == null) {
      found = compute(d);
      known.put(key, found);
    }
    return found;
  }

  private long[] compute(Digits d) {
    Rank rank = ranks.get((int) d.parts[0]);
    if (rank.apart) {
      long words = 1;
      boolean moved = false;
      for (int i = 1; i < d.kinds; i++) {
        words *= d.parts[i];
      }
      for (int i = d.kinds; i < d.n; i += 3) {
        int kind = (int) d.parts[i];
        words *= kind == INSIDE ? 1 : kind == SELF ? d.parts[i + 1] - 1 : d.parts[i + 1];
        moved |= kind == INSIDE || kind == SELF;
      }
      return new long[] {words, moved ? 0 : words};
    }
    boolean[] tile = {true};
    for (int i = 0; i < rank.variables.length; i++) {
      tile = spread(tile, rank.coefficients[i], d.parts[1 + i]);
    }
    long shift = 0;
    long[] offsets = {0};
    for (int i = d.kinds; i < d.n; i += 3) {
      long count = d.parts[i + 1];
      long stride = d.parts[i + 2];
      switch ((int) d.parts[i]) {
        case INSIDE -> shift -= (count - 1) * stride;
        case SELF -> shift += stride;
        case UNION -> {
          long[] more = new long[Math.toIntExact(offsets.length * count)];
          for (int k = 0; k < more.length; k++) {
            more[k] = offsets[k / (int) count] + k % count * stride;
          }
          offsets = more;
        }
        default -> {}
      }
    }
    int span = tile.length + (int) Arrays.stream(offsets).max().orElse(0);
    boolean[] asked = new boolean[span];
    boolean[] fetched = new boolean[span];
    for (long offset : offsets) {
      for (int x = 0; x < tile.length; x++) {
        if (tile[x]) {
          long old = x + shift;
          asked[(int) offset + x] = true;
          if (old < 0 || old >= tile.length || !tile[(int) old]) {
            fetched[(int) offset + x] = true;
          }
        }
      }
    }
    int[] askedBelow = new int[span + 1];
    int[] keptBelow = new int[span + 1];
    for (int y = 0; y < span; y++) {
      askedBelow[y + 1] = askedBelow[y] + (asked[y] ? 1 : 0);
      keptBelow[y + 1] = keptBelow[y] + (asked[y] && !fetched[y] ? 1 : 0);
    }
    long[] bases = {rank.offset};
    for (int i = d.kinds; i < d.n; i += 3) {
      int kind = (int) d.parts[i];
      if (kind == SUM || kind == SELF) {
        int first = kind == SELF ? 1 : 0;
        int count = Math.toIntExact(d.parts[i + 1]) - first;
        long[] more = new long[Math.multiplyExact(bases.length, count)];
        for (int k = 0; k < more.length; k++) {
          more[k] = bases[k / count] + (k % count + first) * d.parts[i + 2];
        }
        bases = more;
      }
    }
    long sumAsked = 0;
    long sumKept = 0;
    for (long base : bases) {
      int from = Math.clamp(-base, 0, span);
      int to = Math.clamp(rank.size - base, from, span);
      sumAsked += askedBelow[to] - askedBelow[from];
      sumKept += keptBelow[to] - keptBelow[from];
    }
    return new long[] {sumAsked, sumKept};
  }

  /** The most words of a tile anywhere. */
  long largest(int rank, long[] tileSizes, long[] extents) {
    Rank r = ranks.get(rank);
    if (r.apart) {
      return r.variables.length == 0 ? 1 : tileSizes[0];
    }
    long[] parts = new long[1 + tileSizes.length];
    parts[0] = rank;
    System.arraycopy(tileSizes, 0, parts, 1, tileSizes.length);
    return largest.computeIfAbsent(
        new LongKey(parts),
        k -> {
          boolean[] tile = {true};
          long[] bases = {r.offset};
          for (int i = 0; i < r.variables.length; i++) {
            tile = spread(tile, r.coefficients[i], tileSizes[i]);
            int count = (int) (extents[r.variables[i]] / tileSizes[i]);
            long[] more = new long[bases.length * count];
            for (int b = 0; b < more.length; b++) {
              more[b] = bases[b / count] + b % count * tileSizes[i] * r.coefficients[i];
            }
            bases = more;
          }
          int[] below = new int[tile.length + 1];
          for (int y = 0; y < tile.length; y++) {
            below[y + 1] = below[y] + (tile[y] ? 1 : 0);
          }
          long most = 0;
          for (long base : bases) {
            int from = Math.clamp(-base, 0, tile.length);
            int to = Math.clamp(r.size - base, from, tile.length);
            most = Math.max(most, below[to] - below[from]);
          }
          return most;
        });
  }

  private static boolean[] spread(boolean[] set, long coefficient, long count) {
    boolean[] out = new boolean[set.length + Math.toIntExact(coefficient * (count - 1))];
    for (int k = 0; k < count; k++) {
      int by = (int) (coefficient * k);
      for (int x = 0; x < set.length; x++) {
        out[x + by] |= set[x];
      }
    }
    return out;
  }
}
