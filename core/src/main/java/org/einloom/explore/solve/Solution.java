package org.einloom.explore.solve;

import java.util.Optional;
import org.einloom.mapper.Optimality;
import org.einloom.mapping.LoopTree;
import org.einloom.sparsity.Sparsity;

/**
 * What is known of a problem.
 *
 * @param mapping the best one; empty where there is none
 * @param chosen the formats and optimisations that belong to it, of a problem with sparse tensors
 * @param status how sure it is that nothing is better, or that there is none: {@code OPTIMAL} or
 *     {@code BOUNDED}
 * @param value of the objective; positive infinity without a mapping
 * @param lowerBound of the objective, proven
 * @param source how it came to be known
 * @param cpuS CPU time of searches for it
 */
public record Solution(
    Optional<LoopTree> mapping,
    Optional<Sparsity> chosen,
    Optimality.Status status,
    double value,
    double lowerBound,
    Source source,
    double cpuS) {
  /** How a solution came to be known. */
  public enum Source {
    /** It was searched for. */
    SEARCHED,
    /** It follows from the solutions of other problems, or from a bound. */
    INFERRED
  }

  /** Of a problem with dense tensors. */
  public Solution(
      Optional<LoopTree> mapping,
      Optimality.Status status,
      double value,
      double lowerBound,
      Source source,
      double cpuS) {
    this(mapping, Optional.empty(), status, value, lowerBound, source, cpuS);
  }

  /** No mapping: there is none, or none was found in time. */
  static Solution none(boolean proven, double lowerBound, double cpuS) {
    return new Solution(
        Optional.empty(),
        Optional.empty(),
        proven ? Optimality.Status.OPTIMAL : Optimality.Status.BOUNDED,
        Double.POSITIVE_INFINITY,
        proven ? Double.POSITIVE_INFINITY : lowerBound,
        Source.SEARCHED,
        cpuS);
  }

  /** Whether nothing is better, or there is none. */
  public boolean proven() {
    return status == Optimality.Status.OPTIMAL;
  }
}
