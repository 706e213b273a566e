/**
 * What an on-chip static memory costs: energy of a read and a write, times, area and leakage, from
 * its size, width, banks, ports and technology. {@link org.einloom.component.sram.SramEstimator} is
 * the way in. It searches the organisations of sub-arrays that CACTI 7 searches, costs each by laws
 * of the circuits (bit lines, word lines, decoders, sense amplifiers, H-trees) with constants
 * fitted to CACTI's own figures, and chooses as CACTI does.
 */
@NullMarked
package org.einloom.component.sram;

import org.jspecify.annotations.NullMarked;
