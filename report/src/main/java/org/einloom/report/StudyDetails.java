package org.einloom.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.einloom.explore.LayerFigures;
import org.einloom.explore.PointResult.Evaluated;
import org.einloom.explore.WorkloadFigures;
import org.einloom.mapper.Optimality;
import org.jspecify.annotations.Nullable;

/** The layers of some points for a page, as arrays, since there are many of them. */
final class StudyDetails {
  private StudyDetails() {}

  /**
   * By id of the point, its workloads.
   *
   * @param wanted the points
   */
  static Map<String, Object> of(StudyResults results, Set<String> wanted, StudyPage.Links links) {
    Map<String, Object> details = new LinkedHashMap<>();
    results.whole(
        point -> {
          String id = point.point().id();
          if (point.outcome() instanceof Evaluated e && wanted.contains(id)) {
            details.put(id, e.workloads().stream().map(w -> workload(id, w, links)).toList());
          }
        });
    return details;
  }

  private static Map<String, @Nullable Object> workload(
      String id, WorkloadFigures w, StudyPage.Links links) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("name", w.name());
    json.put("weight", w.weight());
    json.put("energyPj", w.energyPj());
    json.put("latencyS", w.latencyS());
    json.put("page", links.page(id, w.name()).orElse(null));
    json.put("layers", w.layers().stream().map(StudyDetails::layer).toList());
    return json;
  }

  /** Name, repeats, MACs, energy, latency, what bounds it, status, gap, components. */
  private static List<@Nullable Object> layer(LayerFigures l) {
    List<@Nullable Object> layer = new ArrayList<>();
    layer.add(l.name());
    layer.add(l.repeats());
    layer.add(l.macs());
    layer.add(l.energyPj());
    layer.add(l.latencyS());
    layer.add(l.boundBy());
    layer.add(l.status().label());
    layer.add(gap(l));
    layer.add(
        l.components().stream().map(c -> List.of(c.name(), c.energyPj(), c.busyS())).toList());
    return layer;
  }

  private static @Nullable Double gap(LayerFigures l) {
    if (l.status() != Optimality.Status.BOUNDED || l.lowerBound().isEmpty() || l.value() <= 0) {
      return null;
    }
    return Math.max(0, (l.value() - l.lowerBound().getAsDouble()) / l.value());
  }
}
