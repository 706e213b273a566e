package org.einloom.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Design;
import org.einloom.arch.Fanout;
import org.einloom.arch.Idle;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.arch.Toll;
import org.jspecify.annotations.Nullable;

/** What a result ran on, as JSON: sizes and throughputs of every node; costs are in the figures. */
final class HardwareJson {
  private HardwareJson() {}

  static Map<String, @Nullable Object> of(Design design) {
    Architecture first = design.first();
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("clockHz", first.clockHz());
    json.put("technology", first.technology());
    List<Object> nodes = new ArrayList<>();
    first.nodes().forEach(n -> nodes.add(node(n, first.instances(n))));
    for (Idle i : first.idle()) {
      nodes.add(node(i.node(), i.instances()));
    }
    json.put("nodes", nodes);
    return json;
  }

  private static Map<String, @Nullable Object> node(Node node, long instances) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("component", node.name());
    json.put("kind", kind(node));
    json.put("instances", instances);
    switch (node) {
      case Memory m -> {
        json.put(
            "capacityBits", m.capacityBits().isPresent() ? m.capacityBits().getAsLong() : null);
        json.put("sharedPort", m.sharedPort());
      }
      case Toll t -> json.put("sharedPort", t.sharedPort());
      case Fanout f -> {
        List<Object> dimensions = new ArrayList<>();
        for (Fanout.Dimension d : f.dimensions()) {
          var dimension = new LinkedHashMap<String, Object>();
          dimension.put("name", d.name());
          dimension.put("size", d.size());
          dimensions.add(dimension);
        }
        json.put("dimensions", dimensions);
      }
      case Compute c -> {
        // nothing but its throughput
      }
    }
    var ports = new LinkedHashMap<String, @Nullable Object>();
    Figures.actions(node).forEach(a -> ports.put(a.name(), port(a)));
    json.put("ports", ports);
    return json;
  }

  private static Map<String, @Nullable Object> port(Action action) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("widthBits", action.widthBits() == 0 ? null : action.widthBits());
    json.put("perCycle", Double.isInfinite(action.perCycle()) ? null : action.perCycle());
    return json;
  }

  private static String kind(Node node) {
    return switch (node) {
      case Memory m -> "memory";
      case Toll t -> "toll";
      case Fanout f -> "fanout";
      case Compute c -> "compute";
    };
  }
}
