package org.einloom.io.timeloop.stats;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What Timeloop printed of one evaluation.
 *
 * @param file what messages call it
 * @param levels the arithmetic level first, then the storage levels, innermost first; as printed
 * @param networks as printed
 * @param summary the lines at the end, by what stands before the colon
 */
public record TimeloopStats(
    String file, List<Block> levels, List<Block> networks, SequencedMap<String, Printed> summary) {
  /** Words that one instance, of those used, sent towards the compute. */
  public static final String READS = "scalar reads (per-instance)";

  /** Words that one instance received from outside. */
  public static final String FILLS = "scalar fills (per-instance)";

  /** Words that one instance received from the compute's side. */
  public static final String UPDATES = "scalar updates (per-instance)";

  /** Instances that hold something of the tensor. */
  public static final String INSTANCES = "utilized instances (max)";

  /** Words of the tensor that an instance holds at once. */
  public static final String CAPACITY = "utilized capacity";

  /** Energy of all instances. */
  public static final String ENERGY = "energy (total)";

  public TimeloopStats {
    levels = List.copyOf(levels);
    networks = List.copyOf(networks);
    summary = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(summary));
  }

  /**
   * A level or a network.
   *
   * @param name as printed, {@code GLB}, or {@code GLB <==> RF} of a network
   * @param specs what it is, by what stands before the colon, in lower case
   * @param stats what it did, likewise
   * @param tensors what it did with each tensor, likewise
   */
  public record Block(
      String name,
      SequencedMap<String, Printed> specs,
      SequencedMap<String, Printed> stats,
      SequencedMap<String, Map<String, Printed>> tensors) {
    public Block {
      specs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(specs));
      stats = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(stats));
      tensors = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(tensors));
    }

    /** A figure of the whole. */
    public Optional<Printed> stat(String key) {
      return Optional.ofNullable(stats.get(key));
    }

    /** A figure of what it is. */
    public Optional<Printed> spec(String key) {
      return Optional.ofNullable(specs.get(key));
    }

    /**
     * A figure of a tensor. Versions for sparse tensors print the dense count as {@code
     * Algorithmic} and the one that is charged as {@code Actual}; it is the latter.
     */
    public Optional<Printed> of(String tensor, String key) {
      Map<String, Printed> figures = tensors.getOrDefault(tensor, Map.of());
      Printed actual = figures.get("actual " + key);
      return Optional.ofNullable(actual == null ? figures.get(key) : actual);
    }
  }

  /** The level that computes: the first. */
  public Block compute() {
    return levels.getFirst();
  }

  /** A level by its name. */
  public Optional<Block> level(String name) {
    return levels.stream().filter(b -> b.name().equals(name)).findFirst();
  }

  /** A line of the summary, by what stands before the colon, in lower case. */
  public Optional<Printed> total(String key) {
    return Optional.ofNullable(summary.get(key));
  }
}
