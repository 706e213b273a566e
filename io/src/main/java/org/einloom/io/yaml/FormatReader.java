package org.einloom.io.yaml;

import static org.einloom.schema.Keys.may;
import static org.einloom.schema.Keys.must;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.einloom.format.RankFormat;
import org.einloom.format.TensorFormat;
import org.einloom.format.TreeLevel;
import org.einloom.io.input.Words;
import org.einloom.schema.Keys;
import org.einloom.workload.TensorAccess;

/** Reads formats: a name, a list of levels, or a list of such, to choose from. */
final class FormatReader {
  static final List<String> LEVELS =
      List.of("uncompressed", "bitmask", "coordinates", "run_length", "offsets");
  static final Keys LEVEL =
      Keys.of(
          must("level", "level_format", "uncompressed, bitmask, coordinates, run_length, offsets"),
          must("ranks", "rank_numbers", "Ranks of the tensor that it cuts, 0 the outermost"),
          may("bits", "positive", "Of an entry; left out: as many as it takes"),
          may("block", "positive", "Coordinates of one rank in an element; left out: 1"));
  private static final int MOST_RANKS = 100;

  private FormatReader() {}

  /** The formats that a tensor may have, at least one. */
  static List<TensorFormat> choices(YamlNode node, TensorAccess tensor) {
    if (node instanceof YamlNode.Scalar) {
      return List.of(read(node, tensor));
    }
    List<YamlNode> items =
        Values.list(node, "format", "expected the name of a format, or a list of its levels");
    if (items.isEmpty() || items.getFirst() instanceof YamlNode.Mapping) {
      return List.of(read(node, tensor));
    }
    var formats = new ArrayList<TensorFormat>();
    for (YamlNode item : items) {
      if (item instanceof YamlNode.Mapping) {
        throw item.at()
            .error(
                "a level of a format among formats to choose from",
                "expected names of formats, and lists of levels");
      }
      TensorFormat format = read(item, tensor);
      if (!formats.contains(format)) {
        formats.add(format);
      }
    }
    return formats;
  }

  private static TensorFormat read(YamlNode node, TensorAccess tensor) {
    if (node instanceof YamlNode.Scalar name) {
      return node.at().locate(() -> TensorFormat.named(name.value(), tensor.ranks().size()));
    }
    var levels = new ArrayList<TreeLevel>();
    for (YamlNode item :
        Values.list(node, "format", "expected the name of a format, or a list of its levels")) {
      levels.add(level(item, tensor));
    }
    return node.at()
        .locate(
            () ->
                new TensorFormat(
                    String.join("-", levels.stream().map(l -> l.format().label()).toList()),
                    levels));
  }

  private static TreeLevel level(YamlNode node, TensorAccess tensor) {
    Fields fields = Fields.of(node, "a level of a format", LEVEL);
    YamlNode nameNode = fields.required("level", "level: coordinates");
    String name = Values.name(nameNode, "level");
    OptionalInt bits =
        fields
            .optional("bits")
            .map(n -> OptionalInt.of((int) Values.integer(n, "bits", 1, 64)))
            .orElse(OptionalInt.empty());
    RankFormat format =
        switch (name) {
          case "uncompressed" -> new RankFormat.Uncompressed();
          case "bitmask" -> new RankFormat.Bitmask();
          case "coordinates" -> new RankFormat.Coordinates(bits);
          case "run_length" -> new RankFormat.RunLength(bits);
          case "offsets" -> new RankFormat.Offsets(bits);
          default ->
              throw nameNode
                  .at()
                  .error(
                      "unknown level " + Words.quote(name),
                      "expected " + String.join(", ", LEVELS),
                      Words.didYouMean(name, LEVELS));
        };
    if (bits.isPresent()
        && (format instanceof RankFormat.Uncompressed || format instanceof RankFormat.Bitmask)) {
      throw fields
          .keyAt("bits")
          .error("level '" + name + "' has bits", "its entries have none to choose");
    }
    var ranks = new ArrayList<Integer>();
    for (YamlNode n :
        Values.list(fields.required("ranks", "ranks: [0]"), "ranks", "expected a list of ranks")) {
      long rank = Values.integer(n, "ranks", 0, MOST_RANKS);
      if (rank >= tensor.ranks().size()) {
        throw n.at()
            .error(
                "tensor '%s' has no rank %d".formatted(tensor.name(), rank),
                "expected some of its ranks, " + numbered(tensor));
      }
      ranks.add((int) rank);
    }
    long block =
        fields.optional("block").map(n -> Values.integer(n, "block", 1, Long.MAX_VALUE)).orElse(1L);
    return node.at().locate(() -> new TreeLevel(format, ranks, block));
  }

  /** {@code 0 (m) and 1 (k)}. */
  static String numbered(TensorAccess tensor) {
    return IntStream.range(0, tensor.ranks().size())
        .mapToObj(r -> "%d (%s)".formatted(r, tensor.ranks().get(r).expression()))
        .collect(Collectors.joining(", "));
  }
}
