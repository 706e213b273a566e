package org.einloom.explore;

import java.util.List;

/**
 * What a workload costs at a point.
 *
 * @param name as in the study
 * @param weight as in the study
 * @param macs of one run
 * @param energyPj of one run, leakage included
 * @param latencyS of one run, one layer after the other
 * @param layers the distinct layers, in order of first occurrence
 */
public record WorkloadFigures(
    String name,
    double weight,
    long macs,
    double energyPj,
    double latencyS,
    List<LayerFigures> layers) {
  public WorkloadFigures {
    layers = List.copyOf(layers);
  }

  /** Mean power while it runs, W. */
  public double powerW() {
    return energyPj * 1e-12 / latencyS;
  }
}
