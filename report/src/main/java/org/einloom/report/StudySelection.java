package org.einloom.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.einloom.report.StudyResults.Entry;

/**
 * Which points a page holds, so that it stays of a size that browsers open at once: answers and the
 * front, then others spread evenly over the study.
 *
 * @param points in the order of the study
 * @param detailed of which of them layers are held, most wanted first
 */
record StudySelection(List<Entry> points, Set<String> detailed) {
  private static final int MOST_POINTS = 2000;
  private static final int MOST_OF_FRONT = 1000;

  /** Figures of components in all layers of all points, some 40 bytes each. */
  private static final long MOST_PARTS = 30_000;

  static StudySelection of(StudyResults results, StudyAnswers answers) {
    List<Entry> all = results.entries();
    Set<String> wanted = new LinkedHashSet<>(answers.ids());
    List<Entry> front = all.stream().filter(e -> results.onFront(e.id())).toList();
    spread(front, MOST_OF_FRONT).forEach(e -> wanted.add(e.id()));
    List<Entry> rest = all.stream().filter(e -> !wanted.contains(e.id())).toList();
    spread(rest, MOST_POINTS - wanted.size()).forEach(e -> wanted.add(e.id()));
    List<Entry> points = all.stream().filter(e -> wanted.contains(e.id())).toList();
    Map<String, Integer> parts = new HashMap<>();
    points.forEach(e -> parts.put(e.id(), e.parts()));
    Set<String> detailed = new LinkedHashSet<>();
    long left = MOST_PARTS;
    for (String id : wanted) {
      int own = parts.getOrDefault(id, 0);
      if (own > 0 && own <= left) {
        detailed.add(id);
        left -= own;
      }
    }
    return new StudySelection(points, detailed);
  }

  /** So many of them, evenly; all if there are no more. */
  private static List<Entry> spread(List<Entry> entries, int most) {
    if (entries.size() <= most) {
      return entries;
    }
    List<Entry> some = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      some.add(entries.get((int) ((long) i * entries.size() / most)));
    }
    return some;
  }
}
