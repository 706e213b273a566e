package org.einloom.component.memory;

import java.util.Arrays;
import java.util.List;
import org.einloom.component.Given;

/**
 * Families of memory chips. Rates are the highest of the family's first JEDEC standard in wide use,
 * per data pin; pins are those of the usual module, package or stack.
 */
enum DramFamily {
  DDR3(70, "Chatterjee et al., MICRO 2017, as quoted by hwcomponents-cacti", true, 1.6, 64, 300),
  DDR4(20, "typical with interface", false, 3.2, 64, 300),
  DDR5(16.8, "DDR4's 20 pJ/b by the square of the voltages, 1.1 V and 1.2 V", false, 4.8, 64, 300),
  LPDDR3(
      17.9,
      "geometric mean of LPDDR2 (40 pJ/b, Malladi et al., ISCA 2012) and LPDDR4 (8 pJ/b)",
      false,
      1.6,
      32,
      20),
  LPDDR4(8, "constant of Accelergy's CACTI plug-in and hwcomponents-cacti", true, 3.2, 32, 20),
  LPDDR5(5, "typical", false, 6.4, 32, 20),
  GDDR5(14, "O'Connor et al., MICRO 2017", false, 7, 32, 500),
  GDDR6(7.5, "typical", false, 14, 32, 500),
  HBM2(6.25, "constant of hwcomponents-cacti", true, 2, 1024, 1000) {
    @Override
    Given energyPjPerBit() {
      // O'Connor et al., MICRO 2017, are remembered to give 3.92 pJ/b
      return super.energyPjPerBit().within(3.92 / 6.25, 1);
    }
  },
  HBM2E(5.03, "geometric mean of HBM2 (6.25 pJ/b) and HBM3 (4.05 pJ/b)", false, 3.2, 1024, 1000),
  HBM3(4.05, "constant of hwcomponents-cacti", true, 6.4, 1024, 1000),
  HBM3E(4.05, "as HBM3, whose circuits it shares", false, 9.2, 1024, 1000);

  /** All names. */
  static final List<String> NAMES = Arrays.stream(values()).map(Enum::name).toList();

  private final double pjPerBit;
  private final String source;
  private final boolean verified;
  private final double gigabitsPerPin;
  private final int pins;
  private final double backgroundMw;

  DramFamily(
      double pjPerBit,
      String source,
      boolean verified,
      double gigabitsPerPin,
      int pins,
      double backgroundMw) {
    this.pjPerBit = pjPerBit;
    this.source = source;
    this.verified = verified;
    this.gigabitsPerPin = gigabitsPerPin;
    this.pins = pins;
    this.backgroundMw = backgroundMw;
  }

  /** Chip and interface, reads and writes alike. */
  Given energyPjPerBit() {
    String what = name() + ", per bit, chip and interface";
    return verified
        ? Given.published(pjPerBit, what, source)
        : isDerived()
            ? Given.assumed(pjPerBit, what, source)
            : Given.remembered(pjPerBit, what, source);
  }

  private boolean isDerived() {
    return this == DDR5 || this == LPDDR3 || this == HBM2E || this == HBM3E;
  }

  /** Data rate of a pin in Gb/s. */
  double gigabitsPerPin() {
    return gigabitsPerPin;
  }

  /** Data pins. */
  int pins() {
    return pins;
  }

  /** Power of the whole module, package or stack without traffic: standby and refresh. */
  Given backgroundUw() {
    return Given.assumed(
        backgroundMw * 1000,
        name() + ", standby and refresh of " + pins + " data pins' chips",
        "order of magnitude; data sheets of one family differ by several times");
  }
}
