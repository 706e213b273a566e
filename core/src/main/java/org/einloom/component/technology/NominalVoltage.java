package org.einloom.component.technology;

/**
 * The supply voltage that is usual for a feature size. Those of 45, 14, 10 and 7 nm are the nominal
 * ones of the PTM models that Stillmaker and Baas (2017) scale by; the others are round values
 * between them and what CACTI 7 takes for low-power processes (1.2 V at 90 and 65 nm, 1.0 V at 32
 * nm), chosen by us.
 */
final class NominalVoltage {
  private static final Curve VOLTS =
      Curve.linear(
          new double[] {5, 7, 10, 14, 16, 20, 32, 45, 65, 90, 130},
          new double[] {0.7, 0.7, 0.75, 0.8, 0.8, 0.9, 0.95, 1.0, 1.1, 1.2, 1.2});

  private NominalVoltage() {}

  static double of(double nm) {
    return VOLTS.at(nm);
  }
}
