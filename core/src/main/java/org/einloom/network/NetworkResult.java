package org.einloom.network;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import org.einloom.arch.Architecture;
import org.einloom.arch.Node;
import org.einloom.evaluation.Objective;
import org.einloom.mapper.Optimality;
import org.einloom.workload.Checked;
import org.einloom.workload.Workload;

/**
 * All costed layers of a workload on an architecture.
 *
 * @param workload its name
 * @param architecture what it runs on, with the widths that were used
 * @param policy the name of the rules that turned counts into costs
 * @param objective what the mappings were chosen for, or are judged by
 * @param layers the distinct layers in order of first occurrence; at least one
 * @param notCosted operators that are in no figure
 */
public record NetworkResult(
    String workload,
    Architecture architecture,
    String policy,
    Objective objective,
    List<LayerResult> layers,
    List<Workload.NotCosted> notCosted) {
  public NetworkResult {
    layers = List.copyOf(layers);
    notCosted = List.copyOf(notCosted);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("a result without layers");
    }
  }

  /** Multiply-accumulates, repetitions included. */
  public long macs() {
    return sum("the MACs", l -> l.layer().macs());
  }

  /** Clock cycles, each layer's rounded up, repetitions included. */
  public long cycles() {
    return sum("the cycles", l -> l.evaluation().cycles());
  }

  /** Energy in pJ, repetitions included. */
  public double energyPj() {
    return layers.stream().mapToDouble(l -> l.evaluation().energyPj() * l.repeats()).sum();
  }

  /** Latency in s, repetitions included: one layer runs after the other. */
  public double latencyS() {
    return layers.stream().mapToDouble(l -> l.evaluation().latencyS() * l.repeats()).sum();
  }

  /** Area in um2 of the whole architecture, which all layers share. */
  public double areaUm2() {
    return architecture.nodes().stream()
        .mapToDouble((Node n) -> n.areaUm2().value() * architecture.instances(n))
        .sum();
  }

  /**
   * The objective of the whole: for the energy-delay product the product of the sums. So the best
   * mapping of each layer need not be the best of the network.
   */
  public double value() {
    return objective.value(energyPj(), latencyS());
  }

  /** How sure it is that nothing is better, for the whole. */
  public Optimality optimality() {
    return new Optimality(
        status(),
        objective,
        value(),
        OptionalDouble.empty(),
        Optional.empty(),
        layers.stream().allMatch(l -> l.optimality().evaluated().isEmpty())
            ? OptionalLong.empty()
            : OptionalLong.of(
                layers.stream().mapToLong(l -> l.optimality().evaluated().orElse(0)).sum()),
        layers.stream().allMatch(l -> l.optimality().cpuS().isEmpty())
            ? OptionalDouble.empty()
            : OptionalDouble.of(
                layers.stream().mapToDouble(l -> l.optimality().cpuS().orElse(0)).sum()));
  }

  /**
   * The least that is known of any layer; the best EDP of each layer proves nothing for the sum.
   */
  private Optimality.Status status() {
    var least =
        layers.stream().map(l -> l.optimality().status()).max(Enum::compareTo).orElseThrow();
    boolean proofIsLost = objective.equals(Objective.EDP) && layers.size() > 1;
    return proofIsLost && least.compareTo(Optimality.Status.UNPROVEN) < 0
        ? Optimality.Status.UNPROVEN
        : least;
  }

  private long sum(String what, ToLongFunction<LayerResult> figure) {
    String of = what + " of workload '" + workload + "'";
    long sum = 0;
    for (LayerResult l : layers) {
      sum = Checked.add(sum, Checked.multiply(figure.applyAsLong(l), l.repeats(), of), of);
    }
    return sum;
  }
}
