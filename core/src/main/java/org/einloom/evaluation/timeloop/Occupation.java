package org.einloom.evaluation.timeloop;

import org.einloom.workload.Checked;

/** How many instances a nest uses, and how long its loops run. */
final class Occupation {
  private Occupation() {}

  /**
   * Counts instances of each level and, last, of the compute.
   *
   * @param most what the loops in space come to
   * @param mean over all iterations of the loops in time around them, rounded down
   */
  static void of(Geometry g, long[] most, long[] mean) {
    most[0] = 1;
    mean[0] = 1;
    double average = 1;
    for (int p = 0; p < g.levels(); p++) {
      most[p + 1] = most[p];
      for (int i = g.firstSpace[p]; i < g.end[p]; i++) {
        Geometry.Numbered l = g.loops.get(i);
        most[p + 1] = Checked.multiply(most[p + 1], l.count(), "the number of instances in use");
        double turns = 1;
        for (int o = 0; o < i; o++) {
          if (g.loops.get(o).dimension() == l.dimension()) {
            turns *= g.loops.get(o).count();
          }
        }
        average *= ((turns - 1) * l.count() + l.last()) / turns;
      }
      // a mean that misses a whole number by rounding errors alone is meant to be that number
      mean[p + 1] = (long) Math.floor(average * (1 + 1e-12));
    }
  }

  /** The iterations of all loops in time, multiplied. */
  static long paddedCycles(Geometry g) {
    long cycles = 1;
    for (Geometry.Numbered l : g.loops) {
      if (l.isTime()) {
        cycles = Checked.multiply(cycles, l.count(), "the cycles of the mapping");
      }
    }
    return cycles;
  }
}
