package org.einloom.mapper.sparse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.einloom.arch.Fanout;
import org.einloom.arch.Fanout.Multicast;
import org.einloom.workload.TensorAccess;

/**
 * How one fanout is used: by variable, over how many children it is spread. Along which dimensions
 * does not matter for what is counted, so one way stands for all; but a variable of a window may be
 * spread along several, with temporal loops in between. Of ways that constraints tell apart one
 * that they allow stands for all.
 *
 * @param count by variable
 * @param loops a way to spread so
 */
@SuppressWarnings("ArrayRecordComponent") // internal; never compared
record Spread(long[] count, List<Loop> loops) {
  /** One loop along a dimension. */
  record Loop(String dimension, int variable, long count) {}

  long product() {
    long product = 1;
    for (long c : count) {
      product *= c;
    }
    return product;
  }

  /** All ways to use a fanout on which variables have so many values left. */
  static List<Spread> all(Problem p, Fanout fanout, long[] left) {
    var found = new LinkedHashMap<List<Long>, Spread>();
    long[] count = new long[left.length];
    Arrays.fill(count, 1);
    walk(p, fanout, left, 0, 0, 1, count, new ArrayList<>(), found);
    return List.copyOf(found.values());
  }

  private static void walk(
      Problem p,
      Fanout fanout,
      long[] left,
      int dimension,
      int variable,
      long used,
      long[] count,
      List<Loop> loops,
      Map<List<Long>, Spread> found) {
    if (dimension == fanout.dimensions().size()) {
      if (!p.demands.allows(fanout, loops)) {
        return;
      }
      found.putIfAbsent(key(p, count, loops), new Spread(count.clone(), List.copyOf(loops)));
      return;
    }
    if (variable == left.length) {
      walk(p, fanout, left, dimension + 1, 0, 1, count, loops, found);
      return;
    }
    walk(p, fanout, left, dimension, variable + 1, used, count, loops, found);
    Fanout.Dimension d = fanout.dimensions().get(dimension);
    if (!counted(p, fanout, variable) || !allowed(p, d, variable)) {
      return;
    }
    for (long c = 2; c <= d.size() / used; c++) {
      if (left[variable] % (count[variable] * c) == 0) {
        count[variable] *= c;
        loops.add(new Loop(d.name(), variable, c));
        walk(p, fanout, left, dimension, variable + 1, used * c, count, loops, found);
        loops.removeLast();
        count[variable] /= c;
      }
    }
  }

  /** Loops over a variable of a window are told apart: what is between them can matter. */
  private static List<Long> key(Problem p, long[] count, List<Loop> loops) {
    var key = new ArrayList<>(Arrays.stream(count).boxed().toList());
    loops.stream()
        .filter(l -> p.inWindow(l.variable()))
        .sorted(Comparator.comparingInt(Loop::variable).thenComparingLong(Loop::count))
        .forEach(
            l -> {
              key.add((long) l.variable());
              key.add(l.count());
            });
    return key;
  }

  private static boolean allowed(Problem p, Fanout.Dimension d, int variable) {
    for (TensorAccess t : p.tensors) {
      if (!d.allows(t, p.variable(variable))) {
        return false;
      }
    }
    return true;
  }

  /** Whether the model of sparse tensors counts what a fanout does when it spreads a variable. */
  static boolean counted(Problem p, Fanout fanout, int variable) {
    for (Fanout f : p.architecture.fanouts()) {
      if (f.multicast() == Multicast.TILES) {
        return false; // what is spread here or further in is merged by tiles
      }
      if (f.equals(fanout)) {
        break;
      }
    }
    return fanout.links().isEmpty() && (fanout.reduce() || p.relevant[p.result][variable]);
  }
}
