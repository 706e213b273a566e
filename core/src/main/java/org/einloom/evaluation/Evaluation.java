package org.einloom.evaluation;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.einloom.arch.Compute;

/**
 * What one execution of an Einsum costs.
 *
 * @param policy the name of the rules it was found by
 * @param computes points of the iteration space, each one compute action
 * @param latencyCycles the slowest component's, unrounded; transfers and computes overlap
 * @param latencyS {@code latencyCycles} in seconds, unrounded
 * @param utilization computes done, as a share of what all compute instances could do in that time;
 *     empty where the architecture sets no limit to them
 * @param boundBy the component that decides the latency, the innermost of several alike, so that
 *     full utilization is bound by the compute; empty where no throughput is limited
 * @param components in the architecture's order, then those that are idle
 */
public record Evaluation(
    String policy,
    long computes,
    double latencyCycles,
    double latencyS,
    OptionalDouble utilization,
    Optional<String> boundBy,
    List<ComponentCost> components) {
  public Evaluation {
    components = List.copyOf(components);
  }

  /** The compute that it ran on: of a design's computes the one that is not idle. */
  public String compute() {
    return components.stream()
        .filter(c -> c.node() instanceof Compute && c.charges().size() > 1)
        .map(c -> c.node().name())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("nothing was computed"));
  }

  /** Computes that are done, as a share of all: less than 1 where zeros are gated or skipped. */
  public double shareDone() {
    String name = compute();
    for (ComponentCost c : components) {
      if (c.node() instanceof Compute compute && compute.name().equals(name)) {
        ComponentCost.ActionTotal done = c.actions().get(compute.compute().name());
        return done == null ? 0 : done.count() / (double) computes;
      }
    }
    throw new IllegalStateException("nothing was computed");
  }

  /** Of all components, leakage included. */
  public double energyPj() {
    return components.stream().mapToDouble(ComponentCost::energyPj).sum();
  }

  /** Of all instances of all components, used or not. */
  public double areaUm2() {
    return components.stream().mapToDouble(ComponentCost::areaUm2).sum();
  }

  /** The latency in whole clock cycles, rounded up. */
  public long cycles() {
    double nearest = Math.rint(latencyCycles);
    // a latency that misses a whole number by rounding errors alone is meant to be that number
    boolean whole = Math.abs(latencyCycles - nearest) <= 16 * Math.ulp(latencyCycles);
    return (long) (whole ? nearest : Math.ceil(latencyCycles));
  }
}
