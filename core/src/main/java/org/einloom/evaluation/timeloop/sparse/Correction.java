package org.einloom.evaluation.timeloop.sparse;

/** An approximation of Timeloop's that is not made. */
public enum Correction {
  /** Computes whose operands' reads are gated take their time, and count as gated. */
  GATING_TAKES_TIME,
  /** All tiles of a band are looked at, each where it is. */
  EXACT_BANDS,
  /** Entries of CP and B ranks are not rounded up for each fiber. */
  NO_FIBER_CEILINGS,
  /** What a level leaves out is taken off the metadata inside, too, as off the words. */
  METADATA_FOLLOWS
}
