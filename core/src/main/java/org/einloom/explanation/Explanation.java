package org.einloom.explanation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.einloom.arch.Architecture;
import org.einloom.counts.Flows;
import org.einloom.evaluation.ComponentCost;
import org.einloom.evaluation.Evaluation;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode.Storage;
import org.einloom.sparsity.Sparsity;
import org.einloom.workload.Einsum;

/**
 * Why a mapping costs what it costs.
 *
 * @param time of the components whose throughput is limited, the slowest first; the first decides
 * @param traffic of each tensor at each memory that keeps it, in the order of the mapping
 */
public record Explanation(List<Busy> time, List<Traffic> traffic) {
  /**
   * How long a component is busy.
   *
   * @param cycles of its busiest instance
   */
  public record Busy(String component, double cycles) {}

  /**
   * Words of one tensor moved at one memory, over all instances.
   *
   * @param words reads, fills, updates and drains together
   * @param compulsory the least of it ({@link Compulsory}, {@link SparseCompulsory}); empty where
   *     it is not known
   */
  public record Traffic(String memory, String tensor, long words, OptionalLong compulsory) {}

  public Explanation {
    time = List.copyOf(time);
    traffic = List.copyOf(traffic);
  }

  /** Explains a legal mapping and what it costs. */
  public static Explanation of(
      Einsum einsum, Architecture architecture, LoopTree mapping, Evaluation evaluation) {
    return of(einsum, architecture, mapping, evaluation, Optional.empty());
  }

  /**
   * The same with sparse tensors, of which the least that moves is less.
   *
   * @param sparsity by which the evaluation was made; empty if every word is there
   */
  public static Explanation of(
      Einsum einsum,
      Architecture architecture,
      LoopTree mapping,
      Evaluation evaluation,
      Optional<Sparsity> sparsity) {
    List<Busy> time =
        evaluation.components().reversed().stream() // of several alike the innermost decides
            .filter(c -> c.latencyCycles() > 0)
            .map(c -> new Busy(c.node().name(), c.latencyCycles()))
            .sorted(Comparator.comparingDouble(Busy::cycles).reversed())
            .toList();
    return new Explanation(
        time, traffic(einsum, architecture, mapping, (m, t) -> flows(evaluation, m, t), sparsity));
  }

  /** What moved at a memory. */
  @FunctionalInterface
  public interface Moved {
    /** The flows of a tensor there, over all instances. */
    Flows at(String memory, String tensor);
  }

  /** The traffic of a legal mapping, in the order of the memories. */
  public static List<Traffic> traffic(
      Einsum einsum, Architecture architecture, LoopTree mapping, Moved moved) {
    return traffic(einsum, architecture, mapping, moved, Optional.empty());
  }

  private static List<Traffic> traffic(
      Einsum einsum,
      Architecture architecture,
      LoopTree mapping,
      Moved moved,
      Optional<Sparsity> sparsity) {
    List<Traffic> traffic = new ArrayList<>();
    for (Storage s : storages(mapping)) {
      Flows flows = moved.at(s.memory(), s.tensor());
      traffic.add(
          new Traffic(
              s.memory(),
              s.tensor(),
              Compulsory.sum(flows),
              sparsity.isPresent()
                  ? SparseCompulsory.words(einsum, mapping, s, flows, sparsity.get())
                  : Compulsory.words(einsum, mapping, s, flows)));
    }
    traffic.sort(Comparator.comparingInt(t -> architecture.indexOf(t.memory())));
    return traffic;
  }

  private static List<Storage> storages(LoopTree mapping) {
    return mapping.nodes().stream()
        .filter(Storage.class::isInstance)
        .map(Storage.class::cast)
        .toList();
  }

  private static Flows flows(Evaluation evaluation, String memory, String tensor) {
    return evaluation.components().stream()
        .filter(c -> c.node().name().equals(memory))
        .map((ComponentCost c) -> c.flows(tensor))
        .findFirst()
        .orElse(Flows.ZERO);
  }
}
