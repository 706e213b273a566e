package org.einloom.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.einloom.explore.Budget;
import org.einloom.explore.Goal;
import org.einloom.explore.Limit;
import org.einloom.explore.Measure;
import org.einloom.explore.PointResult.Evaluated;
import org.einloom.explore.StudyBrief;
import org.einloom.report.StudyResults.Entry;
import org.jspecify.annotations.Nullable;

/**
 * The points that a study is after: the best of each budget, and the best by each objective.
 *
 * @param all in this order
 */
record StudyAnswers(List<Answer> all) {
  /**
   * An answer.
   *
   * @param question what it is the best of
   * @param goal what decided
   * @param budget whether it is of a budget, and not of the whole study
   * @param limits of the budget, as they were written
   * @param best empty if no point keeps to the limits
   */
  record Answer(
      String question, Goal goal, boolean budget, List<String> limits, Optional<Entry> best) {}

  StudyAnswers {
    all = List.copyOf(all);
  }

  static StudyAnswers of(StudyResults results) {
    StudyBrief brief = results.brief();
    List<Answer> answers = new ArrayList<>();
    for (Budget b : brief.budgets()) {
      answers.add(
          new Answer(
              b.name(),
              b.best(),
              true,
              b.limits().stream().map(Limit::origin).toList(),
              best(results, b.best(), b.limits())));
    }
    for (Goal goal : brief.objectives()) {
      answers.add(new Answer(goal.label(), goal, false, List.of(), best(results, goal, List.of())));
    }
    return new StudyAnswers(answers);
  }

  /** Of points that are as good, the first of the study. */
  private static Optional<Entry> best(StudyResults results, Goal goal, List<Limit> limits) {
    return results.entries().stream()
        .filter(Entry::kept)
        .filter(e -> value(e, goal.measure()) != null)
        .filter(e -> limits.stream().allMatch(l -> allows(l, e)))
        .min(
            Comparator.comparingDouble(
                e -> goal.cost(Objects.requireNonNull(value(e, goal.measure())))));
  }

  private static boolean allows(Limit limit, Entry e) {
    Double value = value(e, limit.measure());
    return value != null && limit.allows(value);
  }

  private static @Nullable Double value(Entry e, Measure measure) {
    return e.result().outcome() instanceof Evaluated v && v.measures().containsKey(measure.label())
        ? v.measures().get(measure.label())
        : new StudyMeasure(measure.label(), "").value(e.result());
  }

  /** The points, each once. */
  Set<String> ids() {
    Set<String> ids = new LinkedHashSet<>();
    all.forEach(a -> a.best().ifPresent(e -> ids.add(e.id())));
    return ids;
  }

  List<Object> json() {
    List<Object> list = new ArrayList<>();
    for (Answer a : all) {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("question", a.question());
      json.put("measure", a.goal().measure().label());
      json.put("more", a.goal().maximise());
      json.put("budget", a.budget());
      json.put("limits", a.limits());
      json.put("point", a.best().map(Entry::id).orElse(null));
      list.add(json);
    }
    return list;
  }
}
