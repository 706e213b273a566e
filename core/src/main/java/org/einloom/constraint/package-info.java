/**
 * Constraints: what a user asks of a mapping besides that it is legal and fits: what is kept where,
 * factors, loop orders, spatial assignments, utilization and limits of cost.
 */
@NullMarked
package org.einloom.constraint;

import org.jspecify.annotations.NullMarked;
