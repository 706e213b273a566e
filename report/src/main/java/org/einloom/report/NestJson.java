package org.einloom.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode.Loop;
import org.einloom.mapping.MappingNode.Spatial;
import org.einloom.mapping.MappingNode.Storage;
import org.einloom.mapping.Nest;
import org.einloom.workload.Einsum;

/** A mapping node by node, as JSON, for who draws it. */
final class NestJson {
  private NestJson() {}

  /** Storage nodes and loops, outermost first. */
  static List<Object> nest(Einsum einsum, LoopTree mapping) {
    var bounds = Nest.of(einsum, mapping).loops().iterator();
    List<Object> nodes = new ArrayList<>();
    for (var node : mapping.nodes()) {
      var json = new LinkedHashMap<String, Object>();
      switch (node) {
        case Storage s -> {
          json.put("keep", s.tensor());
          json.put("memory", s.memory());
        }
        case Loop loop -> {
          json.put("loop", loop.variable());
          if (loop instanceof Spatial s) {
            json.put("fanout", s.fanout());
            json.put("dimension", s.dimension());
          }
          Nest.Bound bound = bounds.next();
          json.put("outer", bound.outer());
          json.put("tile", loop.tile());
          json.put("iterations", bound.count());
        }
      }
      nodes.add(json);
    }
    return nodes;
  }
}
