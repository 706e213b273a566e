package org.einloom.network;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.einloom.evaluation.Objective;
import org.einloom.mapper.Optimality;
import org.einloom.mapper.Optimality.Status;

/** How sure it is that nothing is better for a whole network, by what is known of its layers. */
final class NetworkOptimality {
  private NetworkOptimality() {}

  /**
   * The certificate of the whole.
   *
   * @param layers as they are reported
   * @param lowerBound of the objective of the whole; empty where a layer has none
   */
  static Optimality of(Objective objective, List<LayerResult> layers, OptionalDouble lowerBound) {
    double value = objective.value(NetworkResult.energyPj(layers), NetworkResult.latencyS(layers));
    Status status = weakest(layers);
    return new Optimality(
        status,
        objective,
        value,
        switch (status) {
          case OPTIMAL -> OptionalDouble.of(value);
          case BOUNDED -> lowerBound.stream().map(b -> Math.min(b, value)).findFirst();
          case UNPROVEN, GIVEN -> OptionalDouble.empty();
        },
        evaluated(layers),
        cpuS(layers));
  }

  /**
   * A lower bound of what is a sum over layers; of the energy-delay product of one layer that
   * repeats, whose energy and latency both do.
   */
  static OptionalDouble sumOfBounds(Objective objective, List<LayerResult> layers) {
    double sum = 0;
    for (LayerResult l : layers) {
      if (l.optimality().lowerBound().isEmpty()) {
        return OptionalDouble.empty();
      }
      double times =
          objective.kind() == Objective.Kind.EDP ? (double) l.repeats() * l.repeats() : l.repeats();
      sum += l.optimality().lowerBound().getAsDouble() * times;
    }
    return OptionalDouble.of(sum);
  }

  /** The whole is known no better than the layer of which least is known. */
  private static Status weakest(List<LayerResult> layers) {
    return layers.stream().map(l -> l.optimality().status()).max(Enum::compareTo).orElseThrow();
  }

  private static OptionalLong evaluated(List<LayerResult> layers) {
    return layers.stream().allMatch(l -> l.optimality().evaluated().isEmpty())
        ? OptionalLong.empty()
        : OptionalLong.of(
            layers.stream().mapToLong(l -> l.optimality().evaluated().orElse(0)).sum());
  }

  private static OptionalDouble cpuS(List<LayerResult> layers) {
    return layers.stream().allMatch(l -> l.optimality().cpuS().isEmpty())
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            layers.stream().mapToDouble(l -> l.optimality().cpuS().orElse(0)).sum());
  }
}
