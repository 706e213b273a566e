package org.einloom.evaluation;

import java.util.Locale;

/** What a mapping is to make small. */
public enum Objective {
  /** Energy, pJ. */
  ENERGY("pJ"),
  /** Latency, s. */
  LATENCY("s"),
  /** The product of both, pJ s. */
  EDP("pJ s");

  private final String unit;

  Objective(String unit) {
    this.unit = unit;
  }

  /** The unit of its values. */
  public String unit() {
    return unit;
  }

  /** The name used in options and reports: {@code energy}, {@code latency}, {@code edp}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The value for an energy in pJ and a latency in s. */
  public double value(double energyPj, double latencyS) {
    return switch (this) {
      case ENERGY -> energyPj;
      case LATENCY -> latencyS;
      case EDP -> energyPj * latencyS;
    };
  }

  /** The value of one execution of an Einsum. */
  public double value(Evaluation evaluation) {
    return value(evaluation.energyPj(), evaluation.latencyS());
  }
}
