/**
 * Measured data: what the values of a network's tensors look like (how many are zero, how they are
 * distributed, which bits they set and change), and what that says of components whose costs depend
 * on data.
 */
@NullMarked
package org.einloom.profile;

import org.jspecify.annotations.NullMarked;
