package org.einloom.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ObjectiveTest {
  private static final double ENDLESS = Double.POSITIVE_INFINITY;

  @Test
  void whatHasNoEndHasNoneHoweverItIsWeighed() {
    List<Objective> all =
        List.of(
            Objective.EDP,
            Objective.weighted("0*energy + 2*latency", 0, 2),
            Objective.weighted("2*energy + 0*latency", 2, 0));
    for (Objective objective : all) {
      for (double other : new double[] {0, 1, ENDLESS}) {
        assertThat(objective.value(ENDLESS, other)).as(objective.label()).isEqualTo(ENDLESS);
        assertThat(objective.value(other, ENDLESS)).as(objective.label()).isEqualTo(ENDLESS);
      }
      assertThat(objective.value(Double.NaN, ENDLESS)).as(objective.label()).isNaN();
    }
  }

  @Test
  void weighs() {
    assertThat(Objective.weighted("0*energy + 2*latency", 0, 2).value(3, 5)).isEqualTo(10);
    assertThat(Objective.weighted("2*energy + 0.5*latency", 2, 0.5).value(3, 5)).isEqualTo(8.5);
    assertThat(Objective.EDP.value(3, 5)).isEqualTo(15);
  }
}
