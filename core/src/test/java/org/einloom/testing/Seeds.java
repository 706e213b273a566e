package org.einloom.testing;

import java.util.Random;
import java.util.SplittableRandom;

/** Random numbers of seeds that follow one another. */
public final class Seeds {
  private Seeds() {}

  /**
   * Numbers that have nothing to do with those of the next seed. What {@link Random} itself draws
   * first changes little from one seed to the next: of 400 in a row nearly all get the same {@code
   * nextInt(4)}, and later draws go round in step.
   */
  public static Random random(long seed) {
    return new Random(new SplittableRandom(seed).nextLong());
  }
}
