package org.einloom.evaluation.timeloop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.einloom.workload.Affine;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.TensorAccess;
import org.jspecify.annotations.Nullable;

/** A nest in numbers: its loops in one row, outermost first, and the boxes that they leave. */
final class Geometry {
  /** One loop with more than one iteration. */
  record Numbered(int dimension, long count, long last, Nest.Axis axis, int level, long stride) {
    boolean isTime() {
      return axis == Nest.Axis.TIME;
    }
  }

  /** One term of a rank: a coefficient and a variable. */
  private record Term(int variable, long coefficient) {}

  final Nest nest;
  final List<String> dimensions;
  final List<TensorAccess> tensors;
  final List<Numbered> loops = new ArrayList<>();

  /** By level, the first loop in time, the first in space, and where the next level begins. */
  final int[] firstTime;

  final int[] firstSpace;
  final int[] end;

  private final long[] extents;

  /** By loop, how many values of each dimension an iteration covers, in full turns and the last. */
  private final long[][] full;

  private final long[][] rest;
  private final int[][] variables;
  private final long[] variableExtents;
  private final Term[][][] terms;

  private final @Nullable Touched touched;

  Geometry(Nest nest) {
    this(nest, Switches.NONE);
  }

  Geometry(Nest nest, Switches switches) {
    this.nest = nest;
    touched = switches.has(Switches.Switch.NO_BOXES) ? new Touched() : null;
    var all = nest.extents();
    dimensions = List.copyOf(all.keySet());
    extents = all.values().stream().mapToLong(Long::longValue).toArray();
    tensors = nest.einsum().tensors();
    int levels = nest.levels().size();
    firstTime = new int[levels];
    firstSpace = new int[levels];
    end = new int[levels];
    List<Nest.Loop> raw = new ArrayList<>();
    List<Integer> at = new ArrayList<>();
    for (int p = 0; p < levels; p++) {
      Nest.Level level = nest.levels().get(p);
      firstTime[p] = raw.size();
      for (Nest.Loop l : level.time()) {
        if (l.count() > 1) {
          raw.add(l);
          at.add(p);
        }
      }
      firstSpace[p] = raw.size();
      for (Nest.Loop l : level.space()) {
        if (l.count() > 1) {
          raw.add(l);
          at.add(p);
        }
      }
      end[p] = raw.size();
    }
    int n = raw.size();
    full = new long[n + 1][dimensions.size()];
    rest = new long[n + 1][dimensions.size()];
    Arrays.fill(full[n], 1);
    Arrays.fill(rest[n], 1);
    for (int i = n - 1; i >= 0; i--) {
      Nest.Loop l = raw.get(i);
      int d = dimensions.indexOf(l.dimension());
      if (d < 0) {
        throw new InvalidSpecException(
            "a loop at '%s' runs over '%s'; expected one of %s"
                .formatted(
                    nest.levels().get(at.get(i)).memory(),
                    l.dimension(),
                    String.join(", ", dimensions)));
      }
      full[i] = full[i + 1].clone();
      rest[i] = rest[i + 1].clone();
      rest[i][d] = Math.addExact(rest[i][d], Math.multiplyExact(full[i][d], l.last() - 1));
      full[i][d] = Math.multiplyExact(full[i][d], l.count());
      loops.add(0, new Numbered(d, l.count(), l.last(), l.axis(), at.get(i), full[i + 1][d]));
    }
    for (int d = 0; d < extents.length; d++) {
      if (rest[0][d] != extents[d]) {
        throw new InvalidSpecException(
            "the loops over '%s' come to %d of its %d values"
                .formatted(dimensions.get(d), rest[0][d], extents[d]));
      }
    }
    var names = nest.einsum().variables().stream().map(v -> v.name()).toList();
    variableExtents = nest.einsum().variables().stream().mapToLong(v -> v.extent()).toArray();
    variables = new int[dimensions.size()][];
    for (int d = 0; d < dimensions.size(); d++) {
      String name = dimensions.get(d);
      variables[d] =
          nest.flattened().stream()
              .filter(f -> f.name().equals(name))
              .findFirst()
              .map(f -> f.variables().stream().mapToInt(names::indexOf).toArray())
              .orElseGet(() -> new int[] {names.indexOf(name)});
    }
    terms = new Term[tensors.size()][][];
    for (int t = 0; t < tensors.size(); t++) {
      List<TensorAccess.Rank> ranks = tensors.get(t).ranks();
      terms[t] = new Term[ranks.size()][];
      for (int r = 0; r < ranks.size(); r++) {
        List<Affine.Term> of = ranks.get(r).expression().terms();
        terms[t][r] =
            of.stream()
                .map(x -> new Term(names.indexOf(x.variable()), x.coefficient()))
                .toArray(Term[]::new);
      }
    }
  }

  /**
   * The position in {@link #loops} after which nothing outside of this level's children is left.
   */
  int levels() {
    return nest.levels().size();
  }

  /**
   * The boxes of all tensors inside the loops before {@code from}.
   *
   * @param index of each loop before {@code from}
   */
  Box[] boxes(int from, long[] index) {
    long[] low = new long[dimensions.size()];
    long[] size = new long[dimensions.size()];
    boolean[] last = new boolean[dimensions.size()];
    Arrays.fill(last, true);
    for (int i = 0; i < from; i++) {
      Numbered l = loops.get(i);
      low[l.dimension()] += index[i] * l.stride();
      last[l.dimension()] &= index[i] + 1 >= l.last();
    }
    for (int d = 0; d < size.length; d++) {
      size[d] = last[d] ? rest[from][d] : full[from][d];
    }
    return project(low, size);
  }

  /** Whether all loops before this one over its dimension are in their last iteration. */
  boolean inLast(int loop, long[] index) {
    int d = loops.get(loop).dimension();
    for (int i = 0; i < loop; i++) {
      Numbered l = loops.get(i);
      if (l.dimension() == d && index[i] + 1 < l.last()) {
        return false;
      }
    }
    return true;
  }

  private Box[] project(long[] low, long[] size) {
    long[] first = new long[variableExtents.length];
    long[] last = new long[variableExtents.length];
    for (int d = 0; d < low.length; d++) {
      long a = low[d];
      long b = low[d] + size[d] - 1;
      boolean whole = true;
      int[] parts = variables[d];
      for (int i = 0; i < parts.length; i++) {
        long extent = i + 1 < parts.length ? variableExtents[parts[i]] : Long.MAX_VALUE;
        first[parts[i]] = a % extent;
        last[parts[i]] = b % extent;
        a /= extent;
        b /= extent;
        // a box of the flattened range, unless a faster variable wraps around in its middle
        if (a != b && whole && !(first[parts[i]] == 0 && last[parts[i]] == extent - 1)) {
          throw new InvalidSpecException(
              "a tile of the flattened dimension '%s' is no box of the dimensions that it stands for, which is not modelled; choose factors whose products are products of their sizes"
                  .formatted(dimensions.get(d)));
        }
      }
    }
    Box[] boxes = new Box[terms.length];
    for (int t = 0; t < terms.length; t++) {
      long[] l = new long[terms[t].length];
      long[] h = new long[terms[t].length];
      for (int r = 0; r < l.length; r++) {
        for (Term term : terms[t][r]) {
          l[r] += term.coefficient() * first[term.variable()];
          h[r] += term.coefficient() * last[term.variable()];
        }
        h[r]++;
      }
      boxes[t] = touched == null ? new Box(l, h) : new Box(l, h, gaps(touched, t, first, last));
    }
    return boxes;
  }

  private @Nullable BitSet[] gaps(Touched of, int tensor, long[] first, long[] last) {
    var gaps = new @Nullable BitSet[terms[tensor].length];
    for (int r = 0; r < gaps.length; r++) {
      Term[] sum = terms[tensor][r];
      gaps[r] =
          of.of(
              Arrays.stream(sum).mapToLong(Term::coefficient).toArray(),
              Arrays.stream(sum)
                  .mapToLong(x -> last[x.variable()] - first[x.variable()] + 1)
                  .toArray());
    }
    return gaps;
  }

  /** How far a tensor's box moves when a loop goes on by so many iterations; not for flattened. */
  long[] motion(int tensor, int loop, long iterations) {
    Numbered l = loops.get(loop);
    int variable = variables[l.dimension()][0];
    long[] by = new long[terms[tensor].length];
    for (int r = 0; r < by.length; r++) {
      for (Term term : terms[tensor][r]) {
        if (term.variable() == variable) {
          by[r] += term.coefficient() * l.stride() * iterations;
        }
      }
    }
    return by;
  }
}
