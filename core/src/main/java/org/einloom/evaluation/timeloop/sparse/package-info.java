/**
 * What Timeloop (commit 4cf6d4c) makes of sparse tensors: densities, compressed formats, and reads
 * that are gated or skipped, its approximations included. Each class says which of them it makes;
 * the formulas are Sparseloop's (Y. N. Wu et al., "Sparseloop: An Analytical Approach To Sparse
 * Tensor Accelerator Modeling", MICRO 2022, sections 5.2 to 5.4), with the rounding of the program.
 */
@NullMarked
package org.einloom.evaluation.timeloop.sparse;

import org.jspecify.annotations.NullMarked;
