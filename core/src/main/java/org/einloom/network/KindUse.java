package org.einloom.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.einloom.workload.LayerKind;

/**
 * How well a design runs one sort of layers.
 *
 * @param kind of the layers
 * @param layers how many there are, repetitions included
 * @param macs of all of them
 * @param least utilization of the computes among them, a share; empty, as the others, where nothing
 *     limits the computes
 * @param median of their utilizations, each layer counted as often as it occurs
 * @param most utilization among them
 */
public record KindUse(
    LayerKind kind,
    long layers,
    long macs,
    OptionalDouble least,
    OptionalDouble median,
    OptionalDouble most) {
  /**
   * One distinct layer.
   *
   * @param repeats how often it occurs
   * @param macs of one execution
   * @param utilization of the computes
   */
  public record Sample(LayerKind kind, long repeats, long macs, OptionalDouble utilization) {}

  /** A kind of which there are no layers. */
  public static KindUse none(LayerKind kind) {
    var unknown = OptionalDouble.empty();
    return new KindUse(kind, 0, 0, unknown, unknown, unknown);
  }

  /** By kind, in order of first occurrence. */
  public static List<KindUse> of(List<Sample> layers) {
    Map<LayerKind, List<Sample>> byKind = new LinkedHashMap<>();
    layers.forEach(l -> byKind.computeIfAbsent(l.kind(), k -> new ArrayList<>()).add(l));
    return byKind.entrySet().stream().map(e -> of(e.getKey(), e.getValue())).toList();
  }

  private static KindUse of(LayerKind kind, List<Sample> layers) {
    long count = layers.stream().mapToLong(Sample::repeats).sum();
    long macs = layers.stream().mapToLong(l -> Math.multiplyExact(l.macs(), l.repeats())).sum();
    List<Sample> sorted =
        layers.stream()
            .filter(l -> l.utilization().isPresent())
            .sorted((a, b) -> Double.compare(share(a), share(b)))
            .toList();
    if (sorted.size() < layers.size()) {
      var none = OptionalDouble.empty();
      return new KindUse(kind, count, macs, none, none, none);
    }
    double lower = at(sorted, (count - 1) / 2);
    double upper = at(sorted, count / 2);
    return new KindUse(
        kind,
        count,
        macs,
        OptionalDouble.of(share(sorted.getFirst())),
        OptionalDouble.of((lower + upper) / 2),
        OptionalDouble.of(share(sorted.getLast())));
  }

  /** The share of the layer that is the nth, from 0, when repetitions are written out. */
  private static double at(List<Sample> sorted, long n) {
    long before = 0;
    for (Sample s : sorted) {
      before += s.repeats();
      if (n < before) {
        return share(s);
      }
    }
    throw new IllegalArgumentException("fewer layers than " + n);
  }

  private static double share(Sample s) {
    return s.utilization().orElseThrow();
  }
}
