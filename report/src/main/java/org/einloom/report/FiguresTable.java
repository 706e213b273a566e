package org.einloom.report;

import java.util.ArrayList;
import java.util.List;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Figure;
import org.einloom.arch.Node;
import org.einloom.arch.Origin;

/** Every cost of an architecture with where it comes from, as people read it. */
public final class FiguresTable {
  private FiguresTable() {}

  /**
   * Node by node, outermost first, those of all branches; below them the sources that derivations
   * name.
   */
  public static List<String> lines(Architecture architecture) {
    List<String> lines = new ArrayList<>();
    var derivations = new DerivationLines();
    for (Node node : architecture.everyNode()) {
      lines.add(node.name());
      for (Action a : Figures.actions(node)) {
        String of = a.widthBits() == 0 ? "" : " per " + a.widthBits() + " b";
        figure(lines, a.name(), "pJ" + of, a.energyPj(), derivations);
      }
      figure(lines, "area", "um2", node.areaUm2(), derivations);
      figure(lines, "leakage", "uW", node.leakageUw(), derivations);
    }
    if (!derivations.sources().isEmpty()) {
      lines.add("");
      lines.addAll(derivations.sources());
    }
    return lines;
  }

  private static void figure(
      List<String> lines, String what, String unit, Figure f, DerivationLines derivations) {
    if (f.origin() == Origin.NOT_GIVEN) {
      String by = f.source().isEmpty() ? "" : "; " + f.source();
      lines.add("  " + what + ": not given, taken as 0" + by);
      f.derivation().ifPresent(d -> derivations.of(d).forEach(line -> lines.add("      " + line)));
      return;
    }
    String source = f.source().isEmpty() ? "no source given" : f.source();
    lines.add(
        "  %s: %s %s%s; %s"
            .formatted(
                what,
                DerivationLines.number(f.value()),
                unit,
                f.assumption() ? " (assumption)" : "",
                source));
    f.derivation().ifPresent(d -> derivations.of(d).forEach(line -> lines.add("      " + line)));
  }
}
