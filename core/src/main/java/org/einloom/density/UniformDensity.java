package org.einloom.density;

import java.util.BitSet;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * So many occupied words, at any places: every set of that many words is as likely as any other.
 * The occupied words of a tile are hypergeometrically distributed.
 *
 * @param shape the tensor's extents
 * @param nonZeros how many words are occupied
 */
public record UniformDensity(List<Long> shape, long nonZeros) implements Density {
  public UniformDensity {
    shape = Checks.shape(shape);
    Checks.among(nonZeros, Box.whole(shape).words(), "a tensor of shape " + shape);
  }

  /** One with the whole number of occupied words that comes nearest to a share of all. */
  public static UniformDensity ofShare(List<Long> shape, double density) {
    return new UniformDensity(shape, Checks.nearest(density, Box.whole(shape).words()));
  }

  /** A tensor without a zero. */
  public static UniformDensity dense(List<Long> shape) {
    return new UniformDensity(shape, Box.whole(shape).words());
  }

  private long words() {
    return Box.whole(shape).words();
  }

  @Override
  public double expectedOccupied(Box tile) {
    tile.requireWithin(shape);
    return (double) tile.words() * nonZeros / words();
  }

  @Override
  public double probabilityEmpty(Box tile) {
    tile.requireWithin(shape);
    return probabilityEmpty(tile.words());
  }

  /** The probability that none of so many given words is occupied, wherever they are. */
  public double probabilityEmpty(long ofWords) {
    return Hypergeometric.none(words(), nonZeros, ofWords);
  }

  @Override
  public Distribution occupied(Box tile) {
    tile.requireWithin(shape);
    return Hypergeometric.law(words(), nonZeros, tile.words());
  }

  @Override
  public long mostOccupied(Box tile) {
    return Math.min(tile.words(), nonZeros);
  }

  @Override
  public boolean sameEverywhere(List<Long> extents) {
    return true;
  }

  @Override
  public Pattern draw(RandomGenerator random) {
    var occupied = new BitSet();
    for (int word : Checks.choose(random, Pattern.words(shape), Math.toIntExact(nonZeros))) {
      occupied.set(word);
    }
    return new Pattern(shape, occupied);
  }

  @Override
  public String label() {
    return "uniform " + Checks.shareText(density());
  }
}
