package org.einloom.mapper.timeloop;

import java.util.EnumSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ExchangeTest {
  @Test
  @DisplayName(
      "loops that all links see alike change places: by itself it leaves out no best mapping")
  void byItself() {
    OneArgument.check(EnumSet.of(Argument.EXCHANGE));
  }
}
