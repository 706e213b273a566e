package org.einloom.evaluation.timeloop.sparse;

import java.util.List;

/** What a density says of tiles of one tensor. */
interface DensityModel {
  /** The probability that exactly so many words of a tile are not zero. */
  double probability(Tile tile, long occupied);

  /** The most words of a tile that may not be zero. */
  long most(Tile tile);

  /** The least share of a tile that is not zero, as far as Timeloop tells. */
  double leastDensity(Tile tile);

  /** The mean of the words of a tile that are not zero. */
  double mean(Tile tile);

  /**
   * The model of a tensor.
   *
   * @param tensor its name, for messages
   * @param extents of the tensor, as far as the loops cover it
   * @param exact whether bands are looked at as a whole
   */
  static DensityModel of(Density density, String tensor, List<Long> extents, boolean exact) {
    return switch (density) {
      case Density.Hypergeometric h -> new Scattered(h, tensor, new Tile(extents).words());
      case Density.FixedStructured f -> new Even(f.density());
      case Density.Banded b -> Band.of(b.halfWidth(), tensor, extents, exact);
    };
  }
}
