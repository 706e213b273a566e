/**
 * The mapper by Timeloop's rules: Timeloop's mapspace (at each level what is kept, a factor of each
 * dimension in time and in space, and an order of the loops), every mapping of which is costed by
 * {@link org.einloom.evaluation.timeloop.Accounting}, searched to a proof.
 */
@NullMarked
package org.einloom.mapper.timeloop;

import org.jspecify.annotations.NullMarked;
