package org.einloom.report;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.einloom.explore.Goal;
import org.einloom.explore.Limit;
import org.einloom.explore.PointResult.Cut;
import org.einloom.explore.PointResult.Evaluated;
import org.einloom.explore.PointResult.Infeasible;
import org.einloom.explore.StudyBrief;
import org.einloom.report.StudyResults.Entry;
import org.jspecify.annotations.Nullable;

/** A study as a page for a browser: one file, with the points that it shows as JSON. */
public final class StudyPage {
  private static final List<String> SCRIPTS =
      List.of(
          "study/data.js",
          "study/cards.js",
          "study/answers.js",
          "study/front.js",
          "study/parallel.js",
          "study/effects.js",
          "study/chosen.js",
          "study/point.js",
          "study/points.js",
          "study/main.js");

  /** Where there is a page of what a point makes of a workload, if there is one. */
  @FunctionalInterface
  public interface Links {
    /** None at all. */
    Links NONE = (point, workload) -> Optional.empty();

    /**
     * A file beside the page, or below.
     *
     * @param point its id
     */
    Optional<String> page(String point, String workload);
  }

  private StudyPage() {}

  /** The page. */
  public static byte[] of(StudyResults results, Links links) {
    String data = new String(Json.bytes(map(results, links)), StandardCharsets.UTF_8);
    return HtmlPage.of("Study: " + results.brief().name(), SCRIPTS, HtmlJson.embedded(data));
  }

  static Map<String, @Nullable Object> map(StudyResults results, Links links) {
    var measures = StudyMeasure.of(results);
    var answers = StudyAnswers.of(results);
    var shown = StudySelection.of(results, answers);
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("einloom", results.version());
    json.put("study", study(results));
    json.put("counts", counts(results, shown));
    json.put("parameters", List.copyOf(results.parameters().keySet()));
    json.put("measures", measures.stream().map(m -> measure(m, results.brief())).toList());
    json.put("answers", answers.json());
    json.put("points", shown.points().stream().map(e -> point(e, results, measures)).toList());
    json.put("details", StudyDetails.of(results, shown.detailed(), links));
    json.put("effects", StudyEffects.of(results, measures));
    return json;
  }

  private static Map<String, @Nullable Object> study(StudyResults results) {
    StudyBrief brief = results.brief();
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("name", brief.name());
    json.put("digest", results.digest());
    json.put("architecture", brief.architecture());
    json.put("mapping", brief.mapping());
    json.put("method", brief.method());
    json.put("sampled", !brief.method().equals(StudyBrief.ALL));
    json.put("workloads", brief.workloads());
    json.put("objectives", brief.objectives().stream().map(Goal::label).toList());
    json.put("limits", brief.limits().stream().map(StudyPage::limit).toList());
    return json;
  }

  private static Map<String, @Nullable Object> limit(Limit limit) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("measure", limit.measure().label());
    json.put("least", Double.isFinite(limit.least()) ? limit.least() : null);
    json.put("most", Double.isFinite(limit.most()) ? limit.most() : null);
    json.put("text", limit.origin());
    return json;
  }

  private static Map<String, Object> counts(StudyResults results, StudySelection shown) {
    var counts = new LinkedHashMap<String, Object>();
    List<Entry> all = results.entries();
    counts.put("points", all.size());
    counts.put(
        "evaluated", all.stream().filter(e -> e.result().outcome() instanceof Evaluated).count());
    counts.put("kept", all.stream().filter(Entry::kept).count());
    counts.put("cut", all.stream().filter(e -> e.result().outcome() instanceof Cut).count());
    counts.put(
        "infeasible", all.stream().filter(e -> e.result().outcome() instanceof Infeasible).count());
    counts.put("front", all.stream().filter(e -> results.onFront(e.id())).count());
    counts.put("proven", all.stream().filter(Entry::proven).count());
    counts.put("shown", shown.points().size());
    counts.put("detailed", shown.detailed().size());
    return counts;
  }

  private static Map<String, @Nullable Object> measure(StudyMeasure measure, StudyBrief brief) {
    Optional<Goal> goal =
        brief.objectives().stream()
            .filter(g -> g.measure().label().equals(measure.label()))
            .findFirst();
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("key", measure.label());
    json.put("unit", measure.unit());
    json.put("objective", goal.isPresent());
    json.put("more", measure.more(brief));
    return json;
  }

  private static Map<String, @Nullable Object> point(
      Entry e, StudyResults results, List<StudyMeasure> measures) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("id", e.id());
    json.put("number", e.result().number());
    json.put("status", e.result().outcome().status());
    List<@Nullable Object> values = new ArrayList<>();
    results
        .parameters()
        .keySet()
        .forEach(
            p -> values.add(e.result().point().value(p).map(StudyMeasure::plain).orElse(null)));
    json.put("values", values);
    List<@Nullable Object> figures = new ArrayList<>();
    measures.forEach(m -> figures.add(m.value(e.result())));
    json.put("figures", figures);
    json.put("front", results.onFront(e.id()));
    switch (e.result().outcome()) {
      case Evaluated v -> {
        json.put("broken", v.broken());
        json.put("proven", e.proven());
      }
      case Cut c -> {
        json.put("reason", c.reason());
        json.put("by", c.by());
      }
      case Infeasible i -> json.put("reason", i.reason());
    }
    return json;
  }
}
