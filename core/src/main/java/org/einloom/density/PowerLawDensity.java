package org.einloom.density;

import java.util.BitSet;
import java.util.List;
import java.util.random.RandomGenerator;
import org.einloom.workload.InvalidSpecException;

/**
 * Rows whose numbers of occupied words fall by a power law: row i, counted from 1, has about {@code
 * scale / i^exponent} of them, at most all. The words of a row are every set of their number alike,
 * and independent of other rows. A row is everything that has one coordinate in the outermost rank.
 *
 * @param shape the tensor's extents
 * @param exponent of the power law; 0 gives every row the same share
 * @param nonZeros how many words are occupied in all
 * @param ofRow by row, how many of its words are; they add up to {@code nonZeros}
 */
public record PowerLawDensity(List<Long> shape, double exponent, long nonZeros, List<Long> ofRow)
    implements Density {
  public PowerLawDensity {
    shape = Checks.shape(shape);
    ofRow = List.copyOf(ofRow);
    if (shape.isEmpty() || ofRow.size() != shape.getFirst()) {
      throw new InvalidSpecException(
          ofRow.size() + " rows of a tensor of shape " + shape + "; expected one for each");
    }
    long words = Box.whole(shape).words() / shape.getFirst();
    long sum = 0;
    for (long n : ofRow) {
      sum += Checks.among(n, words, "a row");
    }
    if (sum != nonZeros) {
      throw new IllegalArgumentException(sum + " words in rows, " + nonZeros + " in all");
    }
  }

  /**
   * One with the whole number of occupied words that comes nearest to a share of all. What rows
   * cannot hold goes to the others, by the same law; parts of words go to the rows that lose most
   * by rounding down, the first of several.
   */
  public static PowerLawDensity ofShare(List<Long> shape, double exponent, double density) {
    Checks.shape(shape);
    if (shape.isEmpty() || !(exponent >= 0) || Double.isInfinite(exponent)) {
      throw new InvalidSpecException(
          "rows by a power law with exponent "
              + exponent
              + " in a tensor of shape "
              + shape
              + "; expected a number of at least 0, and at least one rank");
    }
    long words = Box.whole(shape).words();
    long nonZeros = Checks.nearest(density, words);
    List<Long> rows = Rows.fill(shape.getFirst(), words / shape.getFirst(), exponent, nonZeros);
    return new PowerLawDensity(shape, exponent, nonZeros, rows);
  }

  private long rowWords() {
    return Box.whole(shape).words() / shape.getFirst();
  }

  private static Box ofOneRow(Box tile) {
    return tile.with(0, tile.low().getFirst(), 1);
  }

  @Override
  public double expectedOccupied(Box tile) {
    tile.requireWithin(shape);
    double share = (double) ofOneRow(tile).words() / rowWords();
    double sum = 0;
    for (long i = tile.low().getFirst(); i < tile.end(0); i++) {
      sum += ofRow.get((int) i);
    }
    return sum * share;
  }

  @Override
  public double probabilityEmpty(Box tile) {
    tile.requireWithin(shape);
    long drawn = ofOneRow(tile).words();
    double p = 1;
    for (long i = tile.low().getFirst(); i < tile.end(0) && p > 0; i++) {
      p *= Hypergeometric.none(rowWords(), ofRow.get((int) i), drawn);
    }
    return p;
  }

  @Override
  public Distribution occupied(Box tile) {
    tile.requireWithin(shape);
    long drawn = ofOneRow(tile).words();
    Distribution sum = Distribution.certain(0);
    for (long i = tile.low().getFirst(); i < tile.end(0); i++) {
      sum = sum.plus(Hypergeometric.law(rowWords(), ofRow.get((int) i), drawn));
    }
    return sum;
  }

  @Override
  public long mostOccupied(Box tile) {
    long drawn = ofOneRow(tile).words();
    long most = 0;
    for (long i = tile.low().getFirst(); i < tile.end(0); i++) {
      most += Math.min(drawn, ofRow.get((int) i));
    }
    return most;
  }

  @Override
  public boolean sameEverywhere(List<Long> extents) {
    return extents.getFirst().equals(shape.getFirst()) || ofRow.stream().distinct().count() == 1;
  }

  @Override
  public Pattern draw(RandomGenerator random) {
    Pattern.words(shape);
    int row = Math.toIntExact(rowWords());
    var occupied = new BitSet();
    for (int i = 0; i < ofRow.size(); i++) {
      for (int word : Checks.choose(random, row, Math.toIntExact(ofRow.get(i)))) {
        occupied.set(i * row + word);
      }
    }
    return new Pattern(shape, occupied);
  }

  @Override
  public String label() {
    return "power-law rows, exponent " + exponent + ", " + Checks.shareText(density());
  }
}
