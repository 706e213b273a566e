package org.einloom.mapper.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.einloom.arch.Fanout;
import org.einloom.constraint.Constraint;

/**
 * How one fanout is used: what it multiplies each variable by, and along which dimension.
 *
 * @param factor by variable
 * @param byDimension {@code [dimension][variable]}
 * @param used the product of all
 */
@SuppressWarnings("ArrayRecordComponent") // internal; never compared
record Spread(long[] factor, long[][] byDimension, long used) {

  /** A fanout that is not used. */
  static Spread none(int variables) {
    long[] ones = new long[variables];
    java.util.Arrays.fill(ones, 1);
    return new Spread(ones, new long[0][], 1);
  }

  /**
   * Every way to use a fanout with factors that divide the extents. Where several assignments to
   * dimensions come to the same factors, one of them: what crosses the fanout depends only on the
   * factors.
   */
  static List<Spread> all(Problem p, int fanout) {
    Fanout f = p.fanout(fanout);
    int dimensions = f.dimensions().size();
    Map<List<Long>, Spread> found = new LinkedHashMap<>();
    List<long[][]> partial = new ArrayList<>();
    partial.add(new long[0][]);
    for (int d = 0; d < dimensions; d++) {
      Fanout.Dimension dimension = f.dimensions().get(d);
      List<long[][]> next = new ArrayList<>();
      Map<List<List<Long>>, Boolean> seen = new LinkedHashMap<>();
      for (long[][] before : partial) {
        long[] left = p.extent.clone();
        for (long[] b : before) {
          for (int v = 0; v < left.length; v++) {
            left[v] /= b[v];
          }
        }
        fill(p, f, dimension, left, new long[p.variables], 0, dimension.size(), before, next, seen);
      }
      partial = next;
    }
    long children = f.children();
    for (long[][] byDimension : partial) {
      long[] factor = new long[p.variables];
      java.util.Arrays.fill(factor, 1);
      long used = 1;
      for (long[] row : byDimension) {
        for (int v = 0; v < row.length; v++) {
          factor[v] *= row[v];
          used *= row[v];
        }
      }
      if (!utilized(p, f, used, children)) {
        continue;
      }
      List<Long> key = new ArrayList<>();
      for (long x : factor) {
        key.add(x);
      }
      found.putIfAbsent(key, new Spread(factor, byDimension, used));
    }
    return List.copyOf(found.values());
  }

  private static void fill(
      Problem p,
      Fanout f,
      Fanout.Dimension dimension,
      long[] left,
      long[] row,
      int v,
      long room,
      long[][] before,
      List<long[][]> out,
      Map<List<List<Long>>, Boolean> seen) {
    if (v == row.length) {
      for (Constraint c : p.options.constraints().all()) {
        if (c instanceof Constraint.SpatialFactor s
            && s.fanout().equals(f.name())
            && s.dimension().equals(dimension.name())
            && p.number(s.variable()) >= 0) {
          long n = row[p.number(s.variable())];
          if (n < s.least() || n > s.most()) {
            return;
          }
        }
      }
      long[][] with = java.util.Arrays.copyOf(before, before.length + 1);
      with[before.length] = row.clone();
      List<List<Long>> key = new ArrayList<>();
      long[] sum = new long[row.length];
      java.util.Arrays.fill(sum, 1);
      for (long[] r : with) {
        for (int i = 0; i < sum.length; i++) {
          sum[i] *= r[i];
        }
      }
      key.add(java.util.Arrays.stream(sum).boxed().toList());
      // with the same factors so far, all that can differ is what fits later; that does not
      if (seen.put(key, true) == null) {
        out.add(with);
      }
      return;
    }
    boolean allowed = allowed(p, f, dimension, v);
    for (long n = 1; n <= Math.min(left[v], room); n++) {
      if (left[v] % n == 0 && (n == 1 || allowed)) {
        row[v] = n;
        fill(p, f, dimension, left, row, v + 1, room / n, before, out, seen);
      }
    }
  }

  private static boolean allowed(Problem p, Fanout f, Fanout.Dimension d, int v) {
    for (var tensor : p.tensors) {
      if (!d.allows(tensor, p.variable(v))) {
        return false;
      }
    }
    for (Constraint c : p.options.constraints().all()) {
      if (c instanceof Constraint.SpatialVariables s
          && s.fanout().equals(f.name())
          && s.dimension().equals(d.name())
          && !s.variables().contains(p.variable(v))) {
        return false;
      }
    }
    return true;
  }

  /** Whether some variable may be spread along a dimension of a fanout. */
  static boolean uses(Problem p, Fanout f, Fanout.Dimension dimension) {
    for (int v = 0; v < p.variables; v++) {
      if (dimension.size() > 1 && p.extent[v] > 1 && allowed(p, f, dimension, v)) {
        long most = Long.MAX_VALUE;
        for (Constraint c : p.options.constraints().all()) {
          if (c instanceof Constraint.SpatialFactor s
              && s.fanout().equals(f.name())
              && s.dimension().equals(dimension.name())
              && s.variable().equals(p.variable(v))) {
            most = Math.min(most, s.most());
          }
        }
        if (most > 1) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean utilized(Problem p, Fanout f, long used, long children) {
    for (Constraint c : p.options.constraints().all()) {
      if (c instanceof Constraint.MinUtilization m
          && m.fanout().equals(f.name())
          && (double) used / children < m.share() * (1 - 1e-12)) {
        return false;
      }
    }
    return true;
  }
}
