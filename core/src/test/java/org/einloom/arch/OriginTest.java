package org.einloom.arch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.einloom.component.Derivation;
import org.einloom.component.Given;
import org.einloom.component.Standing;
import org.junit.jupiter.api.Test;

class OriginTest {
  private static Figure by(double value, Standing standing) {
    return Figure.of(new Given(value, "x", "s", standing, false, Optional.empty()), "class");
  }

  @Test
  void everyCostHasOne() {
    assertThat(Figure.of(2, "paper").origin()).isEqualTo(Origin.PUBLISHED);
    assertThat(Figure.of(2, "").origin()).isEqualTo(Origin.UNSOURCED);
    assertThat(new Figure(2, "ratio", true).origin()).isEqualTo(Origin.ASSUMED);
    assertThat(by(2, Standing.MODELLED).origin()).isEqualTo(Origin.CLASS);
    assertThat(by(2, Standing.REMEMBERED).origin()).isEqualTo(Origin.CLASS_WITH_ASSUMPTIONS);
  }

  /** Nothing is something else than not knowing. */
  @Test
  void whatIsLeftOutIsNotGiven() {
    assertThat(Figure.NONE.origin()).isEqualTo(Origin.NOT_GIVEN);
    assertThat(Figure.of(Derivation.leftOut("x"), "class").origin()).isEqualTo(Origin.NOT_GIVEN);
    assertThat(Figure.of(Derivation.zero("x"), "class").origin()).isEqualTo(Origin.CLASS);
    assertThat(new Figure(0, "free by design", true).origin()).isEqualTo(Origin.ASSUMED);
  }
}
