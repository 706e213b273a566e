package org.einloom.evaluation.timeloop;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.einloom.workload.InvalidSpecException;

/**
 * Children that share every word that several of them ask for, each word sent once. Space is cut
 * along the sides of all that is asked for, so that the words of one cell are asked for by the same
 * children.
 */
final class Union {
  /** Cells times children; a second or so. */
  private static final long MOST_WORK = 20_000_000;

  private Union() {}

  /** What is sent, by how many children get it. */
  static Map<Fan.Signature, Fan.Sent> sent(
      Map<Long, Delta> deltas, Set<Long> among, ToDoubleFunction<Collection<Long>> hops) {
    List<Long> children = new ArrayList<>();
    List<Delta> asked = new ArrayList<>();
    for (long at : among) {
      Delta d = deltas.get(at);
      if (d != null && d.words() > 0) {
        children.add(at);
        asked.add(d);
      }
    }
    if (asked.isEmpty()) {
      return Map.of();
    }
    Map<BitSet, Long> words = new HashMap<>();
    cells(asked, words);
    Map<Long, double[]> bySize = new HashMap<>();
    words.forEach(
        (who, n) -> {
          List<Long> group = who.stream().mapToObj(children::get).toList();
          double[] sum = bySize.computeIfAbsent((long) group.size(), k -> new double[2]);
          sum[0] += n;
          sum[1] += n * hops.applyAsDouble(group);
        });
    Map<Fan.Signature, Fan.Sent> sent = new HashMap<>();
    bySize.forEach(
        (m, sum) -> sent.put(new Fan.Signature(m, 1), new Fan.Sent(sum[0], sum[1] / sum[0])));
    return sent;
  }

  private static void cells(List<Delta> asked, Map<BitSet, Long> words) {
    int ranks = asked.getFirst().where().low().length;
    List<long[]> cuts = new ArrayList<>();
    long cells = 1;
    for (int r = 0; r < ranks; r++) {
      var sides = new TreeSet<Long>();
      for (Delta d : asked) {
        d.where().cuts(r, sides);
        Box less = d.less();
        if (less != null) {
          less.cuts(r, sides);
        }
      }
      long[] all = sides.stream().mapToLong(Long::longValue).toArray();
      cuts.add(all);
      cells *= all.length;
      if (cells * asked.size() > MOST_WORK) {
        throw new InvalidSpecException(
            "the switch 'shared-words' would have to tell too many parts of tiles apart here; leave it out, or use fewer children");
      }
    }
    visit(asked, cuts, new long[ranks], 0, 1, words);
  }

  private static void visit(
      List<Delta> asked, List<long[]> cuts, long[] at, int rank, long size, Map<BitSet, Long> all) {
    if (rank == at.length) {
      var who = new BitSet(asked.size());
      for (int i = 0; i < asked.size(); i++) {
        Box less = asked.get(i).less();
        who.set(i, asked.get(i).where().contains(at) && (less == null || !less.contains(at)));
      }
      if (!who.isEmpty()) {
        all.merge(who, size, Long::sum);
      }
      return;
    }
    long[] own = cuts.get(rank);
    for (int i = 0; i + 1 < own.length; i++) {
      at[rank] = own[i];
      visit(asked, cuts, at, rank + 1, size * (own[i + 1] - own[i]), all);
    }
  }
}
