package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({"1, 1000", "0.5, 500", "500ms, 500", "2 min, 120000", "1h, 3600000", "10 s, 10000"})
  void secondsUnlessAUnitIsGiven(String text, long milliseconds) {
    assertThat(Durations.parse("--time-limit", text).toMillis()).isEqualTo(milliseconds);
  }
}
