package org.einloom.mapper.search;

import org.einloom.mapper.search.TemporalSearch.Shortcut;
import org.junit.jupiter.api.Test;

/** Loops over variables that every tensor depends on may all be outermost. */
class SeparateVariablesTest {
  @Test
  void outermostIsAsGoodAsAnywhere() {
    ShortcutCheck.check(Shortcut.SEPARATE_VARIABLES, 1200, SeparateVariablesTest::some);
  }

  private static boolean some(Problem problem) {
    boolean some = false;
    for (boolean separate : problem.separate()) {
      some |= separate;
    }
    return some;
  }
}
