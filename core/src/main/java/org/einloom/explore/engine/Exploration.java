package org.einloom.explore.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.einloom.explore.PointResult;

/**
 * What came of a study.
 *
 * @param complete whether all points are finished
 * @param points how many are, whatever came of them
 * @param evaluated how many were mapped
 * @param cut how many no mapping could have made an answer
 * @param infeasible how many are no design, or have no mapping
 * @param kept how many an earlier run had finished
 * @param work what was done for them
 * @param front the points within the limits that no other beats, in the order in which they came
 * @param best by name of a budget, the best point within it; empty where none is within
 */
public record Exploration(
    boolean complete,
    long points,
    long evaluated,
    long cut,
    long infeasible,
    long kept,
    Work work,
    List<PointResult> front,
    SequencedMap<String, Optional<PointResult>> best) {
  /**
   * What was done.
   *
   * @param layers distinct layers of all points that were mapped, each with each design
   * @param problems how many different mapping problems they are
   * @param searched how many of these were searched
   * @param inferred how many followed from others, or from a bound
   * @param cpuS CPU time of all searches
   */
  public record Work(long layers, long problems, long searched, long inferred, double cpuS) {}

  public Exploration {
    front = List.copyOf(front);
    best = java.util.Collections.unmodifiableSequencedMap(new LinkedHashMap<>(best));
  }
}
