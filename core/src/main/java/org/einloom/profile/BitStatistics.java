package org.einloom.profile;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What a tensor's words look like in one format.
 *
 * @param format of the words
 * @param scale what one step of a whole number is worth; 1 for floating-point formats
 * @param density share of words that are not 0, after rounding to the format
 * @param ones by bit, the lowest first, the share of words in which it is 1
 * @param toggle share of bits that differ between a word and the next in row-major order, over all
 *     pairs within a sample; empty where there is no pair
 */
public record BitStatistics(
    BitFormat format, double scale, double density, List<Double> ones, OptionalDouble toggle) {
  public BitStatistics {
    ones = List.copyOf(ones);
  }
}
