package org.einloom.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.einloom.model.TileClass.Item;
import org.jspecify.annotations.Nullable;

/**
 * How the tiles of a variable move when some do not divide. Walks through the loops from the
 * outside in and keeps the states that differ in what can still happen; full pieces are alike.
 */
final class IrregularMoves {
  private static final int FIELDS = 5; // group, start, length, oldStart, oldLength; then indices

  private final long extent;
  private final int loops;
  private final long[] tile;
  private final long[] count;
  private final byte[] role;
  private final long[] fixed;
  private final int[] ancestors;
  private final int split;
  private final boolean own;
  private final boolean needBases;

  IrregularMoves(Variable v, int split, boolean own, boolean needBases) {
    extent = v.extent;
    loops = v.loops;
    tile = v.tile;
    count = v.count;
    role = v.role;
    fixed = v.fixed;
    ancestors = v.ancestors;
    this.split = split;
    this.own = own;
    this.needBases = needBases;
  }

  /** States of the walk through the loops that differ in what may still happen. */
  private record Key(List<Long> items) {}

  private static final class Bases {
    long count;
    final List<Long> list = new ArrayList<>();
  }

  /** The classes, none where the step never happens. */
  List<TileClass> classes() {
    Map<Key, Bases> states = new LinkedHashMap<>();
    long[] whole = new long[FIELDS + loops];
    whole[2] = extent;
    add(states, List.of(whole), 1, null);
    for (int i = 0; i < loops; i++) {
      Map<Key, Bases> next = new LinkedHashMap<>();
      boolean first = i == split;
      for (Map.Entry<Key, Bases> e : states.entrySet()) {
        List<long[]> items = unpack(e.getKey());
        if (first) {
          items.forEach(
              it -> {
                it[3] = it[1];
                it[4] = it[2];
              });
        }
        step(next, items, e.getValue(), i);
      }
      states = next;
    }
    Map<List<Item>, Bases> done = new LinkedHashMap<>();
    states.forEach((key, bases) -> finish(done, unpack(key), bases));
    List<TileClass> classes = new ArrayList<>();
    done.forEach(
        (items, b) ->
            classes.add(
                new TileClass(
                    b.count,
                    b.list.stream().mapToLong(Long::longValue).toArray(),
                    items.toArray(new Item[0]))));
    return classes;
  }

  private void step(Map<Key, Bases> next, List<long[]> items, Bases from, int i) {
    boolean outside = i < split;
    boolean advancing = i == split && own;
    long longest = items.stream().mapToLong(it -> it[2]).max().orElseThrow();
    long shortest = items.stream().mapToLong(it -> it[2]).min().orElseThrow();
    long all = Math.ceilDiv(longest, tile[i]);
    switch (role[i]) {
      case View.TIME, View.SUM -> {
        if (role[i] == View.TIME && !outside && !advancing) {
          add(next, pick(items, i, 0, false), 1, from);
          return;
        }
        long begin = advancing ? 1 : 0;
        // Pieces that are full for every instance are alike; they differ by a shift only.
        long full = shortest / tile[i];
        if (full > begin && !needBases && (outside || advancing)) {
          add(next, pick(items, i, begin, advancing), full - begin, from);
          begin = full;
        }
        for (long index = begin; index < all; index++) {
          add(next, pick(items, i, index, advancing), 1, from);
        }
      }
      case View.FIXED -> add(next, pick(items, i, fixed[i], false), 1, from);
      default -> {
        List<long[]> spread = new ArrayList<>();
        Limits.check(Limits.multiply(items.size(), all));
        for (long[] it : items) {
          for (long index = 0; index * tile[i] < it[2]; index++) {
            long[] piece = piece(it, i, index);
            if (role[i] == View.TILES) {
              piece[0] = piece[0] * count[i] + index;
            }
            spread.add(piece);
          }
        }
        add(next, spread, 1, from);
      }
    }
  }

  /** The items for which the index is in range, cut down to that piece. */
  private List<long[]> pick(List<long[]> items, int i, long index, boolean advancing) {
    List<long[]> picked = new ArrayList<>(items.size());
    for (long[] it : items) {
      if (index * tile[i] < it[2]) {
        long[] piece = piece(it, i, index);
        if (advancing) {
          piece[3] = it[1] + (index - 1) * tile[i];
          piece[4] = tile[i];
        }
        picked.add(piece);
      }
    }
    return picked;
  }

  private long[] piece(long[] item, int i, long index) {
    long[] piece = item.clone();
    piece[1] += index * tile[i];
    piece[2] = Math.min(tile[i], item[2] - index * tile[i]);
    piece[FIELDS + i] = index;
    return piece;
  }

  private void add(Map<Key, Bases> states, List<long[]> items, long times, @Nullable Bases from) {
    if (items.isEmpty()) {
      return;
    }
    long origin = items.getFirst()[1];
    List<Long> key = new ArrayList<>(items.size() * (FIELDS + loops));
    for (long[] it : items) {
      for (int f = 0; f < it.length; f++) {
        boolean position = f == 1 || (f == 3 && it[4] > 0);
        // Only indices of spatial loops inside the split are asked for later.
        boolean idle = f >= FIELDS && (f - FIELDS < split || role[f - FIELDS] == View.TIME);
        key.add(position ? it[f] - origin : idle ? 0L : it[f]);
      }
    }
    Bases to = states.computeIfAbsent(new Key(List.copyOf(key)), k -> new Bases());
    to.count = Limits.add(to.count, Limits.multiply(times, from == null ? 1 : from.count));
    if (needBases) {
      if (from == null) {
        to.list.add(origin);
      } else {
        from.list.forEach(b -> to.list.add(b + origin));
      }
      Limits.check(to.list.size());
    }
  }

  private List<long[]> unpack(Key key) {
    List<long[]> items = new ArrayList<>();
    int width = FIELDS + loops;
    for (int at = 0; at < key.items().size(); at += width) {
      long[] it = new long[width];
      for (int f = 0; f < width; f++) {
        it[f] = key.items().get(at + f);
      }
      items.add(it);
    }
    return items;
  }

  /** Resolves where each instance stood before. */
  private void finish(Map<List<Item>, Bases> done, List<long[]> items, Bases from) {
    List<Item> resolved = new ArrayList<>(items.size());
    long origin = items.getFirst()[1];
    int inside = split + (own ? 1 : 0);
    for (long[] it : items) {
      long[] old = {it[1], it[2]};
      boolean lost = false;
      boolean passed = false;
      if (split < loops || own) {
        long[] path = new long[loops];
        old = last(it, inside, loops, path);
        for (int a : ancestors) {
          if (a > inside) {
            long[] ofAncestor = new long[loops];
            last(it, inside, a, ofAncestor);
            for (int i = inside; i < a; i++) {
              lost |= role[i] == View.TIME && path[i] != ofAncestor[i];
              passed |= a == ancestors[ancestors.length - 1] && ofAncestor[i] > 0;
            }
          }
        }
      }
      resolved.add(new Item(it[0], it[1] - origin, it[2], old[0] - origin, old[1], lost, passed));
    }
    Bases to = done.computeIfAbsent(List.copyOf(resolved), k -> new Bases());
    to.count = Limits.add(to.count, from.count);
    if (needBases) {
      from.list.forEach(b -> to.list.add(b + origin));
    }
  }

  /**
   * The last tile of the item's old piece at which the node with so many loops above it was active:
   * start and length; the indices taken go to {@code path}.
   */
  private long[] last(long[] item, int from, int to, long[] path) {
    long[] found = {item[3], item[4]};
    if (!descend(item, from, to, found, path)) {
      throw new IllegalStateException("an active instance has no step before");
    }
    return found;
  }

  private boolean descend(long[] item, int i, int to, long[] at, long[] path) {
    if (i == to) {
      return true;
    }
    long start = at[0];
    long length = at[1];
    if (role[i] != View.TIME) {
      long index = item[FIELDS + i];
      if (index * tile[i] >= length) {
        return false;
      }
      at[0] = start + index * tile[i];
      at[1] = Math.min(tile[i], length - index * tile[i]);
      return descend(item, i + 1, to, at, path);
    }
    for (long index = (length - 1) / tile[i]; index >= 0; index--) {
      at[0] = start + index * tile[i];
      at[1] = Math.min(tile[i], length - index * tile[i]);
      path[i] = index;
      if (descend(item, i + 1, to, at, path)) {
        return true;
      }
    }
    return false;
  }
}
