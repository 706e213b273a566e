package org.einloom.evaluation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.einloom.arch.Node;
import org.einloom.counts.Flows;

/**
 * What one component does and costs during one Einsum.
 *
 * @param node the component, with its costs per action and their sources
 * @param instances in the hardware, used or not
 * @param flows words moved, by tensor access, over all instances; for a compute empty
 * @param charges by tensor and action, in the order of the Einsum's tensors; then what is for no
 *     tensor. All energy is in here
 * @param latencyCycles how long its busiest instance takes; 0 where the file limits no throughput
 * @param heldBits by tensor access, the bits of the largest tile that an instance holds; empty for
 *     what is no memory, or one without a limit
 * @param metadataBits what goes in and out besides words, where sparse tensors are stored
 *     compressed: bits read and written, over all instances
 */
public record ComponentCost(
    Node node,
    long instances,
    SequencedMap<String, Flows> flows,
    List<Charge> charges,
    double latencyCycles,
    SequencedMap<String, Long> heldBits,
    double metadataBits) {
  public ComponentCost {
    flows = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(flows));
    charges = List.copyOf(charges);
    heldBits = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(heldBits));
  }

  /** What moves words alone. */
  public ComponentCost(
      Node node,
      long instances,
      SequencedMap<String, Flows> flows,
      List<Charge> charges,
      double latencyCycles,
      SequencedMap<String, Long> heldBits) {
    this(node, instances, flows, charges, latencyCycles, heldBits, 0);
  }

  /** What holds nothing. */
  public ComponentCost(
      Node node,
      long instances,
      SequencedMap<String, Flows> flows,
      List<Charge> charges,
      double latencyCycles) {
    this(node, instances, flows, charges, latencyCycles, new LinkedHashMap<>(), 0);
  }

  /** Of all charges, leakage included. */
  public double energyPj() {
    return charges.stream().mapToDouble(Charge::energyPj).sum();
  }

  /** Of the charges for one tensor. */
  public double energyPj(String tensor) {
    return charges.stream()
        .filter(c -> c.tensor().filter(tensor::equals).isPresent())
        .mapToDouble(Charge::energyPj)
        .sum();
  }

  /** Of all instances, used or not. */
  public double areaUm2() {
    return node.areaUm2().value() * instances;
  }

  /** Counts and energy by action, tensors summed. */
  public SequencedMap<String, ActionTotal> actions() {
    var totals = new LinkedHashMap<String, ActionTotal>();
    for (Charge c : charges) {
      totals.merge(c.action(), new ActionTotal(c.count(), c.energyPj()), ActionTotal::plus);
    }
    return totals;
  }

  /**
   * What one kind of action comes to.
   *
   * @param count over all instances and tensors
   * @param energyPj over all instances and tensors
   */
  public record ActionTotal(double count, double energyPj) {
    ActionTotal plus(ActionTotal o) {
      return new ActionTotal(count + o.count, energyPj + o.energyPj);
    }
  }

  /** The flows of one tensor, zero where it never comes here. */
  public Flows flows(String tensor) {
    return flows.getOrDefault(tensor, Flows.ZERO);
  }
}
