package org.einloom.mapper.search;

import org.einloom.mapper.search.TemporalSearch.Shortcut;
import org.junit.jupiter.api.Test;

/** Of two labels at the same point, one that costs no more in any way stands for both. */
class DominanceTest {
  @Test
  void oneStandsForBoth() {
    ShortcutCheck.check(Shortcut.DOMINANCE, 1200);
  }
}
