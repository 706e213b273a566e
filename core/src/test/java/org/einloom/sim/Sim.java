package org.einloom.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.einloom.arch.Architecture;
import org.einloom.counts.ComponentCounts.Occupancy;
import org.einloom.counts.Counts;
import org.einloom.counts.Flows;
import org.einloom.counts.InstanceClass;
import org.einloom.testing.Tiny;
import org.einloom.workload.Einsum;

/** A simulated run and what is expected of it, written shortly. */
record Sim(Counts counts) {
  static Sim run(Einsum einsum, Architecture architecture, String... mapping) {
    return new Sim(Simulator.run(einsum, architecture, Tiny.mapping(mapping)).counts());
  }

  /** An operand at a memory or fanout, over all instances. */
  Sim operand(String component, String tensor, long reads, long fills) {
    assertThat(counts.component(component).total(tensor))
        .as(tensor + " at " + component)
        .isEqualTo(new Flows(reads, fills, 0, 0, 0, 0));
    return this;
  }

  /**
   * The result O at a memory or fanout, over all instances; {@code "4/2"} is 4, of which 2 are
   * complete.
   */
  Sim result(String component, long reads, long fills, String updates, String drains) {
    assertThat(counts.component(component).total("O"))
        .as("O at " + component)
        .isEqualTo(flows(reads, fills, updates, drains));
    return this;
  }

  /**
   * So many instances of a component do this with the result, and nothing with any other tensor.
   */
  Sim results(
      String component, long instances, long reads, long fills, String updates, String drains) {
    Flows expected = flows(reads, fills, updates, drains);
    long alike =
        counts.component(component).classes().stream()
            .filter(c -> c.flows().getOrDefault("O", Flows.ZERO).equals(expected))
            .mapToLong(InstanceClass::instances)
            .sum();
    assertThat(alike).as("instances of " + component + " with " + expected).isEqualTo(instances);
    return this;
  }

  private static Flows flows(long reads, long fills, String updates, String drains) {
    return new Flows(reads, fills, all(updates), all(drains), complete(updates), complete(drains));
  }

  private static long all(String text) {
    return Long.parseLong(text.split("/")[0]);
  }

  private static long complete(String text) {
    return Long.parseLong(text.split("/")[1]);
  }

  Sim holds(String memory, String tensor, long words, boolean partial) {
    assertThat(counts.component(memory).occupancy())
        .as(tensor + " in " + memory)
        .containsEntry(tensor, new Occupancy(words, partial));
    return this;
  }

  Sim computes(long computes, long busiest, long used) {
    assertThat(counts.computes()).as("computes").isEqualTo(computes);
    assertThat(counts.busiestComputes()).as("busiest").isEqualTo(busiest);
    assertThat(counts.usedComputes()).as("used").isEqualTo(used);
    return this;
  }
}
