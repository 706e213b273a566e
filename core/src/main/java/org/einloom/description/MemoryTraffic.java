package org.einloom.description;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.einloom.explanation.Explanation.Traffic;

/**
 * Words moved at a memory, all tensors together.
 *
 * @param memory its name
 * @param words reads, fills, updates and drains; as a double, as a network's may be many
 * @param compulsory the least of it, given how the work is spread; empty where it is not known for
 *     some tensor
 * @param worst the tensor that is furthest from its least, by words; empty where all are at theirs
 */
public record MemoryTraffic(
    String memory, double words, OptionalDouble compulsory, List<Excess> worst) {
  /**
   * What a tensor moves beyond its least.
   *
   * @param factor how many times the least it moves
   */
  public record Excess(String tensor, double words, double factor) {}

  private static final double AT_ITS_LEAST = 1.005;

  public MemoryTraffic {
    worst = List.copyOf(worst);
  }

  /** How many times the least moves; empty where that is not known or nothing has to move. */
  public OptionalDouble factor() {
    return compulsory.isPresent() && compulsory.getAsDouble() > 0
        ? OptionalDouble.of(words / compulsory.getAsDouble())
        : OptionalDouble.empty();
  }

  /** Of one layer, by memory, outermost first. */
  public static List<MemoryTraffic> of(LayerDescription layer) {
    Map<String, List<Traffic>> byMemory = new LinkedHashMap<>();
    layer
        .traffic()
        .forEach(t -> byMemory.computeIfAbsent(t.memory(), m -> new ArrayList<>()).add(t));
    List<MemoryTraffic> all = new ArrayList<>();
    byMemory.forEach((memory, tensors) -> all.add(of(memory, tensors)));
    return all;
  }

  static MemoryTraffic of(String memory, List<Traffic> tensors) {
    double words = tensors.stream().mapToDouble(Traffic::words).sum();
    boolean known = tensors.stream().allMatch(t -> t.compulsory().isPresent());
    double least = tensors.stream().mapToDouble(t -> t.compulsory().orElse(0)).sum();
    List<Excess> worst = new ArrayList<>();
    for (Traffic t : tensors) {
      OptionalLong of = t.compulsory();
      if (of.isPresent() && of.getAsLong() > 0 && t.words() > AT_ITS_LEAST * of.getAsLong()) {
        worst.add(
            new Excess(
                t.tensor(), t.words() - of.getAsLong(), (double) t.words() / of.getAsLong()));
      }
    }
    worst.sort((a, b) -> Double.compare(b.words(), a.words()));
    return new MemoryTraffic(
        memory, words, known ? OptionalDouble.of(least) : OptionalDouble.empty(), worst);
  }

  /** Of a network: all layers, repetitions included. */
  static List<MemoryTraffic> of(List<LayerDescription> layers) {
    Map<String, MemoryTraffic> sums = new LinkedHashMap<>();
    for (LayerDescription l : layers) {
      for (MemoryTraffic t : of(l)) {
        sums.merge(t.memory(), t.times(l.layer().repeats()), MemoryTraffic::plus);
      }
    }
    return List.copyOf(sums.values());
  }

  private MemoryTraffic times(long n) {
    return new MemoryTraffic(
        memory,
        words * n,
        compulsory.isPresent()
            ? OptionalDouble.of(compulsory.getAsDouble() * n)
            : OptionalDouble.empty(),
        List.of());
  }

  private MemoryTraffic plus(MemoryTraffic o) {
    return new MemoryTraffic(
        memory,
        words + o.words,
        compulsory.isPresent() && o.compulsory.isPresent()
            ? OptionalDouble.of(compulsory.getAsDouble() + o.compulsory.getAsDouble())
            : OptionalDouble.empty(),
        List.of());
  }
}
