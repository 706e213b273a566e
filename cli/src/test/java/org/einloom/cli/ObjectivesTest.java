package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.einloom.evaluation.Objective;
import org.einloom.workload.InvalidSpecException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectivesTest {
  @Test
  void threeHaveNames() {
    for (Objective o : Objective.NAMED) {
      assertThat(Objectives.parse(o.label())).isEqualTo(o);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2*energy + 3*latency, 2, 3",
    "3*latency+2*energy, 2, 3",
    "energy*2 + latency * 3, 2, 3",
    "energy+1e9*latency, 1, 1e9",
    "latency + energy, 1, 1",
    ".5*energy+1.*latency, 0.5, 1",
    "1.07E-3 * energy, 1.07e-3, 0",
    "0*energy + 1*latency, 0, 1",
  })
  void sumsHaveWeights(String text, double energy, double latency) {
    assertThat(Objectives.parse(" " + text + " "))
        .isEqualTo(Objective.weighted(text, energy, latency));
  }

  @Test
  void whatAReportSaysIsReadAgain() {
    double weight = 1.0 / 3 * 1e11;
    Objective o = Objectives.parse("energy + " + weight + "*latency");
    assertThat(o.latencyWeight()).isEqualTo(weight);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          enrgy | unknown objective 'enrgy'; expected energy, latency, edp, or a weighted sum such as 2*energy + 1e9*latency; did you mean 'energy'?
          2*energy + 3*latncy | column 14 (at 'latncy'): unknown 'latncy'; expected energy or latency; did you mean 'latency'?
          2 energy | column 3 (at 'energy'): expected '*' after the weight 2
          2*energy + | column 11 (at its end): expected a weight of at least 0, energy or latency
          2*energy - latency | column 10 (at '- latency'): expected '+' or the end
          -2*energy | column 1 (at '-2*energy'): expected a weight of at least 0, energy or latency
          energy + edp | column 10 (at 'edp'): edp is a product and stands alone
          energy*latency | column 8 (at 'latency'): expected a weight of at least 0 after '*'
          energy + 2*energy | column 12 (at 'energy'): energy occurs twice
          1e999*energy | column 1 (at '1e999*energy'): the weight 1e999 is out of range
          0*energy | one above 0
          2*3*energy | column 3 (at '3*energy'): expected a weight
          """)
  void mistakesAreShownWhereTheyAre(String text, String message) {
    assertThatThrownBy(() -> Objectives.parse(text))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining(message);
  }
}
