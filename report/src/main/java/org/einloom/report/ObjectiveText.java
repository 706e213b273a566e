package org.einloom.report;

import java.util.Locale;
import org.einloom.evaluation.Objective;

/** Values of objectives as people read them. */
public final class ObjectiveText {
  private ObjectiveText() {}

  /** {@code 598 uJ}, {@code 4.38 ms}, {@code 2.62 uJs}; a weighted sum has no unit. */
  public static String of(Objective objective, double value) {
    return switch (objective.kind()) {
      case ENERGY -> Si.of(value * 1e-12, "J");
      case LATENCY -> Si.of(value, "s");
      case EDP -> Si.of(value * 1e-12, "Js");
      case WEIGHTED -> String.format(Locale.ROOT, "%.4g", value);
    };
  }

  /** {@code 3.1%}; what is there but rounds to nothing is {@code <0.1%}. */
  public static String gap(double gap) {
    return gap > 0 && gap < 0.001 ? "<0.1%" : String.format(Locale.ROOT, "%.1f%%", 100 * gap);
  }
}
