package org.einloom.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.einloom.component.Derivation;
import org.einloom.component.Factor;
import org.einloom.component.Given;
import org.einloom.component.Product;
import org.einloom.component.Standing;
import org.einloom.component.Sum;

/**
 * Derivations as lines that multiply out: numbers, what they are multiplied by, and sums. Sources
 * are numbered in the order in which they are named.
 */
final class DerivationLines {
  private static final String STEP = "  ";
  private final Map<String, Integer> sources = new LinkedHashMap<>();

  /** The lines of one derivation. */
  List<String> of(Derivation derivation) {
    List<String> lines = new ArrayList<>();
    add(derivation, "", "", lines);
    return lines;
  }

  /** The sources named so far: {@code [1] Horowitz, ISSCC 2014}. */
  List<String> sources() {
    List<String> lines = new ArrayList<>();
    sources.forEach((source, number) -> lines.add("[" + number + "] " + source));
    return lines;
  }

  private void add(Derivation derivation, String indent, String sign, List<String> lines) {
    switch (derivation) {
      case Given g ->
          lines.add(
              indent
                  + sign
                  + number(g.value())
                  + ": "
                  + g.what()
                  + origin(g.source(), g.standing(), g.extrapolated()));
      case Product p -> {
        add(p.of(), indent, sign, lines);
        Factor f = p.factor();
        lines.add(
            indent
                + STEP
                + "x "
                + number(f.value())
                + ": "
                + f.what()
                + (f.source().isEmpty() ? "" : origin(f.source(), f.standing(), f.extrapolated())));
      }
      case Sum s -> {
        lines.add(indent + sign + number(s.value()) + ": " + s.what() + ", the sum of");
        s.parts().stream()
            .filter(d -> d.value() > 0)
            .forEach(d -> add(d, indent + STEP + STEP, "+ ", lines));
      }
    }
  }

  private String origin(String source, Standing standing, boolean extrapolated) {
    String from =
        source.isEmpty()
            ? ""
            : standing.isAssumption() && standing != Standing.REMEMBERED
                ? ": " + source
                : " [" + sources.computeIfAbsent(source, s -> sources.size() + 1) + "]";
    return " (" + standing.label() + (extrapolated ? ", extrapolated" : "") + from + ")";
  }

  /** Four digits. */
  static String number(double value) {
    return Si.significant(value, 4);
  }
}
