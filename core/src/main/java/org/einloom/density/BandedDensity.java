package org.einloom.density;

import java.util.BitSet;
import java.util.List;
import java.util.random.RandomGenerator;
import org.einloom.workload.InvalidSpecException;

/**
 * A matrix, or a stack of matrices, with a band: a word may be occupied if {@code -below <= column
 * - row <= above}. Of the words in the band so many are, every set of that many as likely as any.
 *
 * @param shape the tensor's extents; the last two ranks are rows and columns
 * @param below how many diagonals below the main one belong to the band
 * @param above how many above it
 * @param nonZeros how many words of the band are occupied
 */
public record BandedDensity(List<Long> shape, long below, long above, long nonZeros)
    implements Density {
  public BandedDensity {
    shape = Checks.shape(shape);
    if (shape.size() < 2) {
      throw new InvalidSpecException(
          "a band in a tensor of " + shape.size() + " ranks; expected at least 2");
    }
    if (below < 0 || above < 0) {
      throw new InvalidSpecException(
          "a band of " + below + " diagonals below and " + above + " above; expected at least 0");
    }
    Checks.among(nonZeros, inBand(Box.whole(shape), below, above), "the band");
  }

  /** One of whose band the nearest whole number to a share is occupied. */
  public static BandedDensity ofShare(List<Long> shape, long below, long above, double ofBand) {
    long band = new BandedDensity(shape, below, above, 0).inBand(Box.whole(shape));
    return new BandedDensity(shape, below, above, Checks.nearest(ofBand, band));
  }

  private long inBand(Box tile) {
    return inBand(tile, below, above);
  }

  private static long inBand(Box tile, long below, long above) {
    int rows = tile.low().size() - 2;
    int columns = rows + 1;
    long sum = 0;
    for (long i = tile.low().get(rows); i < tile.end(rows); i++) {
      long from = Math.max(tile.low().get(columns), i - below);
      long to = Math.min(tile.end(columns) - 1, i + above);
      sum += Math.max(0, to - from + 1);
    }
    return Math.multiplyExact(sum, tile.with(rows, 0, 1).with(columns, 0, 1).words());
  }

  private long band() {
    return inBand(Box.whole(shape));
  }

  @Override
  public double expectedOccupied(Box tile) {
    tile.requireWithin(shape);
    long in = inBand(tile);
    return in == 0 ? 0 : (double) in * nonZeros / band();
  }

  @Override
  public double probabilityEmpty(Box tile) {
    tile.requireWithin(shape);
    return Hypergeometric.none(band(), nonZeros, inBand(tile));
  }

  @Override
  public Distribution occupied(Box tile) {
    tile.requireWithin(shape);
    return Hypergeometric.law(Math.max(1, band()), nonZeros, inBand(tile));
  }

  @Override
  public long mostOccupied(Box tile) {
    return Math.min(inBand(tile), nonZeros);
  }

  @Override
  public boolean sameEverywhere(List<Long> extents) {
    int rows = shape.size() - 2;
    boolean everywhere = band() == Box.whole(shape).words();
    return everywhere
        || (extents.get(rows).equals(shape.get(rows))
            && extents.get(rows + 1).equals(shape.get(rows + 1)));
  }

  @Override
  public Pattern draw(RandomGenerator random) {
    int rows = Math.toIntExact(shape.get(shape.size() - 2));
    int columns = Math.toIntExact(shape.getLast());
    int words = Pattern.words(shape);
    var band = new BitSet();
    for (int word = 0; word < words; word++) {
      int j = word % columns;
      int i = word / columns % rows;
      if (j - i <= above && i - j <= below) {
        band.set(word);
      }
    }
    int[] places = band.stream().toArray();
    var occupied = new BitSet();
    for (int k : Checks.choose(random, places.length, Math.toIntExact(nonZeros))) {
      occupied.set(places[k]);
    }
    return new Pattern(shape, occupied);
  }

  @Override
  public String label() {
    return "banded -%d..%d, %s of it"
        .formatted(below, above, Checks.shareText((double) nonZeros / band()));
  }
}
