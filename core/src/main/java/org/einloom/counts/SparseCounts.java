package org.einloom.counts;

import java.util.Map;

/**
 * Everything that a mapping makes the hardware do with sparse tensors.
 *
 * @param flows by component and tensor
 * @param done points that are computed
 * @param gated points that cost time but less energy
 * @param skipped points that cost nothing
 * @param effectual points of which no operand is zero
 */
public record SparseCounts(
    Map<At, SparseFlows> flows, double done, double gated, double skipped, double effectual) {
  /** A tensor at a component. */
  public record At(String component, String tensor) {}

  public SparseCounts {
    flows = Map.copyOf(flows);
  }

  /** The flows of one tensor at one component; zero where it never comes. */
  public SparseFlows at(String component, String tensor) {
    return flows.getOrDefault(new At(component, tensor), SparseFlows.ZERO);
  }
}
