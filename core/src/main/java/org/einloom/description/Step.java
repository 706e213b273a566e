package org.einloom.description;

/**
 * A temporal loop that iterates more than once.
 *
 * @param memory at which it is: that of the nearest storage node above it
 * @param variable the rank variable that it steps through
 * @param count iterations over a full tile
 * @param node its index in the LoopTree
 */
public record Step(String memory, String variable, long count, int node) {}
