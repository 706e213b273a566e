package org.einloom.profile;

import java.util.OptionalDouble;

/**
 * What is known of a tensor of a layer, in words as wide as the design has them; the mean over the
 * occurrences of a layer that repeats.
 *
 * @param tensor its name in the Einsum
 * @param bits of its words
 * @param density share of words that are not 0
 * @param toggle share of bits that differ from those of the word before; empty where a tensor has
 *     one word only
 */
public record TensorData(String tensor, int bits, double density, OptionalDouble toggle) {}
