package org.einloom.mapper.timeloop;

import java.util.EnumSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DominanceTest {
  @Test
  @DisplayName("one label stands for others: by itself it leaves out no best mapping")
  void byItself() {
    OneArgument.check(EnumSet.of(Argument.DOMINANCE));
  }
}
