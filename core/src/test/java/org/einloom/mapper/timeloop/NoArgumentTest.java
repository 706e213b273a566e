package org.einloom.mapper.timeloop;

import java.util.EnumSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NoArgumentTest {
  @Test
  @DisplayName(
      "nothing but sums and the least of each link: by itself it leaves out no best mapping")
  void byItself() {
    OneArgument.check(EnumSet.noneOf(Argument.class));
  }
}
