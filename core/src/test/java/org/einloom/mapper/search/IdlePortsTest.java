package org.einloom.mapper.search;

import org.einloom.mapper.search.TemporalSearch.Shortcut;
import org.junit.jupiter.api.Test;

/** A port that is never the slowest is not looked at. */
class IdlePortsTest {
  @Test
  void neverTheSlowest() {
    ShortcutCheck.check(Shortcut.IDLE_PORTS, 1200);
  }
}
