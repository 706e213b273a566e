package org.einloom.mapper.search;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Where an Einsum stays what it is when two ranks of its operand trade places, mirrored ways to
 * spread have the same best mappings.
 */
class MirrorTest {
  @Test
  void mirroredWaysAreTheSame() {
    SmallProblems.check(
        "mirrored structures",
        8,
        6000,
        MirrorTest::mirrored,
        (Problem problem, SplittableRandom random) -> new TwinsTest.Groups(problem).compare());
  }

  private static boolean mirrored(Problem p) {
    boolean swaps = false;
    int[] mirror = p.mirror();
    for (int v = 0; v < mirror.length; v++) {
      swaps |= mirror[v] != v && p.extent[v] > 1;
    }
    return swaps && SmallProblems.overlapping(p) && p.fanouts.length > 0;
  }
}
