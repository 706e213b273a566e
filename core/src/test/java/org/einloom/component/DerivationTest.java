package org.einloom.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.einloom.workload.InvalidSpecException;
import org.junit.jupiter.api.Test;

class DerivationTest {
  private final Given sure = Given.published(2, "a row", "a table").within(0.5, 1.5);
  private final Given guess = Given.assumed(3, "a guess", "a reason");

  @Test
  void valuesMultiplyOutAndAddUp() {
    Derivation d = Derivation.sum("both", sure.times(4, "bits"), guess.times(0.5, "halves"));
    assertThat(d.value()).isEqualTo(9.5);
  }

  @Test
  void theWorstPartDecidesHowWellItIsFounded() {
    assertThat(sure.times(4, "bits").standing()).isEqualTo(Standing.MODELLED);
    assertThat(Derivation.sum("both", sure, guess).standing()).isEqualTo(Standing.ASSUMED);
    assertThat(sure.times(Factor.assumed(2, "twice", "why")).standing())
        .isEqualTo(Standing.ASSUMED);
    // what adds nothing takes nothing away
    assertThat(Derivation.sum("both", sure, guess.times(0, "none")).standing())
        .isEqualTo(Standing.PUBLISHED);
  }

  @Test
  void rangesMultiplyAndAddUp() {
    Derivation twice = sure.times(new Factor(3, "f", "s", Standing.PUBLISHED, false, wide()));
    assertThat(twice.range()).contains(new Range(0.25, 3));
    Derivation sum = Derivation.sum("both", sure, Derivation.zero("nothing"), sure.times(3, "n"));
    assertThat(sum.range().orElseThrow().low()).isCloseTo(0.5, within(1e-12));
    assertThat(sum.range().orElseThrow().high()).isCloseTo(1.5, within(1e-12));
    assertThat(Derivation.sum("both", sure, guess).range()).isEmpty();
    assertThat(Derivation.zero("nothing").range()).contains(Range.EXACT);
    assertThat(Derivation.zero("nothing").isLeftOut()).isFalse();
    Derivation left = Derivation.leftOut("repeaters");
    assertThat(left.times(2, "n").isLeftOut()).isTrue();
    assertThat(Derivation.sum("all", left, Derivation.zero("nothing")).isLeftOut()).isTrue();
    assertThat(Derivation.sum("all", left, sure).isLeftOut()).isFalse();
    assertThat(Derivation.sum("all", left, sure).standing()).isEqualTo(sure.standing());
  }

  private static Optional<Range> wide() {
    return Optional.of(new Range(0.5, 2));
  }

  @Test
  void whatIsNoCostIsRefused() {
    assertThatThrownBy(() -> Given.published(Double.NaN, "a", "b"))
        .isInstanceOf(InvalidSpecException.class);
    assertThatThrownBy(() -> Given.published(-1, "a", "b"))
        .isInstanceOf(InvalidSpecException.class);
    assertThatThrownBy(() -> sure.times(Double.POSITIVE_INFINITY, "a"))
        .isInstanceOf(InvalidSpecException.class);
  }

  @Test
  void clockedActionsTakeWholeCycles() {
    assertThat(new Rate.Clocked(1, 0.9).perCycle(1e9)).isEqualTo(1);
    assertThat(new Rate.Clocked(1, 1.0).perCycle(1e9)).isEqualTo(1);
    assertThat(new Rate.Clocked(2, 2.1).perCycle(1e9)).isEqualTo(2.0 / 3);
    assertThat(new Rate.Clocked(1, 0).perCycle(1e9)).isEqualTo(1);
    assertThat(new Rate.Fixed(25.6e9 / 8).perCycle(1e9)).isEqualTo(3.2);
    assertThat(Rate.unlimited().perCycle(1e9)).isInfinite();
  }
}
