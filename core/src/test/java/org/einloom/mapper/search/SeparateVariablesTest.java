package org.einloom.mapper.search;

import java.util.SplittableRandom;
import org.einloom.mapper.TinyEinsums;
import org.einloom.mapper.search.TemporalSearch.Shortcut;
import org.junit.jupiter.api.Test;

/** Loops over variables that every tensor depends on may all be outermost. */
class SeparateVariablesTest {
  @Test
  void outermostIsAsGoodAsAnywhere() {
    ShortcutCheck.check(Shortcut.SEPARATE_VARIABLES, 1200, SeparateVariablesTest::draw);
  }

  /** Some of whose loops are left out, or would be if tiles that overlap made no difference. */
  private static Problem draw(SplittableRandom random) {
    if (random.nextInt(4) == 0) {
      return SmallProblems.draw(random, TinyEinsums.locallyConnected(random));
    }
    while (true) {
      Problem problem = SmallProblems.draw(random);
      for (boolean separate : problem.separate()) {
        if (separate) {
          return problem;
        }
      }
    }
  }
}
