package org.einloom.evaluation.timeloop;

import java.util.Map;

/**
 * What one instance of a level does for a tensor.
 *
 * @param kept whether it holds it; if not, all counts are 0
 * @param reads words read
 * @param fills words that come from above, or from a neighbour
 * @param updates results that come from below
 * @param tileWords the largest tile, gaps included
 * @param partitionWords how many words of the tensor an instance is responsible for
 * @param linkedWords what all its children hand on to each other
 * @param sent what goes to its children, or comes from them
 */
public record LevelCounts(
    boolean kept,
    long reads,
    long fills,
    long updates,
    long tileWords,
    long partitionWords,
    double linkedWords,
    Map<Fan.Signature, Fan.Sent> sent) {
  public LevelCounts {
    sent = Map.copyOf(sent);
  }
}
