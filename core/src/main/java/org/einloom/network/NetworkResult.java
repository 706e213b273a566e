package org.einloom.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToLongFunction;
import org.einloom.arch.Architecture;
import org.einloom.arch.Design;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.Objective;
import org.einloom.mapper.Optimality;
import org.einloom.workload.Checked;
import org.einloom.workload.Layer;
import org.einloom.workload.Workload;

/**
 * All costed layers of a workload on an architecture.
 *
 * @param workload its name
 * @param design what it runs on, with the widths that were used
 * @param policy the name of the rules that turned counts into costs
 * @param objective what the mappings were chosen for, or are judged by
 * @param layers the distinct layers in order of first occurrence; at least one
 * @param order every execution of these layers, in the order of the graph
 * @param notCosted operators that are in no figure
 * @param optimality how sure it is that nothing is better, for the whole
 * @param fusion what it could save to keep intermediate tensors on the chip; empty where it is not
 *     known which layer feeds which, or these are not all layers
 */
public record NetworkResult(
    String workload,
    Design design,
    String policy,
    Objective objective,
    List<LayerResult> layers,
    List<Execution> order,
    List<Workload.NotCosted> notCosted,
    Optimality optimality,
    Optional<Fusion> fusion) {
  public NetworkResult {
    layers = List.copyOf(layers);
    order = List.copyOf(order);
    notCosted = List.copyOf(notCosted);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("a result without layers");
    }
  }

  /**
   * The whole of these layers. Of layers that were searched for the least energy-delay product, and
   * have fronts, those points are taken that are best for the network ({@link NetworkEdp}).
   */
  public static NetworkResult of(
      Workload workload,
      Design design,
      String policy,
      Objective objective,
      List<LayerResult> layers) {
    return of(workload, design, policy, objective, layers, sameComputation(workload, layers));
  }

  /**
   * The same of layers that may be one computation and yet differ, by how sparse they are, say.
   *
   * @param names of the layers of the workload that each stands for
   */
  public static NetworkResult of(
      Workload workload,
      Design design,
      String policy,
      Objective objective,
      List<LayerResult> layers,
      List<List<String>> names) {
    boolean given =
        layers.stream().anyMatch(l -> l.optimality().status() == Optimality.Status.GIVEN);
    List<LayerResult> chosen = layers;
    OptionalDouble bound;
    if (objective.kind() == Objective.Kind.EDP && layers.size() > 1 && !given) {
      NetworkEdp.Best best = NetworkEdp.of(layers);
      chosen = best.layers();
      bound = best.lowerBound();
    } else {
      bound = NetworkOptimality.sumOfBounds(objective, layers);
    }
    var result =
        new NetworkResult(
            workload.name(),
            design,
            policy,
            objective,
            chosen,
            order(workload, names),
            workload.notCosted(),
            NetworkOptimality.of(objective, chosen, bound),
            Optional.empty());
    return result.with(FusionBound.of(workload, result));
  }

  private NetworkResult with(Optional<Fusion> saving) {
    return new NetworkResult(
        workload, design, policy, objective, layers, order, notCosted, optimality, saving);
  }

  private static List<List<String>> sameComputation(Workload workload, List<LayerResult> layers) {
    return layers.stream()
        .map(
            r ->
                workload.layers().stream()
                    .filter(l -> l.computation().equals(r.layer().computation()))
                    .map(Layer::name)
                    .toList())
        .toList();
  }

  /** Where in the workload each of these layers runs. */
  private static List<Execution> order(Workload workload, List<List<String>> names) {
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      for (String name : names.get(i)) {
        places.putIfAbsent(name, i);
      }
    }
    List<Execution> order = new ArrayList<>();
    for (Layer layer : workload.layers()) {
      Integer at = places.get(layer.name());
      if (at != null) {
        order.add(new Execution(layer.name(), at));
      }
    }
    return order;
  }

  /**
   * By layer, the largest energy-delay product of one execution, pJ s, that a mapping can have and
   * still be part of the network of least product; infinite where nothing is known.
   *
   * @param layers each with its own best mapping, and what is known of its product
   */
  public static double[] edpLimits(List<LayerResult> layers) {
    return NetworkEdp.limits(layers);
  }

  /** Multiply-accumulates, repetitions included. */
  public long macs() {
    return sum("the MACs", l -> l.layer().macs());
  }

  /**
   * Those of them that are done, repetitions included: with sparse tensors without what is gated or
   * skipped.
   */
  public double macsDone() {
    return layers.stream()
        .mapToDouble(
            l -> (double) l.layer().macs() * (double) l.repeats() * l.evaluation().shareDone())
        .sum();
  }

  /** Operations that are no MACs, repetitions included. */
  public long operations() {
    return sum("the operations", l -> l.layer().operations());
  }

  /** Clock cycles, each layer's rounded up, repetitions included. */
  public long cycles() {
    return sum("the cycles", l -> l.evaluation().cycles());
  }

  /** Energy in pJ, repetitions included. */
  public double energyPj() {
    return energyPj(layers);
  }

  /** Latency in s, repetitions included: one layer runs after the other. */
  public double latencyS() {
    return latencyS(layers);
  }

  /** The same, counting only {@link #macsDone}. */
  public Rates ratesDone() {
    return new Rates(macsDone(), energyPj(), latencyS());
  }

  /** What the totals come to per second and per joule. */
  public Rates rates() {
    return new Rates(macs(), energyPj(), latencyS());
  }

  static double energyPj(List<LayerResult> layers) {
    return layers.stream().mapToDouble(l -> l.evaluation().energyPj() * l.repeats()).sum();
  }

  static double latencyS(List<LayerResult> layers) {
    return layers.stream().mapToDouble(l -> l.evaluation().latencyS() * l.repeats()).sum();
  }

  /** Area in um2 of the whole design, which all layers share. */
  public double areaUm2() {
    return design.first().areaUm2();
  }

  /**
   * Computes done, as a share of what all compute instances could do in the time of all layers:
   * each layer's utilization, weighted by its time. Empty where that of a layer is.
   */
  public OptionalDouble utilization() {
    double busy = 0;
    double time = 0;
    for (LayerResult l : layers) {
      Evaluation e = l.evaluation();
      if (e.utilization().isEmpty()) {
        return OptionalDouble.empty();
      }
      double cycles = e.latencyCycles() * l.repeats();
      busy += e.utilization().getAsDouble() * cycles;
      time += cycles;
    }
    return OptionalDouble.of(busy / time);
  }

  /** What moves in and out of the outermost memory, repetitions included. */
  public OutermostTraffic outermost() {
    return OutermostTraffic.of(this);
  }

  /** The path of the design that a mapping of this cost runs on. */
  public Architecture path(Evaluation evaluation) {
    return design.paths().size() == 1 ? design.first() : design.path(evaluation.compute());
  }

  /**
   * The objective of the whole: for the energy-delay product the product of the sums. So the best
   * mapping of each layer need not be the best of the network.
   */
  public double value() {
    return optimality.value();
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
