package org.einloom.report;

import java.util.ArrayList;
import java.util.List;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Fanout;
import org.einloom.arch.Figure;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.arch.Toll;
import org.einloom.component.Derivation;

/**
 * The cost figures of an architecture, sorted by how well they are founded.
 *
 * @param sourced published or measured, with a source
 * @param classes by component class, from published or modelled numbers alone
 * @param assumedClasses by component class, with some number that is assumed or was not verified
 * @param assumed marked as assumptions: derived from published figures, or chosen
 * @param unsourced given without a source and not marked as assumptions
 * @param notGiven left out, by the file or by a component class, and so taken as zero
 */
record Figures(
    List<String> sourced,
    List<String> classes,
    List<String> assumedClasses,
    List<String> assumed,
    List<String> unsourced,
    List<String> notGiven) {

  private static final int MOST_NAMED = 3;

  static Figures of(Architecture architecture) {
    var figures =
        new Figures(
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>());
    for (Node node : architecture.everyNode()) {
      actions(node).forEach(a -> figures.sort(node.name() + " " + a.name(), a.energyPj()));
      figures.sort(node.name() + " area", node.areaUm2());
      figures.sort(node.name() + " leakage", node.leakageUw());
    }
    return figures;
  }

  /** The actions of a node. */
  static List<Action> actions(Node node) {
    return switch (node) {
      case Memory m -> List.copyOf(m.actions().values());
      case Toll t -> List.copyOf(t.actions().values());
      case Fanout f -> f.transfer().stream().toList();
      case Compute c -> List.of(c.compute());
    };
  }

  /**
   * {@code figures: 9 as published; 2 derived or assumed (DRAM read, DRAM write); 1 not given ...}
   */
  String line() {
    var parts = new ArrayList<String>();
    parts.add(sourced.size() + " as published");
    add(parts, classes, "by component class");
    add(parts, assumedClasses, "by component class with assumptions");
    add(parts, assumed, "derived or assumed");
    add(parts, unsourced, "without a source");
    add(parts, notGiven, "not given, taken as 0");
    return "figures: " + String.join("; ", parts);
  }

  private static void add(List<String> parts, List<String> names, String what) {
    if (!names.isEmpty()) {
      var shown = new ArrayList<>(names.subList(0, Math.min(names.size(), MOST_NAMED)));
      if (names.size() > MOST_NAMED) {
        shown.add("...");
      }
      parts.add(names.size() + " " + what + " (" + String.join(", ", shown) + ")");
    }
  }

  private void sort(String name, Figure figure) {
    List<String> of =
        figure.equals(Figure.NONE) || figure.derivation().filter(Derivation::isLeftOut).isPresent()
            ? notGiven
            : figure.derivation().isPresent()
                ? figure.assumption() ? assumedClasses : classes
                : figure.assumption() ? assumed : figure.source().isEmpty() ? unsourced : sourced;
    of.add(name);
  }
}
