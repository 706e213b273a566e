/**
 * What Timeloop's files say of sparse tensors: densities of the problem, formats, reads that are
 * gated or skipped, and what all that costs.
 */
@NullMarked
package org.einloom.io.timeloop.sparse;

import org.jspecify.annotations.NullMarked;
