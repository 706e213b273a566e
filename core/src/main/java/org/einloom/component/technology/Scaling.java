package org.einloom.component.technology;

import java.util.Optional;
import org.einloom.component.Factor;
import org.einloom.component.Range;
import org.einloom.component.Standing;
import org.einloom.component.Value;

/** The factors from one process to another; each is 1 from a process to itself. */
public final class Scaling {
  /** Where the factors of energy and area come from. */
  public static final String SOURCE =
      "Stillmaker and Baas, Integration 58 (2017), doi:10.1016/j.vlsi.2017.02.002";

  private static final double LAST_PUBLISHED_NM = 7;

  /**
   * Area relative to 45 nm: the one curve that fits the table of the paper from every node to every
   * other to within 3.7 %, its rounding to two digits (geometric means over its columns).
   */
  private static final Curve AREA =
      Curve.powers(
          new double[] {7, 10, 14, 16, 20, 32, 45, 65, 90, 130},
          new double[] {
            0.0589, 0.1014, 0.1730, 0.1902, 0.2105, 0.4595, 1.0, 1.4967, 2.8091, 6.4171
          });

  /** Threshold voltage and exponent of the alpha-power law (Sakurai and Newton, 1990). */
  private static final double THRESHOLD_V = 0.35;

  private static final double ALPHA = 1.3;

  private Scaling() {}

  /** For the energy of an action. */
  public static Factor energy(Technology from, Technology to) {
    double factor = ratio(EnergyPolynomials.USUAL, from, to);
    double low = ratio(EnergyPolynomials.LOW_POWER, from, to) / factor;
    double high = ratio(EnergyPolynomials.HIGH_PERFORMANCE, from, to) / factor;
    return new Factor(
        factor,
        "energy from " + from + " to " + to,
        SOURCE,
        Standing.PUBLISHED,
        extrapolated(from, to),
        // the flavour of transistors that the published figure was for is not known
        Optional.of(new Range(Math.min(1, Math.min(low, high)), Math.max(1, Math.max(low, high)))));
  }

  private static double ratio(EnergyPolynomials flavour, Technology from, Technology to) {
    return flavour.at(to) / flavour.at(from);
  }

  /** For area; below 7 nm it falls with the feature size. */
  public static Factor area(Technology from, Technology to) {
    return new Factor(
        area(to.nm()) / area(from.nm()),
        "area from %s nm to %s nm".formatted(Value.of(from.nm()), Value.of(to.nm())),
        SOURCE,
        Standing.PUBLISHED,
        extrapolated(from, to),
        Optional.of(Range.EXACT));
  }

  private static double area(double nm) {
    return AREA.at(Math.max(nm, LAST_PUBLISHED_NM)) * Math.min(1, nm / LAST_PUBLISHED_NM);
  }

  /** For delay: in proportion to the feature size, and to the voltage by the alpha-power law. */
  public static Factor delay(Technology from, Technology to) {
    return Factor.assumed(
        to.nm() / from.nm() * slowness(to.volts()) / slowness(from.volts()),
        "delay from " + from + " to " + to,
        "in proportion to the feature size, and to V / (V - 0.35 V)^1.3 (alpha-power law)");
  }

  private static double slowness(double volts) {
    return volts / Math.pow(volts - THRESHOLD_V, ALPHA);
  }

  /** For leakage: in proportion to area and voltage. */
  public static Factor leakage(Technology from, Technology to) {
    return Factor.assumed(
        area(to.nm()) / area(from.nm()) * to.volts() / from.volts(),
        "leakage from " + from + " to " + to,
        "in proportion to area and voltage; processes of one node differ by far more than that");
  }

  private static boolean extrapolated(Technology from, Technology to) {
    return from.nm() != to.nm() && Math.min(from.nm(), to.nm()) < LAST_PUBLISHED_NM;
  }
}
