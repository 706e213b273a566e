/** The simulator: action counts of a mapping by running it; the oracle of the model. */
@NullMarked
package org.einloom.sim;

import org.jspecify.annotations.NullMarked;
