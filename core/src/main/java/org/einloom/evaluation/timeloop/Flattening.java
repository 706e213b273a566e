package org.einloom.evaluation.timeloop;

import org.einloom.workload.InvalidSpecException;

/** What is not modelled of flattened dimensions. */
final class Flattening {
  private Flattening() {}

  /** Loops in space beside flattened dimensions are refused: their tiles are not alike. */
  static void check(Geometry g) {
    if (!g.nest.flattened().isEmpty() && g.loops.stream().anyMatch(l -> !l.isTime())) {
      throw new InvalidSpecException(
          "loops in space beside the flattened dimension '%s' are not modelled; leave out the one or the other"
              .formatted(g.nest.flattened().getFirst().name()));
    }
  }
}
