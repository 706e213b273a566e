package org.einloom.io.journal;

import java.util.Arrays;
import java.util.LinkedHashMap;
import org.einloom.component.Value;
import org.einloom.explore.LayerFigures;
import org.einloom.explore.LayerFigures.ComponentFigures;
import org.einloom.explore.Point;
import org.einloom.explore.PointResult;
import org.einloom.explore.PointResult.Outcome;
import org.einloom.explore.WorkloadFigures;
import org.einloom.mapper.Optimality;
import org.einloom.workload.InvalidSpecException;

/** Reads what {@link PointJson} writes. */
public final class PointReader {
  private PointReader() {}

  /**
   * The point of a line.
   *
   * @throws InvalidSpecException if it holds none
   */
  public static PointResult read(String line) {
    JsonMembers json = JsonMembers.of(line);
    var values = new LinkedHashMap<String, Value>();
    json.object("values")
        .members()
        .forEach(
            (name, value) ->
                values.put(
                    name,
                    switch (value) {
                      case Double d -> Value.of(d);
                      case Long l -> Value.of(l);
                      case String s -> Value.of(s);
                      default -> throw new InvalidSpecException(name + " has a value of no kind");
                    }));
    return new PointResult(json.count("number"), new Point(values), outcome(json));
  }

  /** Its id, with which every line begins, without reading the rest. */
  static String id(String line) {
    String head = "{\"id\":\"";
    int end = line.indexOf('"', head.length());
    if (!line.startsWith(head) || end < 0) {
      throw new InvalidSpecException("a line of the results is of no point");
    }
    return line.substring(head.length(), end);
  }

  private static Outcome outcome(JsonMembers json) {
    return switch (json.text("status")) {
      case "evaluated" ->
          new PointResult.Evaluated(
              json.number("areaUm2"),
              json.object("measures").numbers(),
              json.texts("broken"),
              json.objects("workloads", PointReader::workload));
      case "cut" ->
          new PointResult.Cut(
              json.number("areaUm2"),
              json.object("bounds").numbers(),
              json.text("reason"),
              json.text("by"));
      case "infeasible" -> new PointResult.Infeasible(json.text("reason"));
      default -> throw new InvalidSpecException("a point of the results has no known status");
    };
  }

  private static WorkloadFigures workload(JsonMembers json) {
    return new WorkloadFigures(
        json.text("name"),
        json.number("weight"),
        json.count("macs"),
        json.number("energyPj"),
        json.number("latencyS"),
        json.objects("layers", PointReader::layer));
  }

  private static LayerFigures layer(JsonMembers json) {
    return new LayerFigures(
        json.text("name"),
        json.count("repeats"),
        json.count("macs"),
        json.number("energyPj"),
        json.number("latencyS"),
        json.count("cycles"),
        json.text("boundBy"),
        status(json.text("status")),
        json.number("value"),
        json.optionalNumber("lowerBound"),
        json.objects("components", PointReader::component));
  }

  private static Optimality.Status status(String label) {
    return Arrays.stream(Optimality.Status.values())
        .filter(s -> s.label().equals(label))
        .findFirst()
        .orElseThrow(() -> new InvalidSpecException("a layer of the results has no known status"));
  }

  private static ComponentFigures component(JsonMembers json) {
    return new ComponentFigures(
        json.text("name"),
        json.count("instances"),
        json.number("energyPj"),
        json.number("leakagePj"),
        json.number("busyS"),
        json.number("areaUm2"));
  }
}
