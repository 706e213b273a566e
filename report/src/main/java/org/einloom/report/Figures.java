package org.einloom.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Fanout;
import org.einloom.arch.Figure;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.arch.Origin;
import org.einloom.arch.Toll;
import org.einloom.sparsity.SparseNode;

/**
 * The costs of an architecture, sorted by how well they are founded.
 *
 * @param names what each is a cost of, by origin
 */
record Figures(Map<Origin, List<String>> names) {
  private static final int MOST_NAMED = 3;

  /**
   * All of them.
   *
   * @param sparse what sparse tensors cost besides, by node
   */
  static Figures of(Architecture architecture, Map<String, SparseNode> sparse) {
    var figures = new Figures(new EnumMap<>(Origin.class));
    for (Node node : architecture.everyNode()) {
      actions(node, sparse).forEach(a -> figures.sort(node.name() + " " + a.name(), a.energyPj()));
      figures.sort(node.name() + " area", node.areaUm2());
      figures.sort(node.name() + " leakage", node.leakageUw());
    }
    return figures;
  }

  /** The actions of a node, those for sparse tensors included. */
  static List<Action> actions(Node node, Map<String, SparseNode> sparse) {
    List<Action> all = new ArrayList<>(actions(node));
    all.addAll(sparse.getOrDefault(node.name(), SparseNode.FREE).actions().values());
    return all;
  }

  /** The actions of a node. */
  static List<Action> actions(Node node) {
    return switch (node) {
      case Memory m -> List.copyOf(m.actions().values());
      case Toll t -> List.copyOf(t.actions().values());
      case Fanout f -> f.actions();
      case Compute c -> List.of(c.compute());
    };
  }

  /**
   * {@code figures: 9 as published; 2 derived or assumed (DRAM read, DRAM write); 1 not given ...}
   */
  String line() {
    var parts = new ArrayList<String>();
    parts.add(of(Origin.PUBLISHED).size() + " " + Origin.PUBLISHED.label());
    for (Origin origin : Origin.values()) {
      if (origin != Origin.PUBLISHED && !of(origin).isEmpty()) {
        String taken = origin == Origin.NOT_GIVEN ? ", taken as 0" : "";
        parts.add(
            of(origin).size() + " " + origin.label() + taken + " (" + named(of(origin)) + ")");
      }
    }
    return "figures: " + String.join("; ", parts);
  }

  private List<String> of(Origin origin) {
    return names.getOrDefault(origin, List.of());
  }

  private static String named(List<String> all) {
    var shown = new ArrayList<>(all.subList(0, Math.min(all.size(), MOST_NAMED)));
    if (all.size() > MOST_NAMED) {
      shown.add("...");
    }
    return String.join(", ", shown);
  }

  private void sort(String name, Figure figure) {
    names.computeIfAbsent(figure.origin(), o -> new ArrayList<>()).add(name);
  }
}
