package org.einloom.workload;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A network of Einsums, in execution order.
 *
 * @param name what reports call it
 * @param layers the costed operators in graph order, one entry per execution
 * @param notCosted operators that cost nothing in today's model, named and counted
 * @param parameters elements of the weight initialisers; empty where the source does not say
 * @param links which layers feed which
 */
public record Workload(
    String name,
    List<Layer> layers,
    List<NotCosted> notCosted,
    OptionalLong parameters,
    Links links) {
  /**
   * Operators that the file holds and that are not in any figure.
   *
   * @param operator the operator's type; {@code Bias} for a bias addition inside a costed operator
   * @param count how often it occurs
   */
  public record NotCosted(String operator, long count) {}

  /**
   * A layer and how often its computation occurs in the network.
   *
   * @param layer the first occurrence
   * @param repeats the number of occurrences, at least 1
   */
  public record DistinctLayer(Layer layer, long repeats) {}

  public Workload {
    layers = List.copyOf(layers);
    notCosted = List.copyOf(notCosted);
    boolean match = links.layers().isEmpty() || links.layers().size() == layers.size();
    for (int i = 0; match && i < links.layers().size(); i++) {
      match = links.layers().get(i).operands().size() == layers.get(i).einsum().operands().size();
    }
    if (!match) {
      throw new IllegalArgumentException("links of other layers");
    }
  }

  /** A workload of which it is not known which layers feed which. */
  public Workload(
      String name, List<Layer> layers, List<NotCosted> notCosted, OptionalLong parameters) {
    this(name, layers, notCosted, parameters, Links.UNKNOWN);
  }

  /**
   * The layers with repetitions folded: two are the same when operator and Einsum are, names apart.
   * In order of first occurrence.
   */
  public List<DistinctLayer> distinctLayers() {
    Map<Layer.Computation, DistinctLayer> distinct = new LinkedHashMap<>();
    for (Layer layer : layers) {
      distinct.merge(
          layer.computation(),
          new DistinctLayer(layer, 1),
          (a, b) -> new DistinctLayer(a.layer(), a.repeats() + 1));
    }
    return new ArrayList<>(distinct.values());
  }

  /** Multiply-accumulates of all layers, repetitions included. */
  public long macs() {
    long sum = 0;
    for (Layer layer : layers) {
      sum = Checked.add(sum, layer.macs(), "the MACs of workload '" + name + "'");
    }
    return sum;
  }

  /** Operations that are no MACs, of all layers, repetitions included. */
  public long operations() {
    long sum = 0;
    for (Layer layer : layers) {
      sum = Checked.add(sum, layer.operations(), "the operations of workload '" + name + "'");
    }
    return sum;
  }
}
