package org.einloom.model.sparse;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode.Spatial;
import org.einloom.mapping.Nest;
import org.einloom.workload.Einsum;

/**
 * The iterations of loops whose tiles need not divide. A place is given by an index for each loop;
 * a loop without one is free. Iterations that leave behind them tiles of the same sizes are alike
 * wherever they stand: of these one is looked at, for all.
 */
final class IndexClasses {
  /** Stands for the index of a loop that is free. */
  static final int FREE = -1;

  /**
   * Iterations of a loop that are alike.
   *
   * @param index the first of them
   * @param count how many
   */
  record Alike(int index, long count) {}

  private final List<Nest.Bound> loops;
  private final int[] variables;
  private final long[] extents;
  private final List<List<Integer>> byVariable = new ArrayList<>();
  private final int[][] own;
  private final List<List<Alike>> classes = new ArrayList<>();
  private final List<List<Alike>> each;

  /** Whether all tiles divide, so that no instance ever idles. */
  private final boolean divides;

  private final List<Map<Place, BitSet>> known = new ArrayList<>();

  /**
   * All loops of a mapping.
   *
   * @param each variables of which no two iterations of a loop are alike
   * @param inner by variable, the values that touch no padding, whatever those of others; these are
   *     alike, and others are not
   */
  IndexClasses(
      Einsum einsum, LoopTree mapping, Set<String> each, Map<String, Regions.Inner> inner) {
    loops = Nest.of(einsum, mapping).loops();
    divides = loops.stream().allMatch(b -> b.outer() % b.loop().tile() == 0);
    this.each =
        loops.stream()
            .map(b -> LongStream.range(0, b.count()).mapToObj(i -> new Alike((int) i, 1)).toList())
            .toList();
    List<String> names = einsum.variables().stream().map(v -> v.name()).toList();
    extents = einsum.variables().stream().mapToLong(v -> v.extent()).toArray();
    variables = loops.stream().mapToInt(b -> names.indexOf(b.loop().variable())).toArray();
    for (int v = 0; v < extents.length; v++) {
      var own = new ArrayList<Integer>();
      for (int i = 0; i < variables.length; i++) {
        if (variables[i] == v) {
          own.add(i);
        }
      }
      byVariable.add(own);
    }
    own =
        byVariable.stream()
            .map(l -> l.stream().mapToInt(Integer::intValue).toArray())
            .toArray(int[][]::new);
    for (int v = 0; v < extents.length; v++) {
      known.add(new HashMap<>());
    }
    for (int i = 0; i < variables.length; i++) {
      classes.add(List.of());
    }
    for (int v = 0; v < extents.length; v++) {
      Regions.Inner values = inner.getOrDefault(names.get(v), new Regions.Inner(0, extents[v]));
      classes(v, each.contains(names.get(v)), values);
    }
  }

  /**
   * Cuts the iterations of each loop where a tile above, which may be a last one, ends; and each
   * from each other that may touch padding, in the first or in the last of the tiles above.
   */
  private void classes(int variable, boolean each, Regions.Inner inner) {
    var above = new TreeSet<Long>(Set.of(extents[variable]));
    for (int i : byVariable.get(variable)) {
      long tile = loops.get(i).loop().tile();
      long count = loops.get(i).count();
      var starts = new TreeSet<Long>(List.of(0L, Math.min(1, count), count));
      var below = new TreeSet<Long>();
      for (long extent : above) {
        starts.add(Math.min(count, extent / tile));
        starts.add(Math.min(count, Math.ceilDiv(extent, tile)));
        if (extent >= tile) {
          below.add(tile);
        }
        if (extent % tile != 0) {
          below.add(extent % tile);
        }
      }
      long least = above.first();
      for (long at = 0; at < count; at++) {
        long after = least - (at + 1) * tile;
        if (at * tile < inner.from() || after < extents[variable] - inner.to()) {
          starts.add(at);
          starts.add(at + 1);
        }
      }
      var alike = new ArrayList<Alike>();
      for (long from = 0; from < count; ) {
        long end = each ? from + 1 : starts.higher(from);
        alike.add(new Alike(Math.toIntExact(from), end - from));
        from = end;
      }
      classes.set(i, List.copyOf(alike));
      above = below;
    }
  }

  int size() {
    return variables.length;
  }

  Nest.Bound loop(int i) {
    return loops.get(i);
  }

  boolean spatial(int i) {
    return loops.get(i).loop() instanceof Spatial;
  }

  /** What is alike among the iterations of a loop. */
  List<Alike> classes(int loop) {
    return classes.get(loop);
  }

  /** Each iteration of a loop by itself. */
  List<Alike> each(int loop) {
    return each.get(loop);
  }

  /**
   * Whether a temporal loop iterates more than once where the loops further out over its variable
   * stand, and for the instance that the spatial ones further in name: in a last tile that is
   * smaller some instances idle. The first iterations are active if any are.
   */
  boolean repeats(int loop, int[] index) {
    if (loops.get(loop).count() < 2 || divides) {
      return loops.get(loop).count() > 1;
    }
    var second = index.clone();
    for (int i : byVariable.get(variables[loop])) {
      if (i > loop && !spatial(i)) {
        second[i] = FREE;
      }
    }
    second[loop] = 1;
    return !values(variables[loop], second).isEmpty();
  }

  /** Whether every tile divides what it cuts. */
  boolean divide() {
    return divides;
  }

  /** Whether any point is left. */
  boolean active(int[] index) {
    for (int v = 0; v < extents.length && !divides; v++) {
      if (values(v, index).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** The values that a variable takes at a place; nobody changes them. */
  BitSet values(int variable, int[] index) {
    Map<Place, BitSet> of = known.get(variable);
    var place = Place.of(own[variable], index);
    BitSet values = of.get(place);
    if (values == null) {
      values = new BitSet();
      collect(byVariable.get(variable), 0, 0, extents[variable], index, values);
      of.put(place, values);
    }
    return values;
  }

  /** The loops over a variable, outermost first; nobody changes them. */
  int[] over(int variable) {
    return own[variable];
  }

  private void collect(
      List<Integer> own, int at, long low, long extent, int[] index, BitSet values) {
    boolean free = true;
    for (int i = at; i < own.size(); i++) {
      free &= index[own.get(i)] == FREE;
    }
    if (free) {
      values.set(Math.toIntExact(low), Math.toIntExact(low + extent));
      return;
    }
    int loop = own.get(at);
    long tile = loops.get(loop).loop().tile();
    long first = index[loop] == FREE ? 0 : index[loop] * tile;
    long end = index[loop] == FREE ? extent : Math.min(extent, first + 1);
    for (long from = first; from < end; from += tile) {
      collect(own, at + 1, low + from, Math.min(tile, extent - from), index, values);
    }
  }
}
