package org.einloom.component.technology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.einloom.workload.InvalidSpecException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalingTest {
  private static final double[] NODES = {130, 90, 65, 45, 32, 20, 16, 14, 10, 7};

  /**
   * Table of Stillmaker and Baas, Integration 58 (2017): area from the row's node to the column's.
   */
  private static final double[][] AREA = {
    {1, 0.44, 0.23, 0.16, 0.072, 0.033, 0.03, 0.027, 0.016, 0.0092},
    {2.3, 1, 0.53, 0.35, 0.16, 0.075, 0.067, 0.061, 0.036, 0.021},
    {4.3, 1.9, 1, 0.66, 0.31, 0.14, 0.13, 0.12, 0.068, 0.039},
    {6.4, 2.8, 1.5, 1, 0.46, 0.21, 0.19, 0.17, 0.1, 0.059},
    {14, 6.1, 3.3, 2.2, 1, 0.46, 0.41, 0.38, 0.22, 0.13},
    {30, 13, 7.1, 4.7, 2.2, 1, 0.89, 0.82, 0.48, 0.28},
    {34, 15, 7.9, 5.3, 2.4, 1.1, 1, 0.91, 0.54, 0.31},
    {37, 16, 8.7, 5.8, 2.7, 1.2, 1.1, 1, 0.59, 0.34},
    {63, 28, 15, 9.8, 4.5, 2.1, 1.9, 1.7, 1, 0.58},
    {110, 48, 25, 17, 7.8, 3.6, 3.2, 2.9, 1.7, 1}
  };

  @Test
  void areaIsThatOfTheTableButForItsRounding() {
    for (int from = 0; from < NODES.length; from++) {
      for (int to = 0; to < NODES.length; to++) {
        double factor = Scaling.area(at(NODES[from], 1), at(NODES[to], 1)).value();
        assertThat(factor / AREA[from][to])
            .as("%s to %s nm", NODES[from], NODES[to])
            .isCloseTo(1, within(0.037));
      }
    }
  }

  /** By hand: 45 nm 0.9 V is 1.103 * 0.81 - 0.362 * 0.9 + 0.2767 = 0.84433. */
  @ParameterizedTest
  @CsvSource({
    "45, 0.9, 45, 0.9, 1",
    "45, 0.9, 65, 1.0, 1.5776", // 1.332 / 0.84433
    "45, 0.9, 16, 0.8, 0.14244", // 0.120272 / 0.84433
    "65, 1.0, 7, 0.7, 0.035857", // 0.047815 / 1.332 = 0.035897 less rounding of the entry
  })
  void energyIsThePolynomials(double nm, double v, double toNm, double toV, double factor) {
    assertThat(Scaling.energy(at(nm, v), at(toNm, toV)).value())
        .isCloseTo(factor, within(2e-3 * factor));
  }

  @Test
  void factorsAreMonotoneInNodeAndVoltageAndUndoEachOther() {
    long seed = Long.getLong("einloom.seed", System.nanoTime());
    var random = new Random(seed);
    for (int i = 0; i < 2000; i++) {
      Technology base = any(random);
      Technology a = any(random);
      Technology smaller = at(5 + (a.nm() - 5) * random.nextDouble(), a.volts());
      Technology weaker = at(a.nm(), 0.6 + (a.volts() - 0.6) * random.nextDouble());
      String as = "seed " + seed + ": " + base + ", " + a + ", " + smaller + ", " + weaker;
      assertThat(Scaling.energy(base, smaller).value())
          .as(as)
          .isLessThanOrEqualTo(Scaling.energy(base, a).value() * (1 + 1e-12));
      assertThat(Scaling.energy(base, weaker).value())
          .as(as)
          .isLessThanOrEqualTo(Scaling.energy(base, a).value() * (1 + 1e-12));
      assertThat(Scaling.area(base, smaller).value())
          .as(as)
          .isLessThanOrEqualTo(Scaling.area(base, a).value() * (1 + 1e-12));
      assertThat(Scaling.delay(base, weaker).value())
          .as(as)
          .isGreaterThanOrEqualTo(Scaling.delay(base, a).value() * (1 - 1e-12));
      assertThat(Scaling.energy(base, a).value() * Scaling.energy(a, base).value())
          .as(as)
          .isCloseTo(1, within(1e-9));
      assertThat(Scaling.area(base, a).value() * Scaling.area(a, base).value())
          .as(as)
          .isCloseTo(1, within(1e-9));
    }
  }

  @Test
  void belowTheLastPublishedNodeFactorsAreMarked() {
    assertThat(Scaling.energy(at(45, 1), at(5, 1)).extrapolated()).isTrue();
    assertThat(Scaling.energy(at(45, 1), at(7, 1)).extrapolated()).isFalse();
    assertThat(Scaling.area(at(7, 1), at(5, 1)).value()).isCloseTo(5.0 / 7, within(1e-12));
    assertThat(Scaling.energy(at(7, 0.7), at(5, 0.7)).value())
        .isCloseTo(Math.sqrt(5.0 / 7), within(1e-12));
  }

  @Test
  void theFlavourOfTransistorsIsAnUncertainty() {
    var range = Scaling.energy(at(45, 0.9), at(16, 0.8)).range().orElseThrow();
    // high performance: 0.120272 / 0.69885; low power: 0.098326 / 0.84433; the usual mix 0.14244
    assertThat(range.high()).isCloseTo(0.17210 / 0.14244, within(2e-3));
    assertThat(range.low()).isCloseTo(0.11646 / 0.14244, within(2e-3));
  }

  @Test
  void whatIsNoProcessIsRefused() {
    assertThatThrownBy(() -> at(3, 0.7))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessage("'technology' is 3 nm; expected 5 nm to 130 nm");
    assertThatThrownBy(() -> at(45, 0.3)).isInstanceOf(InvalidSpecException.class);
    assertThatThrownBy(() -> at(Double.NaN, 1)).isInstanceOf(InvalidSpecException.class);
  }

  private static Technology any(Random random) {
    return at(5 + 125 * random.nextDouble(), 0.6 + 0.8 * random.nextDouble());
  }

  private static Technology at(double nm, double volts) {
    return new Technology(nm, volts);
  }
}
