/**
 * Searching design spaces that are too large to go through: generations of points, each bred from
 * the best of those before (NSGA-II, by the library Jenetics). What it finds depends on the study
 * and its seed alone; that nothing better exists it does not know.
 */
@NullMarked
package org.einloom.evolution;

import org.jspecify.annotations.NullMarked;
