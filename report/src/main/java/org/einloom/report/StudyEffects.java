package org.einloom.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.einloom.explore.MainEffects;
import org.einloom.explore.Point;
import org.einloom.explore.PointResult.Evaluated;
import org.jspecify.annotations.Nullable;

/** What goes with which parameter, of all points that were mapped. */
final class StudyEffects {
  private StudyEffects() {}

  /** By label of the measure, a list of parameters. */
  static Map<String, Object> of(StudyResults results, List<StudyMeasure> measures) {
    var json = new LinkedHashMap<String, Object>();
    List<String> parameters = List.copyOf(results.parameters().keySet());
    for (StudyMeasure m : measures) {
      Map<Point, Double> figures = new HashMap<>();
      List<Point> points = new ArrayList<>();
      results
          .entries()
          .forEach(
              e -> {
                Double value = m.value(e.result());
                if (value != null && e.result().outcome() instanceof Evaluated) {
                  figures.put(e.result().point(), value);
                  points.add(e.result().point());
                }
              });
      json.put(
          m.label(),
          MainEffects.of(parameters, points, p -> figures.getOrDefault(p, 0.0)).stream()
              .map(StudyEffects::effect)
              .toList());
    }
    return json;
  }

  private static Map<String, @Nullable Object> effect(MainEffects.Effect effect) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("parameter", effect.parameter());
    json.put("share", Json.orNull(effect.share()));
    json.put(
        "levels",
        effect.levels().stream().map(l -> List.of(l.label(), l.points(), l.mean())).toList());
    return json;
  }
}
