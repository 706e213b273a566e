package org.einloom.model;

/**
 * One product of sums: a part of a count.
 *
 * @param sign +1 or -1
 * @param what which of the ranks' sums are multiplied
 * @param ranks the tensor's ranks, as indices into the {@link Factors}
 * @param others the variables that no rank uses, as indices into the factors: their steps multiply
 * @param held whether old tiles play a part
 */
@SuppressWarnings("ArrayRecordComponent") // internal; never compared
record Term(int sign, What what, int[] ranks, int[] others, boolean held) {
  enum What {
    NOW,
    KEPT,
    BEFORE,
    STAYS,
    HOLDS,
    TILES
  }
}
