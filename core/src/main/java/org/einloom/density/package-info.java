/**
 * How a tensor's nonzero words are spread: density models, each of which answers for a tile of any
 * shape how many of its words are occupied and how likely it is to be empty, and draws actual
 * tensors. All answers are exact for the model's own meaning; what is drawn follows the same law.
 */
@NullMarked
package org.einloom.density;

import org.jspecify.annotations.NullMarked;
