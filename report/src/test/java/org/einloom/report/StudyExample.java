package org.einloom.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.einloom.component.Value;
import org.einloom.explore.Budget;
import org.einloom.explore.Goal;
import org.einloom.explore.LayerFigures;
import org.einloom.explore.LayerFigures.ComponentFigures;
import org.einloom.explore.Limit;
import org.einloom.explore.Measure;
import org.einloom.explore.Point;
import org.einloom.explore.PointResult;
import org.einloom.explore.PointResult.Cut;
import org.einloom.explore.PointResult.Evaluated;
import org.einloom.explore.PointResult.Infeasible;
import org.einloom.explore.StudyBrief;
import org.einloom.explore.WorkloadFigures;
import org.einloom.mapper.Optimality;

/** Points of a study that was never run; figures follow from the values of the parameters. */
public final class StudyExample {
  private static final String[] PRESETS = {"deep", "high"};

  private StudyExample() {}

  /** What the points are of. */
  public static StudyBrief brief() {
    var area =
        new Limit(Measure.of(Measure.AREA), Double.NEGATIVE_INFINITY, 4e5, "area <= 0.4 mm2");
    return new StudyBrief(
        "edge <study>",
        "edge-npu",
        List.of("detector"),
        List.of(area),
        List.of(new Budget("tight", List.of(area), Goal.least(Measure.of(Measure.EDP)))),
        List.of(
            Goal.least(Measure.of(Measure.ENERGY)),
            Goal.least(Measure.of(Measure.LATENCY)),
            Goal.least(Measure.of(Measure.AREA)),
            new Goal(Measure.of("accuracy"), true)),
        "edp",
        "all combinations");
  }

  /** So many points with so many layers each: most evaluated, some cut, some infeasible. */
  public static FinishedPoints points(int points, int layers) {
    return taker -> {
      for (int i = 0; i < points; i++) {
        taker.accept(point(i, layers));
      }
    };
  }

  /** A report's results of so many points. */
  public static StudyResults results(int points, int layers) {
    return new StudyResults(brief(), "0123456789abcdef", "1", points(points, layers));
  }

  /** All points at once. */
  public static List<PointResult> list(int points, int layers) {
    List<PointResult> list = new ArrayList<>();
    Consumer<PointResult> add = list::add;
    points(points, layers).read(add);
    return list;
  }

  private static PointResult point(int i, int layers) {
    double macs = 32 << i % 4;
    double sram = 128 * (1 + i / 4 % 5);
    String preset = PRESETS[i / 20 % 2];
    int round = i / 40;
    double more = 1 + round / 100.0;
    var values = new LinkedHashMap<String, Value>();
    values.put("macs", Value.of(macs));
    values.put("sram", Value.of(sram));
    values.put("preset", Value.of(preset));
    values.put("energy", Value.of(more)); // called as a figure is
    double area = 1e5 + macs * 700 + sram * 400;
    double energy = 2e9 * more * (1 + 300 / sram) * (preset.equals("deep") ? 1 : 1.2);
    double latency = 0.2 * more * (preset.equals("deep") ? 2 : 1) * (0.3 + 32 / macs);
    return new PointResult(
        i,
        new Point(values),
        switch (i % 13) {
          case 5 ->
              new Cut(
                  area,
                  new LinkedHashMap<>(
                      Map.of(Measure.ENERGY, energy / 2, Measure.LATENCY, latency / 2)),
                  i % 2 == 0 ? "dominated" : "area <= 0.4 mm2",
                  i % 2 == 0 ? "0011223344556677" : "");
          case 12 -> new Infeasible("SRAM holds 1 KiB; the smallest tile needs 2");
          default -> evaluated(area, energy, latency, layers);
        });
  }

  private static Evaluated evaluated(double area, double energy, double latency, int layers) {
    var measures = new LinkedHashMap<String, Double>();
    measures.put(Measure.ENERGY, energy);
    measures.put(Measure.LATENCY, latency);
    measures.put(Measure.AREA, area);
    measures.put("accuracy", 70 + 1e-9 * energy);
    measures.put(Measure.EDP, energy * latency);
    List<LayerFigures> list = new ArrayList<>();
    double whole = 0;
    for (int l = 0; l < layers; l++) {
      whole += l + 1;
    }
    for (int l = 0; l < layers; l++) {
      list.add(layer("T" + (l + 1), energy * (l + 1) / whole, latency * (l + 1) / whole));
    }
    return new Evaluated(
        area,
        measures,
        area > 4e5 ? List.of("area <= 0.4 mm2") : List.of(),
        List.of(new WorkloadFigures("detector", 1, 1_000_000, energy, latency, list)));
  }

  private static LayerFigures layer(String name, double energy, double latency) {
    List<ComponentFigures> components = new ArrayList<>();
    String[] names = {"Flash", "SRAM", "Scratchpad", "MACs"};
    for (int c = 0; c < names.length; c++) {
      components.add(
          new ComponentFigures(
              names[c], 1, energy * (4 - c) / 10, 0, latency * (4 - c) / 4, c * 1000));
    }
    return new LayerFigures(
        name,
        1,
        1000,
        energy,
        latency,
        (long) (latency * 1e9),
        "Flash",
        Optimality.Status.OPTIMAL,
        energy * latency,
        OptionalDouble.of(energy * latency),
        components);
  }
}
