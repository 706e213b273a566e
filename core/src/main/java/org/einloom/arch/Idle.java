package org.einloom.arch;

/**
 * A node that is there and not in use: it stands in a branch that is not taken.
 *
 * @param instances in the hardware
 */
public record Idle(Node node, long instances) {}
