package org.einloom.sim;

import java.util.HashMap;
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
  /**
   * Points visited and words held, over all storage nodes and instances; some seconds and some
   * hundred megabytes.
   */
  private static final double LIMIT = 1e8;

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
        case MappingNode.Storage s ->
            work += points + steps + instances * einsum.tensor(s.tensor()).words();
      }
    }
    for (TensorAccess tensor : einsum.tensors()) {
      work += steps + tensor.words();
    }
    if (work > LIMIT) {
      throw new InvalidSpecException(
          String.format(
              "Einsum '%s' is too large for the simulator with this mapping: about %.1e points to visit and words to hold, at most"
                  + " %.0e are run; use smaller extents",
              einsum.name(), work, LIMIT));
    }
  }
}
