package org.einloom.mapper.timeloop;

import java.util.EnumSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LevelBoundTest {
  @Test
  @DisplayName(
      "the links into one level are bounded together: by itself it leaves out no best mapping")
  void byItself() {
    OneArgument.check(EnumSet.of(Argument.LEVEL_BOUND));
  }
}
