package org.einloom.mapper.sparse;

import static org.assertj.core.api.Assertions.assertThat;

import org.einloom.mapper.SearchMonitor;
import org.junit.jupiter.api.Test;

class PatienceTest {
  private boolean asked;
  private boolean answered;
  private long nowNs;

  private final SearchMonitor monitor =
      new SearchMonitor() {
        @Override
        public boolean stop() {
          return asked;
        }

        @Override
        public void report(double value, double lowerBound, long evaluated) {}
      };

  private final Patience patience = new Patience(monitor, () -> answered, () -> nowNs);

  @Test
  void withAnAnswerItEndsAtOnce() {
    answered = true;
    assertThat(patience.stop()).isFalse();
    asked = true;
    assertThat(patience.stop()).isTrue();
  }

  @Test
  void withoutOneItEndsWithTheFirst() {
    asked = true;
    nowNs = 7_000_000_000L;
    assertThat(patience.stop()).isFalse();
    assertThat(patience.late()).isTrue();
    nowNs += 4_000_000_000L;
    assertThat(patience.stop()).isFalse();
    answered = true;
    assertThat(patience.stop()).isTrue();
  }

  @Test
  void itDoesNotWaitForEver() {
    asked = true;
    assertThat(patience.stop()).isFalse();
    nowNs += 5_000_000_001L;
    assertThat(patience.stop()).isTrue();
  }
}
