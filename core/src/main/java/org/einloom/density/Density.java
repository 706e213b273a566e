package org.einloom.density;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * How the occupied words of one tensor are spread. A random model is a law of tensors: every answer
 * is the expectation, or the probability, over tensors drawn from it. Different tensors are drawn
 * independently of each other.
 */
public sealed interface Density
    permits UniformDensity,
        StructuredDensity,
        BandedDensity,
        BlockDensity,
        PowerLawDensity,
        ActualDensity {

  /** The tensor's extents by rank, outermost first. */
  List<Long> shape();

  /** The expected number of occupied words of the tile. */
  double expectedOccupied(Box tile);

  /** The probability that no word of the tile is occupied; 1 for a tile without words. */
  double probabilityEmpty(Box tile);

  /**
   * The law of the number of occupied words of the tile.
   *
   * @throws org.einloom.workload.TooLargeException if it would take too long to find
   */
  Distribution occupied(Box tile);

  /** The largest number of words of the tile that any tensor of this law occupies. */
  long mostOccupied(Box tile);

  /**
   * Whether all tiles of these extents that stand on their own grid (at multiples of their extents,
   * wholly within the tensor) have the same law.
   */
  boolean sameEverywhere(List<Long> extents);

  /** A tensor drawn from this law; the same for a generator in the same state. */
  Pattern draw(RandomGenerator random);

  /** The share of the whole tensor's words that are occupied, as expected. */
  default double density() {
    Box whole = Box.whole(shape());
    return expectedOccupied(whole) / whole.words();
  }

  /** What it is, in a few words: {@code uniform 0.25}. */
  String label();
}
