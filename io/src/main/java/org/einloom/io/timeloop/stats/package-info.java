/**
 * What Timeloop printed of an evaluation, {@code timeloop-*.stats.txt}, as plain data: the figures
 * of every level, tensor and network, each with the precision it was printed with.
 */
@NullMarked
package org.einloom.io.timeloop.stats;

import org.jspecify.annotations.NullMarked;
