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
   * @param nearest the point that comes nearest to the limits, where none keeps to them
   */
  record Answer(
      String question,
      Goal goal,
      boolean budget,
      List<Limit> limits,
      Optional<Entry> best,
      Optional<Entry> nearest) {}

  StudyAnswers {
    all = List.copyOf(all);
  }

  static StudyAnswers of(StudyResults results) {
    StudyBrief brief = results.brief();
    List<Answer> answers = new ArrayList<>();
    for (Budget b : brief.budgets()) {
      Optional<Entry> best = best(results, b.best(), b.limits());
      answers.add(
          new Answer(
              b.name(),
              b.best(),
              true,
              b.limits(),
              best,
              best.isPresent() ? Optional.empty() : nearest(results, b.limits())));
    }
    for (Goal goal : brief.objectives()) {
      answers.add(
          new Answer(
              goal.label(),
              goal,
              false,
              List.of(),
              best(results, goal, List.of()),
              Optional.empty()));
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

  /**
   * Of a budget that no point keeps to, the one that comes nearest: the least over any limit, as a
   * share of it. The first of the study where several do.
   */
  private static Optional<Entry> nearest(StudyResults results, List<Limit> limits) {
    return results.entries().stream()
        .filter(Entry::kept)
        .filter(e -> limits.stream().allMatch(l -> value(e, l.measure()) != null))
        .min(
            Comparator.comparingDouble(
                e -> limits.stream().mapToDouble(l -> over(l, e)).max().orElse(0)));
  }

  /** How far beyond a limit, as a share of it; 0 within. */
  private static double over(Limit limit, Entry e) {
    double value = Objects.requireNonNull(value(e, limit.measure()));
    double over = Math.max(share(value - limit.most(), limit.most()), 0);
    return Math.max(over, share(limit.least() - value, limit.least()));
  }

  private static Map<String, Object> nearest(Answer a, Entry e) {
    Map<String, Double> over = new LinkedHashMap<>();
    a.limits().stream()
        .filter(l -> over(l, e) > 0)
        .forEach(l -> over.put(l.measure().label(), over(l, e)));
    return Map.of("point", e.id(), "over", over);
  }

  private static double share(double excess, double limit) {
    return excess > 0 ? excess / Math.max(Math.abs(limit), Double.MIN_NORMAL) : 0;
  }

  /** The points, each once. */
  Set<String> ids() {
    Set<String> ids = new LinkedHashSet<>();
    all.forEach(a -> a.best().or(a::nearest).ifPresent(e -> ids.add(e.id())));
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
      json.put("limits", a.limits().stream().map(Limit::origin).toList());
      json.put("point", a.best().map(Entry::id).orElse(null));
      a.nearest().ifPresent(e -> json.put("nearest", nearest(a, e)));
      list.add(json);
    }
    return list;
  }
}
