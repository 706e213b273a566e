package org.einloom.io.timeloop.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.einloom.io.timeloop.Attributes;
import org.einloom.io.timeloop.Level;
import org.einloom.io.yaml.YamlNode;

/**
 * What the attributes of a storage come to.
 *
 * @param wordBits of a word
 * @param blockWords words of one access
 * @param capacityWords that an instance can hold, several buffers taken off; empty for any number
 * @param readRate words per cycle and instance; empty for no limit
 * @param rateScale by tensor, how much of the rates one of its words takes
 * @param fillCycles of the network below
 */
record Storage(
    long wordBits,
    long blockWords,
    OptionalLong capacityWords,
    OptionalDouble readRate,
    OptionalDouble writeRate,
    OptionalDouble sharedRate,
    Map<String, Double> rateScale,
    long fillCycles,
    long drainCycles) {
  private static final long DEFAULT_WORD_BITS = 16;
  private static final long WIDEST_WORD = 1024;
  private static final String SCALE = "per_dataspace_bandwidth_consumption_scale";

  /** Attributes that mean something, here or to a sparse model. */
  static final List<String> KNOWN =
      List.of(
          "datawidth",
          "word_width",
          "word_bits",
          "word-bits",
          "width",
          "memory_width",
          "depth",
          "memory_depth",
          "entries",
          "sizeKB",
          "block_size",
          "block-size",
          "n_words",
          "cluster_size",
          "cluster-size",
          "multiple_buffering",
          "multiple-buffering",
          "bandwidth",
          "read_bandwidth",
          "write_bandwidth",
          "shared_bandwidth",
          SCALE,
          "network_fill_latency",
          "network_drain_latency",
          "energy_per_hop",
          "router_energy",
          "wire_energy",
          "tile_width",
          "network_read",
          "network_fill",
          "network_update",
          "network_drain",
          "meshX",
          "meshY",
          "min_utilization",
          "allow_overbooking",
          "metadata_block_size",
          "metadata_datawidth",
          "metadata_word_bits",
          "data_storage_width",
          "data_storage_depth",
          "decompression_supported",
          "compression_supported",
          "tile_partition_supported",
          "concordant_compressed_tile_traversal",
          "metadata_storage_width",
          "metadata_storage_depth");

  static Storage of(Level level, Set<String> tensors) {
    Attributes a = level.attributes();
    long word =
        first(a, 1, "datawidth", "word_width", "word_bits", "word-bits").orElse(DEFAULT_WORD_BITS);
    if (word > WIDEST_WORD) {
      throw a.at("datawidth").error("words of " + word + " b", "expected at most " + WIDEST_WORD);
    }
    long cluster = first(a, 1, "cluster_size", "cluster-size").orElse(1);
    OptionalLong width = first(a, 1, "width", "memory_width", "data_storage_width");
    OptionalLong given = first(a, 1, "block_size", "block-size", "n_words");
    long block = given.orElse(1);
    if (width.isPresent() && given.isEmpty()) {
      if (width.getAsLong() % (word * cluster) != 0) {
        throw java.util.stream.Stream.of("width", "memory_width", "data_storage_width")
            .filter(n -> a.value(n).isPresent())
            .findFirst()
            .map(a::at)
            .orElse(level.at())
            .error(
                "a width of %d b is no number of words of %d b at '%s'"
                    .formatted(width.getAsLong(), word, level.name()),
                "expected a multiple of datawidth");
      }
      block = width.getAsLong() / (word * cluster);
    }
    OptionalDouble both = a.number("bandwidth", 0);
    OptionalDouble half =
        both.isPresent() ? OptionalDouble.of(both.getAsDouble() / 2) : OptionalDouble.empty();
    return new Storage(
        word,
        block,
        capacity(level, word, block),
        rate(a, "read_bandwidth", half),
        rate(a, "write_bandwidth", half),
        rate(a, "shared_bandwidth", OptionalDouble.empty()),
        scale(level, tensors),
        a.whole("network_fill_latency", 0).orElse(0),
        a.whole("network_drain_latency", 0).orElse(0));
  }

  private static OptionalDouble rate(Attributes a, String name, OptionalDouble other) {
    OptionalDouble rate = a.number(name, 0);
    if (rate.isPresent() && !(rate.getAsDouble() > 0)) {
      throw a.at(name).error("'" + name + "' of " + a.owner() + " is 0", "expected more than 0");
    }
    return rate.isPresent() ? rate : other;
  }

  private static OptionalLong first(Attributes a, long least, String... names) {
    for (String name : names) {
      OptionalLong value = a.whole(name, least);
      if (value.isPresent()) {
        return value;
      }
    }
    return OptionalLong.empty();
  }

  private static OptionalLong capacity(Level level, long word, long block) {
    Attributes a = level.attributes();
    OptionalLong words = a.whole("entries", 0);
    OptionalLong depth = first(a, 0, "depth", "memory_depth", "data_storage_depth");
    OptionalDouble kib = a.number("sizeKB", 0);
    if (words.isEmpty() && depth.isPresent()) {
      words = OptionalLong.of(Math.multiplyExact(depth.getAsLong(), block));
    } else if (words.isEmpty() && kib.isPresent()) {
      words = OptionalLong.of((long) (kib.getAsDouble() * 1024 * 8 / word));
    }
    OptionalDouble buffers = a.number("multiple_buffering", 1);
    if (buffers.isEmpty()) {
      buffers = a.number("multiple-buffering", 1);
    }
    double share = buffers.orElse(1);
    return words.isEmpty() ? words : OptionalLong.of((long) Math.floor(words.getAsLong() / share));
  }

  private static Map<String, Double> scale(Level level, Set<String> tensors) {
    var scale = new LinkedHashMap<String, Double>();
    level
        .attributes()
        .value(SCALE)
        .ifPresent(
            node -> {
              if (!(node instanceof YamlNode.Mapping m)) {
                throw node.at()
                    .error("'" + SCALE + "' is " + node.kind(), "expected tensors with numbers");
              }
              for (YamlNode.Entry e : m.entries()) {
                String name = e.key().value();
                if (!tensors.contains(name)) {
                  throw Translation.unknown(e.key().at(), "tensor", name, tensors);
                }
                var one = new LinkedHashMap<String, Attributes.Attribute>();
                one.put(name, new Attributes.Attribute(e.value(), e.key().at()));
                scale.put(name, new Attributes("'" + SCALE + "'", one).number(name, 0).orElse(1));
              }
            });
    return scale;
  }

  /** Accesses per cycle of an action, infinite where nothing limits them. */
  double accessesPerCycle(String action) {
    if (sharedRate.isPresent()) {
      return sharedRate.getAsDouble() / blockWords;
    }
    OptionalDouble rate = action.equals("read") ? readRate : writeRate;
    return rate.isPresent() ? rate.getAsDouble() / blockWords : Double.POSITIVE_INFINITY;
  }
}
