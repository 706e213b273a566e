package org.einloom.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.einloom.description.HandedOn;
import org.einloom.description.LayerDescription;
import org.einloom.description.Level;
import org.einloom.description.MappedLayer;
import org.einloom.description.MemoryTraffic;
import org.einloom.description.NetworkDescription;
import org.einloom.description.NetworkDescription.Tally;
import org.einloom.description.Route;
import org.einloom.description.Sharing;
import org.einloom.description.Spread;
import org.einloom.description.Stay;
import org.einloom.description.Step;
import org.einloom.explanation.Explanation.Traffic;
import org.jspecify.annotations.Nullable;

/** How a network runs, for programs. */
public final class DescriptionJson {
  private DescriptionJson() {}

  /** The whole description, UTF-8; what is not known is null. */
  public static byte[] write(NetworkDescription d, String version) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("einloom", version);
    json.put("workload", d.network().workload());
    json.put("architecture", d.network().design().first().name());
    json.put("dataflows", dataflows(d));
    json.put("spreads", spreads(d));
    json.put("memories", d.traffic().stream().map(DescriptionJson::memory).toList());
    json.put("kinds", KindJson.of(d.kinds()));
    json.put("layers", d.layers().stream().map(DescriptionJson::layer).toList());
    json.put("measured", d.network().measured());
    json.put("notCosted", Json.notCosted(d.network().notCosted()));
    return Json.bytes(json);
  }

  private static List<Object> dataflows(NetworkDescription d) {
    List<Object> list = new ArrayList<>();
    d.dataflows()
        .forEach(
            (memories, tallies) -> {
              for (Tally t : tallies) {
                var json = new LinkedHashMap<String, Object>();
                json.put("level", memories);
                json.put("dataflow", t.what());
                json.put("layers", t.layers());
                list.add(json);
              }
            });
    return list;
  }

  private static List<Object> spreads(NetworkDescription d) {
    List<Object> list = new ArrayList<>();
    d.spreads()
        .forEach(
            (place, tallies) -> {
              for (Tally t : tallies) {
                var json = new LinkedHashMap<String, Object>();
                json.put("dimension", place);
                json.put("variables", t.what());
                json.put("layers", t.layers());
                list.add(json);
              }
            });
    return list;
  }

  private static Object memory(MemoryTraffic t) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("memory", t.memory());
    json.put("words", t.words());
    json.put("compulsory", Json.orNull(t.compulsory()));
    return json;
  }

  private static Object layer(LayerDescription d) {
    MappedLayer l = d.layer();
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("name", l.name());
    json.put("kind", l.kind().label());
    json.put("repeats", l.repeats());
    json.put("macs", l.macs());
    json.put("utilization", Json.orNull(l.utilization()));
    json.put("levels", d.levels().stream().map(DescriptionJson::level).toList());
    json.put("steps", d.steps().stream().map(DescriptionJson::step).toList());
    json.put("spreads", d.spreads().stream().map(DescriptionJson::spread).toList());
    json.put("computes", d.computes());
    json.put("usedComputes", d.usedComputes());
    json.put("routes", d.routes().stream().map(DescriptionJson::route).toList());
    json.put("sharing", d.sharing().stream().map(DescriptionJson::sharing).toList());
    json.put("handedOn", d.handedOn().stream().map(DescriptionJson::handedOn).toList());
    json.put("traffic", d.traffic().stream().map(DescriptionJson::traffic).toList());
    return json;
  }

  private static Object level(Level l) {
    var json = new LinkedHashMap<String, Object>();
    json.put("memories", l.memories());
    json.put("dataflow", l.dataflow());
    json.put("place", l.place());
    json.put("stays", l.stays().stream().map(DescriptionJson::stay).toList());
    return json;
  }

  private static Map<String, Object> stay(Stay s) {
    var json = new LinkedHashMap<String, Object>();
    json.put("memory", s.memory());
    json.put("tensor", s.tensor());
    json.put("role", s.role().label());
    json.put("uses", s.uses());
    json.put("variables", s.variables());
    return json;
  }

  private static Map<String, Object> step(Step s) {
    var json = new LinkedHashMap<String, Object>();
    json.put("memory", s.memory());
    json.put("variable", s.variable());
    json.put("count", s.count());
    return json;
  }

  private static Map<String, Object> spread(Spread s) {
    var json = new LinkedHashMap<String, Object>();
    json.put("fanout", s.fanout());
    json.put("dimension", s.dimension());
    json.put("size", s.size());
    json.put("used", s.used());
    List<Object> parts = new ArrayList<>();
    for (Spread.Part p : s.parts()) {
      var part = new LinkedHashMap<String, Object>();
      part.put("variable", p.variable());
      part.put("count", p.count());
      parts.add(part);
    }
    json.put("parts", parts);
    return json;
  }

  private static Map<String, Object> route(Route r) {
    var json = new LinkedHashMap<String, Object>();
    json.put("tensor", r.tensor());
    json.put("role", r.role().label());
    json.put("memories", r.memories());
    json.put("bypassed", r.bypassed());
    return json;
  }

  private static Map<String, Object> sharing(Sharing s) {
    var json = new LinkedHashMap<String, Object>();
    json.put("fanout", s.fanout());
    json.put("tensor", s.tensor());
    json.put("inside", s.inside());
    json.put("outside", s.outside());
    return json;
  }

  private static Map<String, Object> handedOn(HandedOn h) {
    var json = new LinkedHashMap<String, Object>();
    json.put("fanout", h.fanout());
    json.put("tensor", h.tensor());
    json.put("words", h.words());
    json.put("fromAbove", h.fromAbove());
    return json;
  }

  private static Map<String, @Nullable Object> traffic(Traffic t) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("memory", t.memory());
    json.put("tensor", t.tensor());
    json.put("words", t.words());
    json.put("compulsory", t.compulsory().isPresent() ? t.compulsory().getAsLong() : null);
    return json;
  }
}
