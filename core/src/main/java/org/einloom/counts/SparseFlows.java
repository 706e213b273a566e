package org.einloom.counts;

/**
 * The flows of one tensor at one component, over all instances. They are those of {@link Flows}.
 */
public record SparseFlows(
    SparseFlow reads, SparseFlow fills, SparseFlow updates, SparseFlow drains) {
  public static final SparseFlows ZERO =
      new SparseFlows(SparseFlow.ZERO, SparseFlow.ZERO, SparseFlow.ZERO, SparseFlow.ZERO);

  /** The sum, flow by flow. */
  public SparseFlows plus(SparseFlows o) {
    return new SparseFlows(
        reads.plus(o.reads), fills.plus(o.fills), updates.plus(o.updates), drains.plus(o.drains));
  }
}
