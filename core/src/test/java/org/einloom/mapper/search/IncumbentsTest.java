package org.einloom.mapper.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.einloom.evaluation.Objective;
import org.einloom.mapping.LoopTree;
import org.junit.jupiter.api.Test;

class IncumbentsTest {
  private static final LoopTree ANY = new LoopTree(List.of());

  /** In whatever order points are offered, none that another one beats is on the front. */
  @Test
  void aFrontHasNoPointThatIsBeaten() {
    double[][] offers = {{3, 1}, {1, 3}, {2, 2}, {2, 3}, {3, 3}, {1, 4}};
    for (int first = 0; first < offers.length; first++) {
      var best =
          new Incumbents(
              Objective.ENERGY, true, 1, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
      for (int i = 0; i < offers.length; i++) {
        double[] offer = offers[(first + i) % offers.length];
        best.offer(offer[0], offer[1], ANY);
      }
      assertThat(best.points)
          .extracting(Incumbents.Point::energyPj, Incumbents.Point::cycles)
          .containsExactlyInAnyOrder(tuple(3.0, 1.0), tuple(1.0, 3.0), tuple(2.0, 2.0));
    }
  }
}
