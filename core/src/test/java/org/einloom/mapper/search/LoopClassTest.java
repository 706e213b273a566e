package org.einloom.mapper.search;

import org.einloom.mapper.search.TemporalSearch.Shortcut;
import org.junit.jupiter.api.Test;

/** Of variables relevant to the same tensors, loops over any one stand for all. */
class LoopClassTest {
  @Test
  void oneVariableStandsForItsClass() {
    ShortcutCheck.check(Shortcut.VARIABLES_OF_A_CLASS, 1200);
  }
}
