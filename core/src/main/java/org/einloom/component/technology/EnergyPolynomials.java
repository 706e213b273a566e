package org.einloom.component.technology;

/**
 * Energy of a circuit by node and voltage, relative: a V^2 + b V + c. Stillmaker and Baas,
 * Integration 58 (2017) 74-81, doi:10.1016/j.vlsi.2017.02.002, as quoted by tools that use it
 * (hwcomponents; nodeScale of UCLA NanoCAD, from which the two flavours are). Between nodes the
 * value is interpolated linearly in the feature size, and below 7 nm it falls with the square root
 * of the feature size, as hwcomponents has it.
 */
enum EnergyPolynomials {
  /**
   * What tools use: low power at 45 and 32 nm, high performance from 20 nm on. The step between 32
   * and 20 nm is therefore one of flavour as well.
   */
  USUAL(
      new double[][] {
        {0.1776, -0.09097, 0.02447},
        {0.2068, -0.09311, 0.02375},
        {0.2363, -0.09675, 0.02239},
        {0.2958, -0.1241, 0.03024},
        {0.373, -0.1582, 0.04104},
        {0.9559, -0.7823, 0.471},
        {1.103, -0.362, 0.2767},
        {3.755, -4.398, 1.975},
        {4.762, -4.781, 2.092},
        {7.171, -6.709, 2.904}
      }),
  LOW_POWER(
      new double[][] {
        {0.09365, -0.03409, 0.02043},
        {0.1261, -0.0518, 0.02769},
        {0.1556, -0.06472, 0.03066},
        {0.2139, -0.1187, 0.05639},
        {0.2632, -0.14, 0.06841},
        {0.9559, -0.7823, 0.471},
        {1.103, -0.362, 0.2767},
        {3.755, -4.398, 1.975},
        {4.762, -4.781, 2.092},
        {7.171, -6.709, 2.904}
      }),
  HIGH_PERFORMANCE(
      new double[][] {
        {0.1776, -0.09097, 0.02447},
        {0.2068, -0.09311, 0.02375},
        {0.2363, -0.09675, 0.02239},
        {0.2958, -0.1241, 0.03024},
        {0.373, -0.1582, 0.04104},
        {0.8367, -0.4341, 0.1701},
        {1.018, -0.3107, 0.1539},
        {3.755, -4.398, 1.975},
        {4.762, -4.781, 2.092},
        {7.171, -6.709, 2.904}
      });

  /** The feature sizes of the rows. */
  private static final double[] NODES_NM = {7, 10, 14, 16, 20, 32, 45, 65, 90, 130};

  @SuppressWarnings("ImmutableEnumChecker") // never written
  private final double[][] coefficients;

  EnergyPolynomials(double[][] coefficients) {
    this.coefficients = coefficients;
  }

  /** The relative energy. */
  double at(Technology t) {
    double[] y = new double[NODES_NM.length];
    for (int i = 0; i < y.length; i++) {
      double[] c = coefficients[i];
      y[i] = c[0] * t.volts() * t.volts() + c[1] * t.volts() + c[2];
    }
    double nm = Math.max(t.nm(), NODES_NM[0]);
    return Curve.linear(NODES_NM, y).at(nm) * Math.sqrt(Math.min(1, t.nm() / NODES_NM[0]));
  }
}
