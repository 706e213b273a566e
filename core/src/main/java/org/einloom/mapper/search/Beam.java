package org.einloom.mapper.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A first good mapping of a structure: of all partial mappings with as many loops and nodes, only
 * the few that promise most are extended. What is found so proves nothing; it leaves out much of
 * the search that does.
 */
final class Beam {
  /** So many partial mappings of a size are extended. */
  private static final int WIDTH = 32;

  private final TemporalSearch search;
  private final List<List<Integer>> bySize = new ArrayList<>();

  Beam(TemporalSearch search) {
    this.search = search;
  }

  /** Offers what it comes to; the search has been begun, and has no labels in line afterwards. */
  void run(Incumbents best) {
    collect();
    for (int size = 0; size < bySize.size(); size++) {
      List<Integer> labels = bySize.get(size);
      labels.removeIf(label -> search.labels.dead[label]);
      labels.sort(
          Comparator.<Integer>comparingDouble(label -> search.labels.value[label])
              .thenComparingDouble(label -> search.labels.tie[label])
              .thenComparing(label -> label));
      for (int label : labels.subList(0, Math.min(WIDTH, labels.size()))) {
        if (search.finished(label)) {
          search.finish(label, best);
        } else {
          search.expand(label, best);
          collect();
        }
      }
    }
  }

  /** Takes all labels out of line. */
  private void collect() {
    for (int label = search.labels.pop(); label >= 0; label = search.labels.pop()) {
      int size = search.size(label);
      while (bySize.size() <= size) {
        bySize.add(new ArrayList<>());
      }
      bySize.get(size).add(label);
    }
  }
}
