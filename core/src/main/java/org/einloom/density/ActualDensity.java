package org.einloom.density;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One known tensor. Nothing about it is random, so every answer is a fact.
 *
 * @param pattern which words are occupied
 * @param source where it comes from, for reports
 */
public record ActualDensity(Pattern pattern, String source) implements Density {
  @Override
  public List<Long> shape() {
    return pattern.shape();
  }

  @Override
  public double expectedOccupied(Box tile) {
    return pattern.count(tile);
  }

  @Override
  public double probabilityEmpty(Box tile) {
    return pattern.count(tile) == 0 ? 1 : 0;
  }

  @Override
  public Distribution occupied(Box tile) {
    return Distribution.certain(pattern.count(tile));
  }

  @Override
  public long mostOccupied(Box tile) {
    return pattern.count(tile);
  }

  @Override
  public boolean sameEverywhere(List<Long> extents) {
    return extents.equals(shape()) || pattern.count() == 0;
  }

  @Override
  public Pattern draw(RandomGenerator random) {
    return pattern;
  }

  @Override
  public String label() {
    return "tensor of " + source + ", " + Checks.shareText(density());
  }
}
