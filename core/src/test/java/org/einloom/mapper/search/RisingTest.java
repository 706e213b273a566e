package org.einloom.mapper.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.einloom.mapper.SearchMonitor;
import org.junit.jupiter.api.Test;

class RisingTest {
  @Test
  void boundsThatAreReportedNeverFall() {
    List<Double> bounds = new ArrayList<>();
    boolean[] stop = {false};
    SearchMonitor rising =
        new Rising(
            new SearchMonitor() {
              @Override
              public boolean stop() {
                return stop[0];
              }

              @Override
              public void report(double value, double lowerBound, long evaluated) {
                bounds.add(lowerBound);
              }
            });
    for (double bound : List.of(0.0, 3.0, 1.0, 5.0, 0.0)) {
      rising.report(7, bound, 1);
    }
    assertThat(bounds).containsExactly(0.0, 3.0, 3.0, 5.0, 5.0);
    assertThat(rising.stop()).isFalse();
    stop[0] = true;
    assertThat(rising.stop()).isTrue();
  }
}
