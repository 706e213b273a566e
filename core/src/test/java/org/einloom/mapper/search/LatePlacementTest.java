package org.einloom.mapper.search;

import org.einloom.mapper.search.TemporalSearch.Shortcut;
import org.junit.jupiter.api.Test;

/**
 * A node above loops that are irrelevant to its tensor could as well stand below them; one with a
 * memory for itself could as well stand above all loops whose tiles fit.
 */
class LatePlacementTest {
  @Test
  void aNodeStandsWhereALoopNeedsIt() {
    ShortcutCheck.check(Shortcut.LATE_PLACEMENT, 1200);
  }
}
