package org.einloom.report;

import java.util.List;
import org.einloom.evaluation.timeloop.sparse.SparseCounts;

/**
 * What became of zeros, by Timeloop's rules.
 *
 * @param memories outermost first
 * @param counts by level, innermost first
 */
public record ZerosUse(List<String> memories, SparseCounts counts) {
  public ZerosUse {
    memories = List.copyOf(memories);
  }

  /** By memory, outermost first. */
  List<java.util.SequencedMap<String, SparseCounts.OfTensor>> levels() {
    return counts.levels().reversed();
  }
}
