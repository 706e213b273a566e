package org.einloom.mapper.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * The bound forwards is the bound backwards where no memory is shared, and no more than that where
 * some are; and so it is where only what costs less than something is of interest. That no mapping
 * costs less: {@link FillBoundTest}.
 */
class FirstBoundTest {
  private static int alone;
  private static int shared;
  private static int tooMuch;

  @Test
  void forwardsAsBackwards() {
    SmallProblems.check("first bounds", 400, FillBoundTest::draw, FirstBoundTest::compare);
    assertThat(alone).as("bounds where no memory is shared").isGreaterThan(100);
    assertThat(shared).as("bounds where some are").isGreaterThan(100);
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
      var prepared = new Prepared(s, new Terrain.Atlas().of(s), true, true);
      double backwards = prepared.fill.toGo(0);
      double forwards = first.excessPj(s, prepared.lattice, Double.POSITIVE_INFINITY);
      if (Double.isInfinite(backwards)) {
        continue;
      }
      if (prepared.capLast.length == 0) {
        assertThat(forwards)
            .as("bound of %s", s.placement)
            .isCloseTo(backwards, withinPercentage(1e-9));
        alone++;
      } else {
        assertThat(forwards).isLessThanOrEqualTo(backwards * (1 + 1e-12) + 1e-12);
        shared++;
      }
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
