/**
 * The simulator: what a mapping makes the hardware do, found by doing it, word by word and with
 * values. It is slow, plain and the oracle of the model: it follows {@code docs/model.md} to the
 * letter and shares no code with the model.
 */
@NullMarked
package org.einloom.sim;

import org.jspecify.annotations.NullMarked;
