package org.einloom.component.sram;

/**
 * The kind of transistors, cells and periphery alike, and the temperature at which they were
 * characterised: leakage is known at no other.
 */
public enum SramFlavour {
  /** ITRS low standby power: slow, hardly leaks. The default. */
  LOW_STANDBY_POWER("low standby power", 300),
  /** ITRS high performance: fast, leaks. */
  HIGH_PERFORMANCE("high performance", 350);

  private final String label;
  private final double temperatureK;

  SramFlavour(String label, double temperatureK) {
    this.label = label;
    this.temperatureK = temperatureK;
  }

  /** The name in words, for messages and reports. */
  public String label() {
    return label;
  }

  /** The temperature of every figure of this flavour. */
  public double temperatureK() {
    return temperatureK;
  }
}
