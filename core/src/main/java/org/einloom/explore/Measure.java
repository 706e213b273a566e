package org.einloom.explore;

import java.util.List;
import java.util.Optional;

/**
 * Something by which points are judged.
 *
 * @param name {@code energy}, {@code latency}, {@code edp}, {@code power}, {@code area}, or a
 *     column of a user's table
 * @param workload of which workload; empty for all together. Area and tables have none
 */
public record Measure(String name, Optional<String> workload) {
  /** Energy, pJ: of all workloads, the sum of each one's times its weight. */
  public static final String ENERGY = "energy";

  /** Latency, s: the sum in the same way. */
  public static final String LATENCY = "latency";

  /** Energy times latency, pJ s: of all workloads the product of the sums. */
  public static final String EDP = "edp";

  /** Mean power while it runs, W: energy over latency. */
  public static final String POWER = "power";

  /** Area of the design, um2. */
  public static final String AREA = "area";

  /** Those that Einloom computes. */
  public static final List<String> COMPUTED = List.of(ENERGY, LATENCY, EDP, POWER, AREA);

  /** Of all workloads together. */
  public static Measure of(String name) {
    return new Measure(name, Optional.empty());
  }

  /** Whether it is a column of a table rather than computed. */
  public boolean isGiven() {
    return !COMPUTED.contains(name);
  }

  /** The unit of its values; empty for a column of a table. */
  public String unit() {
    return switch (name) {
      case ENERGY -> "pJ";
      case LATENCY -> "s";
      case EDP -> "pJ s";
      case POWER -> "W";
      case AREA -> "um2";
      default -> "";
    };
  }

  /** {@code latency}, {@code latency of resnet18}. */
  public String label() {
    return workload.map(w -> name + " of " + w).orElse(name);
  }
}
