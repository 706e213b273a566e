package org.einloom.explore;

import java.util.List;
import java.util.OptionalDouble;
import org.einloom.mapper.Optimality;

/**
 * What a distinct layer costs at a point.
 *
 * @param name of its first occurrence
 * @param repeats how often it occurs
 * @param macs of one execution
 * @param energyPj of one execution
 * @param latencyS of one execution
 * @param cycles of one execution, rounded up
 * @param boundBy the component that decides the latency; empty where none does
 * @param status how sure it is that no mapping is better
 * @param value of what the mapping was chosen for
 * @param lowerBound of that, proven; empty without a proof
 * @param components in the architecture's order
 */
public record LayerFigures(
    String name,
    long repeats,
    long macs,
    double energyPj,
    double latencyS,
    long cycles,
    String boundBy,
    Optimality.Status status,
    double value,
    OptionalDouble lowerBound,
    List<ComponentFigures> components) {
  /**
   * What a component costs in one execution.
   *
   * @param name as in the architecture
   * @param instances in the hardware
   * @param energyPj of all instances, leakage included
   * @param leakagePj of all instances, the part of the energy that is leakage
   * @param busyS how long its busiest instance takes
   * @param areaUm2 of all instances
   */
  public record ComponentFigures(
      String name,
      long instances,
      double energyPj,
      double leakagePj,
      double busyS,
      double areaUm2) {}

  public LayerFigures {
    components = List.copyOf(components);
  }

  /** Whether nothing is better. */
  public boolean proven() {
    return status == Optimality.Status.OPTIMAL;
  }
}
