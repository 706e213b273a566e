package org.einloom.testing;

import java.util.SplittableRandom;
import org.einloom.arch.Architecture;
import org.einloom.mapping.Legality;
import org.einloom.mapping.LoopTree;
import org.einloom.workload.Einsum;

/**
 * Draws small cases over everything the formats allow: every kind of Einsum, one to five memories,
 * fanouts anywhere, every bypass, loop order and tiling. At most about 2,000 points and 24
 * instances each, so that a simulated run takes milliseconds.
 */
public final class RandomCases {
  private RandomCases() {}

  /** The case that belongs to this seed, always the same. It is legal. */
  public static RandomCase draw(long seed) {
    var random = new SplittableRandom(seed);
    Einsum einsum = RandomEinsums.draw(random);
    Architecture architecture = RandomArchitectures.draw(random, einsum);
    LoopTree mapping = RandomMappings.draw(random, einsum, architecture);
    Legality.check(einsum, architecture, mapping);
    return new RandomCase(seed, einsum, architecture, mapping);
  }
}
