package org.einloom.evaluation.timeloop.sparse;

import java.util.List;
import java.util.Map;

/**
 * What the mapping would do if no word were zero.
 *
 * @param levels by level, innermost first, what one instance does for each tensor that it keeps
 * @param instances by level, innermost first, how many are in use
 * @param computes of all instances
 */
public record DenseCounts(List<Map<String, OfTensor>> levels, List<Long> instances, long computes) {
  public DenseCounts {
    levels = levels.stream().map(Map::copyOf).toList();
    instances = List.copyOf(instances);
  }

  /**
   * One tensor at one level.
   *
   * @param words of the largest tile
   * @param temporalReductions updates of words that are there already
   * @param blockWords words of one access
   */
  public record OfTensor(
      long reads, long fills, long updates, long words, long temporalReductions, long blockWords) {}
}
