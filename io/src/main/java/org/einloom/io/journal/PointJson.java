package org.einloom.io.journal;

import java.io.StringWriter;
import java.util.Map;
import java.util.OptionalDouble;
import org.einloom.component.Value;
import org.einloom.explore.LayerFigures;
import org.einloom.explore.LayerFigures.ComponentFigures;
import org.einloom.explore.PointResult;
import org.einloom.explore.PointResult.Cut;
import org.einloom.explore.PointResult.Evaluated;
import org.einloom.explore.PointResult.Infeasible;
import org.einloom.explore.WorkloadFigures;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A finished point as a JSON object on one line; {@link PointReader} reads the same point back, to
 * the bit. Numbers that JSON does not have are written as text.
 */
final class PointJson {
  private static final JsonFactory JSON = new JsonFactory();

  private final JsonGenerator json;

  private PointJson(JsonGenerator json) {
    this.json = json;
  }

  static String write(PointResult result) {
    var text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      new PointJson(json).point(result);
    }
    return text.toString();
  }

  private void point(PointResult result) {
    json.writeStartObject();
    json.writeStringProperty("id", result.point().id());
    json.writeNumberProperty("number", result.number());
    json.writeStringProperty("status", result.outcome().status());
    json.writeObjectPropertyStart("values");
    result
        .point()
        .values()
        .forEach(
            (name, value) -> {
              switch (value) {
                case Value.Amount a -> json.writeNumberProperty(name, a.number());
                case Value.Word w -> json.writeStringProperty(name, w.word());
              }
            });
    json.writeEndObject();
    switch (result.outcome()) {
      case Evaluated e -> evaluated(e);
      case Cut c -> {
        json.writeNumberProperty("areaUm2", c.areaUm2());
        numbers("bounds", c.bounds());
        json.writeStringProperty("reason", c.reason());
        json.writeStringProperty("by", c.by());
      }
      case Infeasible i -> json.writeStringProperty("reason", i.reason());
    }
    json.writeEndObject();
  }

  private void evaluated(Evaluated e) {
    json.writeNumberProperty("areaUm2", e.areaUm2());
    numbers("measures", e.measures());
    json.writeArrayPropertyStart("broken");
    e.broken().forEach(json::writeString);
    json.writeEndArray();
    json.writeArrayPropertyStart("workloads");
    e.workloads().forEach(this::workload);
    json.writeEndArray();
  }

  private void numbers(String name, Map<String, Double> numbers) {
    json.writeObjectPropertyStart(name);
    numbers.forEach(json::writeNumberProperty);
    json.writeEndObject();
  }

  private void workload(WorkloadFigures w) {
    json.writeStartObject();
    json.writeStringProperty("name", w.name());
    json.writeNumberProperty("weight", w.weight());
    json.writeNumberProperty("macs", w.macs());
    json.writeNumberProperty("energyPj", w.energyPj());
    json.writeNumberProperty("latencyS", w.latencyS());
    json.writeArrayPropertyStart("layers");
    w.layers().forEach(this::layer);
    json.writeEndArray();
    json.writeEndObject();
  }

  private void layer(LayerFigures l) {
    json.writeStartObject();
    json.writeStringProperty("name", l.name());
    json.writeNumberProperty("repeats", l.repeats());
    json.writeNumberProperty("macs", l.macs());
    json.writeNumberProperty("energyPj", l.energyPj());
    json.writeNumberProperty("latencyS", l.latencyS());
    json.writeNumberProperty("cycles", l.cycles());
    json.writeStringProperty("boundBy", l.boundBy());
    json.writeStringProperty("status", l.status().label());
    json.writeNumberProperty("value", l.value());
    OptionalDouble bound = l.lowerBound();
    if (bound.isPresent()) {
      json.writeNumberProperty("lowerBound", bound.getAsDouble());
    }
    json.writeArrayPropertyStart("components");
    l.components().forEach(this::component);
    json.writeEndArray();
    json.writeEndObject();
  }

  private void component(ComponentFigures c) {
    json.writeStartObject();
    json.writeStringProperty("name", c.name());
    json.writeNumberProperty("instances", c.instances());
    json.writeNumberProperty("energyPj", c.energyPj());
    json.writeNumberProperty("leakagePj", c.leakagePj());
    json.writeNumberProperty("busyS", c.busyS());
    json.writeNumberProperty("areaUm2", c.areaUm2());
    json.writeEndObject();
  }
}
