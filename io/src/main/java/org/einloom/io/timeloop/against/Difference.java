package org.einloom.io.timeloop.against;

import org.einloom.io.timeloop.stats.Printed;

/**
 * A figure that differs.
 *
 * @param figure what it is, {@code GLB A reads}
 * @param ours in the unit that is printed
 * @param theirs as printed; of what is printed of one instance, this is one instance's
 * @param why in a few words
 */
public record Difference(String figure, double ours, Printed theirs, String why) {}
