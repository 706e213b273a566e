package org.einloom.mapper.timeloop;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Why there is no mapping: which requirements there would be mappings without. Each is left out in
 * turn, and a search for any mapping is made.
 */
final class Conflict {
  private static final int NAMED = 3;

  private Conflict() {}

  /**
   * What to say.
   *
   * @param hasMapping whether there is a mapping without a requirement; false also where that is
   *     not found out in time
   * @param stop asked before each
   */
  static String reason(
      List<Requirement> asked, Predicate<Requirement> hasMapping, BooleanSupplier stop) {
    String general = "no choice of factors satisfies the constraints and fits all levels";
    List<String> culprits = new ArrayList<>();
    for (Requirement r : asked) {
      if (stop.getAsBoolean() || culprits.size() == NAMED) {
        break;
      }
      if (hasMapping.test(r)) {
        culprits.add(r.says());
      }
    }
    return culprits.isEmpty()
        ? general + "; no single one of them is the reason"
        : general + "; there are mappings without " + String.join(", or without ", culprits);
  }
}
