package org.einloom.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.assertj.core.data.Percentage;
import org.einloom.workload.InvalidSpecException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The class {@code sram}: units, voltage, ports, data. The model behind it has tests of its own.
 */
class SramClassTest {
  private static final Catalog CATALOG = Catalog.installed();

  private static Attributes at(double kib, int width, double nm) {
    return Attributes.NONE.with("size", kib * 8192).with("width", width).with("technology", nm);
  }

  private static Estimate sram(Attributes a) {
    return CATALOG.estimate("sram", a);
  }

  private static ActionEstimate action(Estimate e, String name) {
    return Optional.ofNullable(e.actions().get(name)).orElseThrow();
  }

  private static double pj(Estimate e, String action) {
    return action(e, action).energyPj().value();
  }

  /** CACTI 7, low standby power, 300 K, one bank: read and write in pJ, area in um2, leakage uW. */
  @ParameterizedTest
  @CsvSource({
    "128, 64, 65, 59.34, 49.59, 896000, 21.6",
    "8, 64, 65, 11.13, 14.69, 54800, 1.78",
    "0.5, 16, 65, 1.340, 2.040, 3876, 0.199",
    "512, 512, 22, 72.92, 76.06, 536500, 69.7",
    "16, 32, 32, 4.657, 3.606, 30000, 0.833",
  })
  void isNearCacti(
      double kib, int width, double nm, double read, double write, double area, double leakage) {
    Estimate e = sram(at(kib, width, nm));
    assertThat(pj(e, "read")).isCloseTo(read, Percentage.withPercentage(10));
    assertThat(pj(e, "write")).isCloseTo(write, Percentage.withPercentage(10));
    assertThat(e.areaUm2().value()).isCloseTo(area, Percentage.withPercentage(15));
    assertThat(e.leakageUw().value()).isCloseTo(leakage, Percentage.withPercentage(25));
    assertThat(action(e, "read").energyPj().range()).isPresent();
    assertThat(action(e, "read").widthBits()).isEqualTo(width);
  }

  /** The polynomial of 65 nm at 1.0 V over that at 1.2 V: 1.332 / 2.1046. */
  @Test
  void voltageScalesEnergy() {
    Estimate own = sram(at(8, 64, 65));
    Estimate low = sram(at(8, 64, 65).with("voltage", 1.0));
    assertThat(pj(low, "read") / pj(own, "read")).isCloseTo(1.332 / 2.1046, within(1e-6));
    assertThat(pj(low, "write") / pj(own, "write")).isCloseTo(1.332 / 2.1046, within(1e-6));
    assertThat(low.areaUm2().value()).isEqualTo(own.areaUm2().value());
    assertThat(action(low, "read").latencyNs().value())
        .isGreaterThan(action(own, "read").latencyNs().value());
    assertThat(pj(sram(at(8, 64, 65).with("voltage", 1.2)), "read")).isEqualTo(pj(own, "read"));
  }

  @Test
  void beyondCactisNodesItSaysSo() {
    Estimate e = sram(at(8, 64, 7));
    assertThat(action(e, "read").energyPj().extrapolated()).isTrue();
    assertThat(pj(e, "read")).isLessThan(pj(sram(at(8, 64, 22)), "read"));
    assertThat(e.notes()).anyMatch(n -> n.contains("CACTI was not run at 7 nm"));
  }

  @Test
  void bitsThatDoNotChangeSaveWiresButNotBitLines() {
    double random = pj(sram(at(32, 64, 45)), "read");
    double still = pj(sram(at(32, 64, 45).with("toggle", 0)), "read");
    double all = pj(sram(at(32, 64, 45).with("toggle", 1)), "read");
    assertThat(still).isBetween(0.4 * random, 0.9 * random);
    assertThat(all - random).isCloseTo(random - still, within(1e-9));
    assertThat(pj(sram(at(32, 64, 45).with("toggle", 0)), "write"))
        .isLessThan(pj(sram(at(32, 64, 45)), "write"));
  }

  @Test
  void portsAndTimeLimitTheRate() {
    double slowHz = 1e8;
    assertThat(action(sram(at(8, 64, 65)), "read").rate().perCycle(slowHz)).isEqualTo(1);
    Estimate two = sram(at(8, 64, 65).with("ports", 1).with("read_ports", 1));
    assertThat(action(two, "read").rate().perCycle(slowHz)).isEqualTo(2);
    assertThat(action(two, "write").rate().perCycle(slowHz)).isEqualTo(1);
    // a large memory needs several cycles of a fast clock
    assertThat(action(sram(at(16384, 64, 65)), "read").rate().perCycle(3e9)).isLessThan(1);
  }

  @Test
  void whatIsNoMemoryIsRefused() {
    assertThatThrownBy(() -> sram(at(8, 64, 65).with("size", 1001)))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("whole bytes");
    assertThatThrownBy(() -> sram(at(0.0625, 1024, 65)))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("wider than a bank");
    assertThatThrownBy(() -> sram(at(8, 64, 65).with("ports", 0)))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("cannot be read");
    assertThatThrownBy(() -> sram(at(8, 64, 3)))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessage("'technology' is 3 nm; expected 5 nm to 130 nm");
  }
}
