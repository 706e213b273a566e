package org.einloom.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.einloom.explore.Goal;
import org.einloom.explore.PointResult.Evaluated;

/**
 * The points of a study that no other beats: of those that may be an answer, the ones to which
 * there is none that is at least as good in every objective and better in one.
 */
final class StudyFront {
  private StudyFront() {}

  private record Placed(StudyResults.Entry entry, List<Double> costs) {}

  static List<StudyResults.Entry> of(List<StudyResults.Entry> entries, List<Goal> objectives) {
    List<Placed> front = new ArrayList<>();
    for (StudyResults.Entry e : entries) {
      Optional<Placed> placed = place(e, objectives);
      if (placed.isPresent() && front.stream().noneMatch(f -> beats(f, placed.get()))) {
        front.removeIf(f -> beats(placed.get(), f));
        front.add(placed.get());
      }
    }
    return front.stream().map(Placed::entry).toList();
  }

  private static Optional<Placed> place(StudyResults.Entry e, List<Goal> objectives) {
    if (!e.kept() || !(e.result().outcome() instanceof Evaluated evaluated)) {
      return Optional.empty();
    }
    List<Double> costs = new ArrayList<>();
    for (Goal goal : objectives) {
      Double value = evaluated.measures().get(goal.measure().label());
      if (value == null || value.isNaN()) {
        return Optional.empty();
      }
      costs.add(goal.cost(value));
    }
    return Optional.of(new Placed(e, costs));
  }

  private static boolean beats(Placed a, Placed b) {
    boolean better = false;
    for (int i = 0; i < a.costs().size(); i++) {
      if (a.costs().get(i) > b.costs().get(i)) {
        return false;
      }
      better |= a.costs().get(i) < b.costs().get(i);
    }
    return better;
  }
}
