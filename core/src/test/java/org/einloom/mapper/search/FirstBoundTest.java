package org.einloom.mapper.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * The bound forwards is the bound backwards of nodes that have their memories to themselves; and so
 * it is where only what costs less than something is of interest. That no mapping costs less:
 * {@link FillBoundTest}.
 */
class FirstBoundTest {
  private static int shared;
  private static int tooMuch;

  @Test
  void forwardsAsBackwards() {
    SmallProblems.check("first bounds", 400, FillBoundTest::draw, FirstBoundTest::compare);
    assertThat(shared).as("bounds where memories are shared").isGreaterThan(100);
    assertThat(tooMuch).as("bounds of more than is of interest").isGreaterThan(100);
  }

  private static int compare(Problem problem, SplittableRandom random) {
    int seen = 0;
    var first = new FirstBound(); // what it keeps from one to the next must not matter
    for (int i = 0; i < 6; i++) {
      Structure s = RandomStructures.draw(problem, random);
      if (s.impossible) {
        continue;
      }
      Terrain terrain = new Terrain.Atlas().of(s);
      var prepared = new Prepared(s, terrain, true, true);
      int[][] sharing = prepared.capOf.clone();
      for (int t = 0; t < sharing.length; t++) {
        sharing[t] = sharing[t].clone();
        Arrays.fill(sharing[t], -1);
      }
      Fits alone = terrain.fits.within(terrain.leastBits(), prepared.capacity, sharing);
      double backwards = prepared.fill.within(alone).toGo(0);
      double forwards = first.excessPj(s, prepared.lattice, Double.POSITIVE_INFINITY);
      if (Double.isInfinite(backwards)) {
        continue;
      }
      assertThat(forwards)
          .as("bound of %s", s.placement)
          .isCloseTo(backwards, withinPercentage(1e-9));
      shared += prepared.capLast.length > 0 ? 1 : 0;
      double most = forwards * (0.5 + random.nextDouble());
      double limited = first.excessPj(s, prepared.lattice, most);
      if (forwards > most) {
        assertThat(limited).as("more than %s", most).isInfinite();
        tooMuch++;
      } else {
        assertThat(limited).isEqualTo(forwards);
      }
      seen++;
    }
    return seen;
  }
}
