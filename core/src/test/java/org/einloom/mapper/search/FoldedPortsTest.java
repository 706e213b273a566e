package org.einloom.mapper.search;

import org.einloom.mapper.search.TemporalSearch.Shortcut;
import org.junit.jupiter.api.Test;

/** Of ports to which nothing will be added, the slowest stands for all. */
class FoldedPortsTest {
  @Test
  void theSlowestStandsForAll() {
    ShortcutCheck.check(Shortcut.FOLDED_PORTS, 1200);
  }
}
