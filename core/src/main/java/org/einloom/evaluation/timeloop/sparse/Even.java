package org.einloom.evaluation.timeloop.sparse;

/**
 * The same share in every tile. Where that is no whole number of words, the next smaller or the
 * next larger, each as likely as the mean needs.
 */
record Even(double density) implements DensityModel {
  @Override
  public double probability(Tile tile, long occupied) {
    double share = tile.within().map(w -> (double) w.occupied() / w.words()).orElse(density);
    double exact = tile.words() * share;
    double more = exact - Math.floor(exact);
    if (Math.floor(exact) == occupied) {
      return 1 - more;
    }
    return Math.ceil(exact) == occupied ? more : 0;
  }

  @Override
  public long most(Tile tile) {
    return (long) Math.ceil(tile.words() * density);
  }

  @Override
  public double leastDensity(Tile tile) {
    return Math.floor(tile.words() * density) / tile.words();
  }

  @Override
  public double mean(Tile tile) {
    return tile.words() * density;
  }
}
