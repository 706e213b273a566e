package org.einloom.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Figure;
import org.einloom.arch.Node;
import org.einloom.sparsity.SparseNode;
import org.jspecify.annotations.Nullable;

/** Every cost of an architecture with where it comes from, as JSON. */
final class FiguresJson {
  private FiguresJson() {}

  static List<Object> of(Architecture architecture, Map<String, SparseNode> sparse) {
    List<Object> list = new ArrayList<>();
    for (Node node : architecture.everyNode()) {
      for (Action a : Figures.actions(node, sparse)) {
        list.add(figure(node, a.name() + " pJ", a.energyPj()));
      }
      list.add(figure(node, "area um2", node.areaUm2()));
      list.add(figure(node, "leakage uW", node.leakageUw()));
    }
    return list;
  }

  private static Map<String, @Nullable Object> figure(Node node, String what, Figure figure) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("component", node.name());
    json.put("figure", what);
    json.put("value", figure.value());
    json.put("source", figure.source());
    json.put("assumption", figure.assumption());
    json.put("origin", figure.origin().label());
    json.put("derivation", figure.derivation().map(DerivationJson::of).orElse(null));
    return json;
  }
}
