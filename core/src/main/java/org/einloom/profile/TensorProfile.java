package org.einloom.profile;

import java.util.List;
import java.util.Optional;

/**
 * What was measured of one tensor of a network.
 *
 * @param name as the network calls it
 * @param type of its elements there
 * @param constant whether it is stored in the network, and so the same for every sample
 * @param samples how many were measured; 1 for a constant
 * @param shape of the first; empty where it was not read back
 * @param elements of all samples
 * @param density share of elements that are not 0
 * @param notFinite elements that are infinite or no numbers, which are in no range
 * @param histogram of the finite elements
 * @param bits one for each format that was asked for, in that order
 */
public record TensorProfile(
    String name,
    String type,
    boolean constant,
    long samples,
    List<Long> shape,
    long elements,
    double density,
    long notFinite,
    Histogram histogram,
    List<BitStatistics> bits) {
  public TensorProfile {
    shape = List.copyOf(shape);
    bits = List.copyOf(bits);
  }

  /** The statistics of words of this many bits. */
  public Optional<BitStatistics> ofWidth(int width) {
    return bits.stream().filter(b -> b.format().bits() == width).findFirst();
  }
}
