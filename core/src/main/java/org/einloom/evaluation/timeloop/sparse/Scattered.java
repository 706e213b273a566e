package org.einloom.evaluation.timeloop.sparse;

import org.einloom.workload.InvalidSpecException;

/** Words that are not zero anywhere in the tensor: a tile is a draw without replacement. */
final class Scattered implements DensityModel {
  /** Up to so many words a mean is a sum, with its rounding. */
  private static final long FEW = 64;

  private final Hypergeometric distribution = new Hypergeometric();
  private final String tensor;
  private final long words;
  private final long occupied;

  /** The number of words that are not zero is the share of all, rounded up. */
  Scattered(Density.Hypergeometric density, String tensor, long words) {
    this.tensor = tensor;
    this.words = words;
    occupied = (long) Math.ceil(density.density() * words);
  }

  @Override
  public double probability(Tile tile, long hits) {
    if (tile.within().isPresent()) {
      Tile.Within w = tile.within().get();
      return distribution.probability(hits, w.occupied(), checked(tile, w.words()), w.words());
    }
    return distribution.probability(hits, occupied, checked(tile, words), words);
  }

  private long checked(Tile tile, long of) {
    if (tile.words() > of) {
      throw new InvalidSpecException(
          "a tile of %d words of '%s' is asked for zeros, but what it lies in has %d; use a smaller block_size"
              .formatted(tile.words(), tensor, of));
    }
    return tile.words();
  }

  @Override
  public long most(Tile tile) {
    return Math.min(tile.words(), occupied);
  }

  @Override
  public double leastDensity(Tile tile) {
    long sure = tile.words() - (words - occupied);
    return sure <= 0 ? 0 : (double) sure / tile.words();
  }

  @Override
  public double mean(Tile tile) {
    if (tile.words() > FEW) {
      return (double) occupied / words * tile.words();
    }
    double mean = 0;
    for (long hits = 0; hits <= most(tile); hits++) {
      mean += probability(tile, hits) * hits;
    }
    return mean;
  }
}
