package org.einloom.report;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.einloom.explore.LayerFigures;
import org.einloom.explore.LayerFigures.ComponentFigures;
import org.einloom.explore.PointResult;
import org.einloom.explore.PointResult.Evaluated;
import org.einloom.explore.WorkloadFigures;
import org.jspecify.annotations.Nullable;

/**
 * The results of a study as tables: {@code study} with one row; {@code point}, {@code workload},
 * {@code layer} and {@code component} with one for each of what they are called after. Numbers are
 * in full, with units in the names of their columns.
 */
final class StudyTables {
  private record OfWorkload(PointResult point, WorkloadFigures workload) {}

  private record OfLayer(OfWorkload in, LayerFigures layer) {}

  private record OfComponent(OfLayer in, ComponentFigures component) {}

  /** Takes the rows of tables. */
  @FunctionalInterface
  interface Taker {
    void take(String table, List<@Nullable Object> row);
  }

  private final StudyResults results;
  private final RowTable<StudyResults> studies = new RowTable<>("study");
  private final RowTable<PointResult> points;
  private final RowTable<OfWorkload> workloads = new RowTable<>("workload");
  private final RowTable<OfLayer> layers = new RowTable<>("layer");
  private final RowTable<OfComponent> components = new RowTable<>("component");

  StudyTables(StudyResults results) {
    this.results = results;
    this.points = PointColumns.of(results);
    studies
        .text("name", r -> r.brief().name())
        .text("digest", StudyResults::digest)
        .text("architecture", r -> r.brief().architecture())
        .text("mapping", r -> r.brief().mapping())
        .text("method", r -> r.brief().method())
        .text("einloom", StudyResults::version);
    workloads
        .text("point", r -> r.point().point().id())
        .text("workload", r -> r.workload().name())
        .number("weight", r -> r.workload().weight())
        .count("macs", r -> r.workload().macs())
        .number("energyPj", r -> r.workload().energyPj())
        .number("latencyS", r -> r.workload().latencyS());
    layers
        .text("point", r -> r.in().point().point().id())
        .text("workload", r -> r.in().workload().name())
        .text("layer", r -> r.layer().name())
        .count("repeats", r -> r.layer().repeats())
        .count("macs", r -> r.layer().macs())
        .number("energyPj", r -> r.layer().energyPj())
        .number("latencyS", r -> r.layer().latencyS())
        .count("cycles", r -> r.layer().cycles())
        .optional(
            "boundBy",
            ParquetColumn.Type.TEXT,
            r -> r.layer().boundBy().isEmpty() ? null : r.layer().boundBy())
        .text("status", r -> r.layer().status().label())
        .number("value", r -> r.layer().value())
        .optional(
            "lowerBound", ParquetColumn.Type.DOUBLE, r -> Json.orNull(r.layer().lowerBound()));
    components
        .text("point", r -> r.in().in().point().point().id())
        .text("workload", r -> r.in().in().workload().name())
        .text("layer", r -> r.in().layer().name())
        .count("repeats", r -> r.in().layer().repeats())
        .text("component", r -> r.component().name())
        .count("instances", r -> r.component().instances())
        .number("energyPj", r -> r.component().energyPj())
        .number("leakagePj", r -> r.component().leakagePj())
        .number("busyS", r -> r.component().busyS())
        .number("areaUm2", r -> r.component().areaUm2());
  }

  /** All tables. */
  List<RowTable<?>> all() {
    return List.of(studies, points, workloads, layers, components);
  }

  /** All rows of all tables, point by point, as they are read. */
  void rows(Taker taker) {
    taker.take("study", studies.row(results));
    results.whole(
        point -> {
          taker.take("point", points.row(point));
          if (point.outcome() instanceof Evaluated e) {
            e.workloads().forEach(w -> rows(new OfWorkload(point, w), taker));
          }
        });
  }

  private void rows(OfWorkload w, Taker taker) {
    taker.take("workload", workloads.row(w));
    for (LayerFigures l : w.workload().layers()) {
      var layer = new OfLayer(w, l);
      taker.take("layer", layers.row(layer));
      l.components()
          .forEach(c -> taker.take("component", components.row(new OfComponent(layer, c))));
    }
  }

  /** By id, whether nothing is better for any layer of a point. */
  static Map<String, Boolean> proven(StudyResults results) {
    Map<String, Boolean> proven = new HashMap<>();
    results.entries().forEach(e -> proven.put(e.id(), e.proven()));
    return proven;
  }
}
