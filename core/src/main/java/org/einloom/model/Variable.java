package org.einloom.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.einloom.model.TileClass.Item;
import org.jspecify.annotations.Nullable;

/**
 * One rank variable as one view of a node sees it: its loops above the node, and how its tile moves
 * from one step of an instance to the next.
 *
 * <p>A step of an instance is reached by advancing one temporal loop; the temporal loops outside it
 * keep their indices, those inside start over from 0, having stood at the last index at which this
 * instance was active. For this variable that is told by {@code split}, the number of its loops
 * outside the advancing one, and {@code own}, whether the advancing loop is this variable's. The
 * advancing loop is the same for every instance active in the step: validity of indices is a
 * product over variables, and downward closed in each.
 */
final class Variable {
  private static final int FIELDS = 5; // group, start, length, oldStart, oldLength; then indices

  private final long extent;
  private final boolean perfect;
  private final int loops;
  private final long[] tile;
  private final long[] count;
  private final byte[] role;
  private final long[] fixed;
  private final int[] ancestors;

  /**
   * @param fixedIndex by loop, the index of each {@link View#FIXED} loop
   */
  Variable(Compiled c, View view, int variable, long[] fixedIndex) {
    extent = c.extent[variable];
    perfect = c.perfect[variable];
    int[] all = c.loopsOf[variable];
    int n = 0;
    while (n < all.length && all[n] < view.depth()) {
      n++;
    }
    loops = n;
    tile = new long[n];
    count = new long[n];
    role = new byte[n];
    fixed = new long[n];
    for (int i = 0; i < n; i++) {
      tile[i] = c.loopTile[all[i]];
      count[i] = c.loopCount[all[i]];
      role[i] = view.role()[all[i]];
      fixed[i] = fixedIndex[all[i]];
    }
    ancestors = new int[view.ancestors().length];
    for (int a = 0; a < ancestors.length; a++) {
      int above = 0;
      while (above < n && all[above] < view.ancestors()[a]) {
        above++;
      }
      ancestors[a] = above;
    }
  }

  int loops() {
    return loops;
  }

  /** The classes of moves, none where the step never happens. */
  List<TileClass> classes(int split, boolean own, boolean bases) {
    return perfect ? perfectClass(split, own, bases) : imperfectClasses(split, own, bases);
  }

  /** With tiles that divide, every step moves alike. */
  private List<TileClass> perfectClass(int split, boolean own, boolean bases) {
    long steps = 1;
    long instances = 1;
    long move = 0;
    long shift = 0;
    boolean passed = false;
    int parent = ancestors.length == 0 ? 0 : ancestors[ancestors.length - 1];
    for (int i = 0; i < loops; i++) {
      switch (role[i]) {
        case View.TIME -> {
          if (i < split) {
            steps = Limits.multiply(steps, count[i]);
          } else if (i == split && own) {
            steps = Limits.multiply(steps, count[i] - 1);
            move -= tile[i];
          } else {
            move += (count[i] - 1) * tile[i];
            passed |= i < parent && count[i] > 1;
          }
        }
        case View.SUM -> steps = Limits.multiply(steps, count[i]);
        case View.FIXED -> shift += fixed[i] * tile[i];
        default -> {
          instances = Limits.multiply(instances, count[i]);
          Limits.check(instances);
        }
      }
    }
    if (steps == 0) {
      return List.of();
    }
    long length = loops == 0 ? extent : tile[loops - 1];
    Item[] items = new Item[(int) instances];
    for (int k = 0; k < items.length; k++) {
      long rest = k;
      long start = 0;
      long group = 0;
      long radix = 1;
      for (int i = loops - 1; i >= 0; i--) {
        if (role[i] == View.UNION || role[i] == View.TILES) {
          long index = rest % count[i];
          rest /= count[i];
          start += index * tile[i];
          if (role[i] == View.TILES) {
            group += index * radix;
            radix *= count[i];
          }
        }
      }
      items[k] = new Item(group, start, length, start + move, length, false, passed);
    }
    return List.of(
        new TileClass(steps, bases ? perfectBases(split, own, shift, steps) : Words.EMPTY, items));
  }

  private long[] perfectBases(int split, boolean own, long shift, long steps) {
    Limits.check(steps);
    long[] out = new long[(int) steps];
    out[0] = shift;
    int n = 1;
    for (int i = 0; i < loops; i++) {
      boolean advancing = i == split && own;
      boolean stepping = role[i] == View.SUM || (role[i] == View.TIME && (i < split || advancing));
      if (!stepping) {
        continue;
      }
      int first = advancing ? 1 : 0;
      int filled = n;
      for (long index = count[i] - 1; index >= first; index--) {
        int to = (int) (index - first) * filled;
        for (int k = 0; k < filled; k++) {
          out[to + k] = out[k] + index * tile[i];
        }
      }
      n = filled * (int) (count[i] - first);
    }
    return out;
  }

  /** States of the walk through the loops that differ in what may still happen. */
  private record Key(List<Long> items) {}

  private static final class Bases {
    long count;
    final List<Long> list = new ArrayList<>();
  }

  private List<TileClass> imperfectClasses(int split, boolean own, boolean needBases) {
    Map<Key, Bases> states = new LinkedHashMap<>();
    long[] whole = new long[FIELDS + loops];
    whole[2] = extent;
    add(states, List.of(whole), 1, split, null, needBases);
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
        step(next, items, e.getValue(), i, split, own, needBases);
      }
      states = next;
    }
    Map<List<Item>, Bases> done = new LinkedHashMap<>();
    states.forEach((key, bases) -> finish(done, unpack(key), bases, split, own, needBases));
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

  private void step(
      Map<Key, Bases> next,
      List<long[]> items,
      Bases from,
      int i,
      int split,
      boolean own,
      boolean needBases) {
    boolean outside = i < split;
    boolean advancing = i == split && own;
    long longest = items.stream().mapToLong(it -> it[2]).max().orElseThrow();
    long shortest = items.stream().mapToLong(it -> it[2]).min().orElseThrow();
    long all = Math.ceilDiv(longest, tile[i]);
    switch (role[i]) {
      case View.TIME, View.SUM -> {
        if (role[i] == View.TIME && !outside && !advancing) {
          add(next, pick(items, i, 0, false), 1, split, from, needBases);
          return;
        }
        long begin = advancing ? 1 : 0;
        // Pieces that are full for every instance are alike; they differ by a shift only.
        long full = shortest / tile[i];
        if (full > begin && !needBases && (outside || advancing)) {
          add(next, pick(items, i, begin, advancing), full - begin, split, from, false);
          begin = full;
        }
        for (long index = begin; index < all; index++) {
          add(next, pick(items, i, index, advancing), 1, split, from, needBases);
        }
      }
      case View.FIXED -> add(next, pick(items, i, fixed[i], false), 1, split, from, needBases);
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
        add(next, spread, 1, split, from, needBases);
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

  private void add(
      Map<Key, Bases> states,
      List<long[]> items,
      long times,
      int split,
      @Nullable Bases from,
      boolean needBases) {
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
  private void finish(
      Map<List<Item>, Bases> done,
      List<long[]> items,
      Bases from,
      int split,
      boolean own,
      boolean needBases) {
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

  /** Words of a tile of that length that lie within fixed indices of the loops further in. */
  static long selected(Compiled c, int variable, View view, long[] fixedIndex, long length) {
    int[] all = c.loopsOf[variable];
    int first = 0;
    while (first < all.length && all[first] < view.depth()) {
      first++;
    }
    int end = first;
    while (end < all.length && all[end] < view.selection()) {
      end++;
    }
    return selected(c, view, Arrays.copyOfRange(all, first, end), 0, fixedIndex, length);
  }

  private static long selected(
      Compiled c, View view, int[] loops, int i, long[] fixedIndex, long length) {
    if (i == loops.length || length == 0) {
      return length;
    }
    long tile = c.loopTile[loops[i]];
    if (view.role()[loops[i]] != View.FIXED) {
      long full = length / tile;
      long sum = full == 0 ? 0 : full * selected(c, view, loops, i + 1, fixedIndex, tile);
      return sum + selected(c, view, loops, i + 1, fixedIndex, length % tile);
    }
    long index = fixedIndex[loops[i]];
    long left = length - index * tile;
    return left <= 0 ? 0 : selected(c, view, loops, i + 1, fixedIndex, Math.min(tile, left));
  }
}
