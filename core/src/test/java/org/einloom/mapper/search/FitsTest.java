package org.einloom.mapper.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Bounds by position take a node to move where it stops fitting, and charge for that once. So what
 * fits fitted everywhere on the way, however much of a tile padding may cut off.
 */
class FitsTest {

  @Test
  void whatFitsFittedAllTheWay() {
    SmallProblems.check("what fits", 400, FillBoundTest::draw, FitsTest::steps);
  }

  private static int steps(Problem problem, SplittableRandom random) {
    int seen = 0;
    for (int i = 0; i < 6; i++) {
      Structure s = RandomStructures.draw(problem, random);
      var prepared = new Prepared(s, new Terrain.Atlas().of(s), true, true);
      Lattice lattice = prepared.lattice;
      for (Fits.Share share : prepared.fill.shares()) {
        for (int x = 0; x < lattice.positions; x++) {
          for (int left = prepared.fill.open(x); left != 0; left &= left - 1) {
            int to = x + lattice.stride[Integer.numberOfTrailingZeros(left)];
            assertThat(share.nodes[to] & ~share.nodes[x])
                .as("nodes that fit at %s and not at %s, before it", to, x)
                .isZero();
            seen++;
          }
        }
      }
    }
    return seen;
  }
}
