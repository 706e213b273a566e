package org.einloom.network;

import java.util.List;
import java.util.OptionalDouble;
import org.einloom.mapper.Optimality;
import org.einloom.workload.Workload.NotCosted;

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
 * @param kinds how well the design runs each sort of layers
 * @param notCosted operators of the network that are in no figure
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
    List<KindUse> kinds,
    List<NotCosted> notCosted,
    int costs,
    int costsNotGiven) {
  public ResultSummary {
    layers = List.copyOf(layers);
    kinds = List.copyOf(kinds);
    notCosted = List.copyOf(notCosted);
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

  /** What the totals come to per second and per joule. */
  public Rates rates() {
    return new Rates(macs, energyPj, latencyS);
  }

  /** Area in um2; empty where the design gives none. */
  public OptionalDouble area() {
    return positive(areaUm2);
  }

  /** Empty where it is not known: 0, or without end. */
  private static OptionalDouble positive(double value) {
    return value > 0 && Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
  }
}
