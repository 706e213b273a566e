package org.einloom.network;

import java.util.List;
import java.util.OptionalDouble;
import org.einloom.mapper.Optimality;

/**
 * The figures of a network's result by which designs are compared. Totals include repetitions.
 *
 * @param workload its name
 * @param architecture its name
 * @param policy the name of the rules that turned counts into costs
 * @param layers what was run; results of different layers are of different workloads
 * @param macs multiply-accumulates
 * @param energyPj of everything, leakage included
 * @param latencyS one layer after the other
 * @param areaUm2 of all nodes; 0 where the design gives none
 * @param utilization share of the computes that the design could do in that time; empty where
 *     nothing limits them
 * @param outermost what moves in and out of the outermost memory
 * @param status how sure it is that no mapping is better
 * @param objective what the mappings were chosen for
 * @param gap by what share a better mapping could be better at most; empty without a proof
 * @param costs how many costs the design has
 * @param costsNotGiven how many of them it leaves out, so that they were taken as 0
 */
public record ResultSummary(
    String workload,
    String architecture,
    String policy,
    List<LayerSize> layers,
    long macs,
    double energyPj,
    double latencyS,
    double areaUm2,
    OptionalDouble utilization,
    OutermostTraffic outermost,
    Optimality.Status status,
    String objective,
    OptionalDouble gap,
    int costs,
    int costsNotGiven) {
  private static final double PJ_PER_J = 1e12;

  /** Operations of a multiply-accumulate, as makers of accelerators count them. */
  private static final int OPERATIONS_PER_MAC = 2;

  public ResultSummary {
    layers = List.copyOf(layers);
  }

  /**
   * One distinct layer.
   *
   * @param name of its first occurrence
   * @param repeats how often it occurs
   * @param macs of one execution
   */
  public record LayerSize(String name, long repeats, long macs) {}

  /** Whether the same layers were run as often. */
  public boolean sameWorkload(ResultSummary o) {
    return workload.equals(o.workload) && layers.equals(o.layers);
  }

  /** Latency in s; empty where no throughput is limited. */
  public OptionalDouble latency() {
    return positive(latencyS);
  }

  /** Runs of the whole workload per second; empty where no throughput is limited. */
  public OptionalDouble throughputPerS() {
    return positive(1 / latencyS);
  }

  /** Mean power, W: energy / latency; empty where no throughput is limited. */
  public OptionalDouble powerW() {
    return positive(energyPj / PJ_PER_J / latencyS);
  }

  /** Energy-delay product, pJ s: sum of energies x sum of latencies. */
  public OptionalDouble energyDelayPjS() {
    return latencyS > 0 ? OptionalDouble.of(energyPj * latencyS) : OptionalDouble.empty();
  }

  /** Area in um2; empty where the design gives none. */
  public OptionalDouble area() {
    return positive(areaUm2);
  }

  /** Operations per second, in 1e12, a multiply-accumulate counting as two. */
  public OptionalDouble tops() {
    return positive(operations() / latencyS / 1e12);
  }

  /** Operations per energy, in 1e12 per J, a multiply-accumulate counting as two. */
  public OptionalDouble topsPerW() {
    // operations per pJ are 1e12 operations per J
    return positive(operations() / energyPj);
  }

  private double operations() {
    return (double) OPERATIONS_PER_MAC * macs;
  }

  /** Empty where it is not known: 0, or divided by 0. */
  private static OptionalDouble positive(double value) {
    return value > 0 && Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
  }
}
