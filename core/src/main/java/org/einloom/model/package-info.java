/**
 * What a mapping makes the hardware do, computed without running its loops and equal to what the
 * simulator counts. The words a tensor's node holds are a product of one-dimensional sets, one per
 * rank; sums over steps and instances factor by rank, so the work is in one-dimensional sets of
 * words and in how few different ones there are. Tensors beyond that form are stepped through, and
 * the answer says which.
 */
@NullMarked
package org.einloom.model;

import org.jspecify.annotations.NullMarked;
