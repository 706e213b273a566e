package org.einloom.description;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.einloom.network.KindUse;

/**
 * How a network runs: its layers one by one, and what they have in common. Counts of layers include
 * repetitions.
 *
 * @param network what is described
 * @param layers its distinct layers
 */
public record NetworkDescription(MappedNetwork network, List<LayerDescription> layers) {
  public NetworkDescription {
    layers = List.copyOf(layers);
  }

  /** Describes a network. */
  public static NetworkDescription of(MappedNetwork network) {
    return new NetworkDescription(
        network, network.layers().stream().map(LayerDescription::of).toList());
  }

  /**
   * Something that some layers do.
   *
   * @param what the name of it
   * @param layers how many do
   */
  public record Tally(String what, long layers) {}

  /** Layers in all. */
  public long count() {
    return layers.stream().mapToLong(l -> l.layer().repeats()).sum();
  }

  /** By level of memories, outermost first, the dataflows there are, the most frequent first. */
  public SequencedMap<List<String>, List<Tally>> dataflows() {
    SequencedMap<List<String>, Map<String, Long>> counts = new LinkedHashMap<>();
    for (var path : network.design().paths()) {
      Level.of(path).forEach(memories -> counts.put(memories, new LinkedHashMap<>()));
    }
    for (LayerDescription l : layers) {
      for (Level level : l.levels()) {
        counts
            .computeIfAbsent(level.memories(), m -> new LinkedHashMap<>())
            .merge(level.dataflow() + " at " + level.place(), l.layer().repeats(), Long::sum);
      }
    }
    return sorted(counts);
  }

  /** By dimension of a fanout, outermost first, what is spread along it: {@code m, q}. */
  public SequencedMap<String, List<Tally>> spreads() {
    SequencedMap<String, Map<String, Long>> counts = new LinkedHashMap<>();
    for (LayerDescription l : layers) {
      for (Spread s : l.spreads()) {
        String what =
            s.parts().stream()
                .map(Spread.Part::variable)
                .distinct()
                .collect(Collectors.joining(", "));
        counts
            .computeIfAbsent(s.fanout() + "." + s.dimension(), d -> new LinkedHashMap<>())
            .merge(what, l.layer().repeats(), Long::sum);
      }
    }
    return sorted(counts);
  }

  private static <K> SequencedMap<K, List<Tally>> sorted(Map<K, Map<String, Long>> counts) {
    SequencedMap<K, List<Tally>> tallies = new LinkedHashMap<>();
    counts.forEach(
        (key, byName) -> {
          List<Tally> list = new ArrayList<>();
          byName.forEach((name, n) -> list.add(new Tally(name, n)));
          list.sort((a, b) -> Long.compare(b.layers(), a.layers()));
          if (!list.isEmpty()) {
            tallies.put(key, list);
          }
        });
    return tallies;
  }

  /** Words moved by memory, all layers together. */
  public List<MemoryTraffic> traffic() {
    return MemoryTraffic.of(layers);
  }

  /** How well each sort of layers runs. */
  public List<KindUse> kinds() {
    return KindUse.of(
        network.layers().stream()
            .map(l -> new KindUse.Sample(l.kind(), l.repeats(), l.macs(), l.utilization()))
            .toList());
  }

  /** How many dataflows there are: what is stationary at each level, all levels together. */
  public long differentDataflows() {
    return layers.stream()
        .map(l -> l.levels().stream().map(v -> v.dataflow() + " at " + v.place()).toList())
        .distinct()
        .count();
  }

  /** In how many ways work is spread: which rank variables along which dimensions. */
  public long differentSpreads() {
    return layers.stream()
        .map(
            l ->
                l.spreads().stream()
                    .map(s -> s.parts().stream().map(Spread.Part::variable).distinct().toList())
                    .toList())
        .distinct()
        .count();
  }
}
