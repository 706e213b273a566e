package org.einloom.mapper.search;

import org.einloom.mapper.search.TemporalSearch.Shortcut;
import org.junit.jupiter.api.Test;

/** Neighbouring loops that move nothing stand in one order for all. */
class LoopOrderTest {
  @Test
  void oneOrderStandsForAll() {
    ShortcutCheck.check(Shortcut.LOOP_ORDER, 1200);
  }
}
