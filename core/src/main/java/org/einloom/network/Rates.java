package org.einloom.network;

import java.util.OptionalDouble;

/**
 * What the totals of a network come to per second and per joule. Each is empty where it is not
 * known: no throughput is limited, or nothing costs energy.
 *
 * @param macs multiply-accumulates of one run of the whole workload; with sparse tensors all of
 *     them, or those that are done
 * @param energyPj of one run
 * @param latencyS of one run, one layer after the other
 */
public record Rates(double macs, double energyPj, double latencyS) {
  private static final double PJ_PER_J = 1e12;
  private static final double TERA = 1e12;

  /** Operations of a multiply-accumulate, as makers of accelerators count them. */
  private static final int OPERATIONS_PER_MAC = 2;

  /** Runs of the whole workload per second, one after the other. A batch is one run. */
  public OptionalDouble throughputPerS() {
    return positive(1 / latencyS);
  }

  /** Mean power while it runs, W: energy / latency. */
  public OptionalDouble powerW() {
    return positive(energyPj / PJ_PER_J / latencyS);
  }

  /** Energy-delay product, pJ s: sum of energies x sum of latencies. */
  public OptionalDouble energyDelayPjS() {
    return latencyS > 0 ? OptionalDouble.of(energyPj * latencyS) : OptionalDouble.empty();
  }

  /**
   * Operations per second, in 1e12: a multiply-accumulate counts as two, what is no product not at
   * all.
   */
  public OptionalDouble tops() {
    return positive(operations() / latencyS / TERA);
  }

  /** Operations per energy, in 1e12 per J, counted as in {@link #tops}. */
  public OptionalDouble topsPerW() {
    // operations per pJ are 1e12 operations per J
    return positive(operations() / energyPj);
  }

  private double operations() {
    return OPERATIONS_PER_MAC * macs;
  }

  private static OptionalDouble positive(double value) {
    return value > 0 && Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
  }
}
