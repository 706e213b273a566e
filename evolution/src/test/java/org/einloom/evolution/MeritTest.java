package org.einloom.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which of two points breeding prefers, by hand. */
class MeritTest {
  private static Merit merit(double excess, Double... costs) {
    return new Merit(excess, List.of(costs));
  }

  @Test
  @DisplayName("within the limits, better in something and worse in nothing")
  void within() {
    assertThat(merit(0, 1.0, 2.0).dominance(merit(0, 1.0, 3.0))).isPositive();
    assertThat(merit(0, 1.0, 3.0).dominance(merit(0, 1.0, 2.0))).isNegative();
    assertThat(merit(0, 1.0, 3.0).dominance(merit(0, 2.0, 2.0))).isZero();
    assertThat(merit(0, 1.0, 2.0).dominance(merit(0, 1.0, 2.0))).isZero();
  }

  @Test
  @DisplayName("less beyond the limits is better, whatever it costs")
  void beyond() {
    assertThat(merit(0, 9.0).dominance(merit(0.1, 1.0))).isPositive();
    assertThat(merit(0.2, 9.0).dominance(merit(0.3, 1.0))).isPositive();
    assertThat(merit(Double.POSITIVE_INFINITY, 0.0).dominance(merit(100, 1.0))).isNegative();
  }
}
