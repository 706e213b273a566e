/** Evaluations: counts times component costs, with the source of each figure. */
@NullMarked
package org.einloom.evaluation;

import org.jspecify.annotations.NullMarked;
