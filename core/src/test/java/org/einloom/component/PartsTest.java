package org.einloom.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.einloom.workload.InvalidSpecException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Figures of the classes against what is published and what can be counted by hand. */
class PartsTest {
  private static final Catalog CATALOG = Catalog.installed();

  /** Horowitz, ISSCC 2014, at 45 nm and 0.9 V. */
  @ParameterizedTest
  @CsvSource({
    "adder, int8, 0.03, 36",
    "adder, int32, 0.1, 137",
    "adder, fp16, 0.4, 1360",
    "adder, fp32, 0.9, 4184",
    "multiplier, int8, 0.2, 282",
    "multiplier, int32, 3.1, 3495",
    "multiplier, fp16, 1.1, 1640",
    "multiplier, fp32, 3.7, 7700"
  })
  void publishedRows(String name, String format, double energyPj, double areaUm2) {
    Estimate e = CATALOG.estimate(name, at45().with("format", format));
    assertThat(energyPj(e, "compute")).isCloseTo(energyPj, within(1e-12));
    assertThat(e.areaUm2().value()).isCloseTo(areaUm2, within(1e-9));
    assertThat(action(e, "compute").energyPj().extrapolated()).isFalse();
  }

  @Test
  void costsGrowWithTheWidth() {
    for (String name : new String[] {"adder", "multiplier", "mac"}) {
      double last = 0;
      for (int bits = 2; bits <= 64; bits++) {
        double pj =
            energyPj(CATALOG.estimate(name, at45().with("format", "int" + bits)), "compute");
        assertThat(pj).as("%s int%d", name, bits).isGreaterThan(last);
        last = pj;
      }
      double floats = 0;
      for (String f : new String[] {"fp8_e5m2", "fp8_e4m3", "bf16", "fp16", "fp32", "fp64"}) {
        double pj = energyPj(CATALOG.estimate(name, at45().with("format", f)), "compute");
        assertThat(pj).as("%s %s", name, f).isGreaterThan(floats);
        floats = pj;
      }
    }
    // 2 b and 64 b lie outside the table
    Estimate wide = CATALOG.estimate("adder", at45().with("format", "int64"));
    assertThat(action(wide, "compute").energyPj().extrapolated()).isTrue();
  }

  /** Formats of words that are compared, shifted or chosen count by their bits. */
  @ParameterizedTest
  @CsvSource({"int5, 5", "fp8_e4m3, 8", "bf16, 16", "tf32, 19", "fp32, 32"})
  void logicTakesAWidthOrAFormat(String format, int bits) {
    for (String name : new String[] {"comparator", "shifter", "mux"}) {
      Estimate ofFormat = CATALOG.estimate(name, at45().with("format", format));
      Estimate ofWidth = CATALOG.estimate(name, at45().with("width", bits));
      assertThat(ofFormat.actions()).as(name).isEqualTo(ofWidth.actions());
      assertThat(ofFormat.areaUm2()).as(name).isEqualTo(ofWidth.areaUm2());
      assertThat(energyPj(ofFormat, "compute")).as(name).isPositive();
    }
  }

  @Test
  void logicTakesNotBothOfThem() {
    for (String name : new String[] {"comparator", "shifter", "mux"}) {
      assertThatThrownBy(() -> CATALOG.estimate(name, at45()))
          .isInstanceOf(InvalidSpecException.class)
          .hasMessageContaining("component class '" + name + "' needs 'width'");
      assertThatThrownBy(
              () -> CATALOG.estimate(name, at45().with("width", 8).with("format", "int8")))
          .isInstanceOf(InvalidSpecException.class)
          .hasMessageContaining("has both a 'width' and a 'format'");
    }
  }

  @Test
  void aMacIsAProductAndASum() {
    Estimate mac =
        CATALOG.estimate("mac", at45().with("format", "int8").with("accumulator", "int32"));
    assertThat(energyPj(mac, "compute")).isCloseTo(0.2 + 0.1, within(1e-12));
    assertThat(mac.areaUm2().value()).isCloseTo(282 + 137, within(1e-9));
    // 8 b x 32 b lies between: the geometric mean of the widths is 16 b
    Estimate mixed =
        CATALOG.estimate(
            "multiplier", at45().with("format", "int8").with("weight_format", "int32"));
    assertThat(energyPj(mixed, "compute")).isCloseTo(Math.sqrt(0.2 * 3.1), within(1e-9));
  }

  @Test
  void zerosCostNothingButTheirDetectionWhereTheyAreGated() {
    Attributes mac = at45().with("format", "int16").with("accumulator", "int32");
    double plain = energyPj(CATALOG.estimate("mac", mac), "compute");
    assertThat(energyPj(CATALOG.estimate("mac", mac.with("zeros", 0.6)), "compute"))
        .isEqualTo(plain);
    Attributes gated = mac.with("zero_gating", "yes");
    double detector = energyPj(CATALOG.estimate("mac", gated.with("zeros", 1)), "compute");
    assertThat(detector).isBetween(0.0, 0.05 * plain);
    assertThat(energyPj(CATALOG.estimate("mac", gated.with("zeros", 0.6)), "compute"))
        .isCloseTo(0.4 * plain + detector, within(1e-9));
  }

  @Test
  void registersAreAladdins() {
    Attributes a = at(40, 0.9).with("width", 16);
    Estimate e = CATALOG.estimate("register", a);
    assertThat(energyPj(e, "write")).isCloseTo(16 * 0.009, within(1e-12));
    assertThat(e.areaUm2().value()).isCloseTo(16 * 5.98, within(1e-9));
    assertThat(e.leakageUw().value()).isCloseTo(16 * 0.07, within(1e-9));
    // half of the energy is the clock's, half goes with the bits that change
    assertThat(energyPj(CATALOG.estimate("register", a.with("toggle", 0)), "write"))
        .isCloseTo(8 * 0.009, within(1e-12));
    assertThat(energyPj(CATALOG.estimate("register", a.with("toggle", 1)), "write"))
        .isCloseTo(24 * 0.009, within(1e-12));
  }

  @Test
  void aRegisterFileIsReadThroughItsTree() {
    Attributes a = at(40, 0.9).with("width", 16).with("size", 16 * 8);
    Estimate e = CATALOG.estimate("register_file", a);
    // 4 + 2/2 + 1/4 of 7 multiplexers switch; the decoder of 8 words has 3 levels
    double slice = 0.0181 / 32;
    assertThat(energyPj(e, "read")).isCloseTo(slice * (16 * 5.25 + 3), within(1e-12));
    assertThat(energyPj(e, "write")).isCloseTo(16 * 0.009 + 3 * slice, within(1e-12));
    assertThat(e.areaUm2().value())
        .isCloseTo(128 * 5.98 + (16 * 7 + 3 * 8) * 50.4 / 32, within(1e-9));
    assertThat(action(e, "read").widthBits()).isEqualTo(16);
  }

  @ParameterizedTest
  @CsvSource({
    "DDR3, 70, 12.8", "DDR4, 20, 25.6", "DDR5, 16.8, 38.4",
    "LPDDR3, 17.9, 6.4", "LPDDR4, 8, 12.8", "LPDDR5, 5, 25.6",
    "GDDR5, 14, 28", "GDDR6, 7.5, 56", "HBM2, 6.25, 256",
    "HBM2E, 5.03, 409.6", "HBM3, 4.05, 819.2", "HBM3E, 4.05, 1177.6"
  })
  void memoryChips(String family, double pjPerBit, double gigabytesPerSecond) {
    Estimate e = CATALOG.estimate("dram", Attributes.NONE.with("type", family).with("width", 64));
    assertThat(energyPj(e, "read")).isCloseTo(64 * pjPerBit, within(1e-9));
    assertThat(action(e, "read").rate().perCycle(1e9) * 64 / 8)
        .isCloseTo(gigabytesPerSecond, within(1e-6));
    assertThat(e.leakageUw().value()).isPositive();
    assertThat(e.areaUm2().value()).isZero();
  }

  @Test
  void wiresGoWithLengthWidthVoltageAndData() {
    Attributes a = at(65, 1.2).with("width", 16).with("length", 1500);
    double pj = energyPj(CATALOG.estimate("wire", a), "transfer");
    assertThat(pj).isCloseTo(0.50 * 1.5 * 16, within(1e-9));
    assertThat(energyPj(CATALOG.estimate("wire", a.with("voltage", 0.6)), "transfer"))
        .isCloseTo(pj / 4, within(1e-9));
    assertThat(energyPj(CATALOG.estimate("wire", a.with("toggle", 0.25)), "transfer"))
        .isCloseTo(pj / 2, within(1e-9));
  }

  private static Attributes at45() {
    return at(45, 0.9);
  }

  private static Attributes at(double nm, double volts) {
    return Attributes.NONE.with("technology", nm).with("voltage", volts);
  }

  private static ActionEstimate action(Estimate e, String name) {
    return java.util.Optional.ofNullable(e.actions().get(name)).orElseThrow();
  }

  private static double energyPj(Estimate e, String action) {
    return action(e, action).energyPj().value();
  }
}
