package org.einloom.sim;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.RankVariable;
import org.einloom.workload.TensorAccess;

/**
 * Refuses what a run could not finish: an oracle that hangs or runs out of memory answers nothing.
 */
final class WorkLimit {
  /** Points visited and words held or compared, in all; some seconds and some hundred megabytes. */
  private static final double LIMIT = 1e8;

  /** Words that are compared at once in a set of words. */
  private static final int AT_ONCE = 64;

  /** What a word held weighs: memory is scarcer than time. */
  private static final int HELD = 8;

  private WorkLimit() {}

  /**
   * Returns when the run is small enough; estimates in doubles, which cannot overflow into a small
   * number.
   */
  static void check(Einsum einsum, LoopTree mapping) {
    Map<String, Long> outer = new HashMap<>();
    for (RankVariable v : einsum.variables()) {
      outer.put(v.name(), v.extent());
    }
    double points = einsum.computes();
    double instances = 1;
    double steps = 1;
    double work = points;
    for (MappingNode node : mapping.nodes()) {
      switch (node) {
        case MappingNode.Loop loop -> {
          long above = outer.getOrDefault(loop.variable(), 1L);
          double bound = Math.ceilDiv(above, loop.tile());
          outer.put(loop.variable(), loop.tile());
          steps *= bound;
          instances *= loop instanceof MappingNode.Spatial ? bound : 1;
        }
        case MappingNode.Storage s -> {
          double words = einsum.tensor(s.tensor()).words();
          work += points + steps * (1 + words / AT_ONCE) + HELD * instances * words;
        }
      }
    }
    for (TensorAccess tensor : einsum.tensors()) {
      double words = tensor.words();
      work += steps * (1 + words / AT_ONCE) + words;
    }
    if (work > LIMIT) {
      throw new InvalidSpecException(
          String.format(
              Locale.ROOT,
              "Einsum '%s' is too large for the simulator with this mapping: about %.1e points"
                  + " to visit and words to hold, of at most %.0e; use smaller extents",
              einsum.name(),
              work,
              LIMIT));
    }
  }
}
