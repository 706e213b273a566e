package org.einloom.evaluation;

import java.util.List;
import org.einloom.workload.InvalidSpecException;

/**
 * What a mapping is to make small. Never falls when energy or latency rises.
 *
 * @param label the name used in options and reports: {@code energy}, {@code latency}, {@code edp},
 *     or a weighted sum as the user wrote it
 * @param unit of its values
 * @param kind how energy and latency are combined
 * @param energyWeight per pJ, for a weighted sum; otherwise 0
 * @param latencyWeight per s, for a weighted sum; otherwise 0
 */
public record Objective(
    String label, String unit, Kind kind, double energyWeight, double latencyWeight) {

  /** How energy and latency are combined. */
  public enum Kind {
    ENERGY,
    LATENCY,
    EDP,
    WEIGHTED
  }

  /** Energy, pJ. */
  public static final Objective ENERGY = new Objective("energy", "pJ", Kind.ENERGY, 0, 0);

  /** Latency, s. */
  public static final Objective LATENCY = new Objective("latency", "s", Kind.LATENCY, 0, 0);

  /** The product of both, pJ s. */
  public static final Objective EDP = new Objective("edp", "pJ s", Kind.EDP, 0, 0);

  /** Those that have a name. */
  public static final List<Objective> NAMED = List.of(ENERGY, LATENCY, EDP);

  public Objective {
    if (!(energyWeight >= 0)
        || !(latencyWeight >= 0)
        || Double.isInfinite(energyWeight)
        || Double.isInfinite(latencyWeight)
        || (kind == Kind.WEIGHTED && energyWeight + latencyWeight == 0)) {
      throw new InvalidSpecException(
          "objective '%s' weighs energy by %s and latency by %s; expected finite weights of at least 0, one above 0"
              .formatted(label, energyWeight, latencyWeight));
    }
  }

  /**
   * {@code energyWeight * energy in pJ + latencyWeight * latency in s}.
   *
   * @param label as the user wrote it
   */
  public static Objective weighted(String label, double energyWeight, double latencyWeight) {
    return new Objective(label, "weighted", Kind.WEIGHTED, energyWeight, latencyWeight);
  }

  /**
   * The value for an energy in pJ and a latency in s. What has no end in either (a bound says so of
   * what cannot be) has none here, also where its weight or the other factor is 0.
   */
  public double value(double energyPj, double latencyS) {
    double value =
        switch (kind) {
          case ENERGY -> energyPj;
          case LATENCY -> latencyS;
          case EDP -> energyPj * latencyS;
          case WEIGHTED -> energyWeight * energyPj + latencyWeight * latencyS;
        };
    // 0 times infinity
    boolean endless = Double.isNaN(value) && !Double.isNaN(energyPj) && !Double.isNaN(latencyS);
    return endless ? Double.POSITIVE_INFINITY : value;
  }

  /** The value of one execution of an Einsum. */
  public double value(Evaluation evaluation) {
    return value(evaluation.energyPj(), evaluation.latencyS());
  }
}
