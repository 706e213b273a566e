package org.einloom.io.timeloop.sparse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.einloom.evaluation.timeloop.sparse.RankFormat;
import org.einloom.evaluation.timeloop.sparse.SparseSpec;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;
import org.einloom.io.timeloop.Level;
import org.einloom.io.timeloop.Remark;
import org.einloom.io.yaml.Values;
import org.einloom.io.yaml.YamlNode;

/** Reads {@code representation_format:} of a level. */
final class FormatReader {
  private static final long WIDEST = 1 << 16;
  private static final String METADATA = "metadata_word_bits";
  private static final String PAYLOAD = "payload_word_bits";
  private static final List<String> FORMATS =
      Stream.of(RankFormat.Kind.values()).map(Enum::name).toList();

  private final Level level;
  private final SparseSpec.MetadataStore store;
  private final List<String> tensors;
  private final List<String> dimensions;
  private final List<Remark> remarks;

  FormatReader(
      Level level,
      SparseSpec.MetadataStore store,
      List<String> tensors,
      List<String> dimensions,
      List<Remark> remarks) {
    this.level = level;
    this.store = store;
    this.tensors = tensors;
    this.dimensions = dimensions;
    this.remarks = remarks;
  }

  Map<String, SparseSpec.Format> read(YamlNode node) {
    var formats = new LinkedHashMap<String, SparseSpec.Format>();
    Spelled fields =
        Spelled.of(
            node, "'representation_format' of '" + level.name() + "'", List.of("data_spaces"));
    YamlNode list = fields.required("data_spaces", "data_spaces: [{name: A, ranks: [...]}]");
    for (YamlNode item : Values.list(list, "data_spaces", "expected a list of tensors")) {
      Spelled tensor =
          Spelled.of(
              item,
              "a tensor of 'data_spaces'",
              List.of("name", "ranks", "rank_application_order", "compression_rate"));
      YamlNode nameNode = tensor.required("name", "name: A");
      String name = SparseReader.tensor(nameNode, tensors);
      if (formats.put(name, format(tensor, name)) != null) {
        throw nameNode.at().error("a second format of '%s' at '%s'".formatted(name, level.name()));
      }
    }
    return formats;
  }

  private SparseSpec.Format format(Spelled tensor, String name) {
    YamlNode list = tensor.required("ranks", "ranks: [{format: UOP}, {format: CP}]");
    List<YamlNode> items = Values.list(list, "ranks", "expected a list of ranks");
    if (items.isEmpty()) {
      throw list.at().error("'ranks' of '" + name + "' is empty", "expected at least one");
    }
    List<RankFormat> ranks = new ArrayList<>();
    for (YamlNode item : items) {
      RankFormat rank = rank(item, name);
      if (!ranks.isEmpty()
          && ranks.getFirst().kind().isCompressed()
          && !rank.kind().isCompressed()) {
        throw item.at()
            .error(
                "'%s' is %s below a rank that is %s"
                    .formatted(name, rank.kind(), ranks.getFirst().kind()),
                "expected no uncompressed rank inside of a compressed one: Timeloop knows none");
      }
      ranks.addFirst(rank);
    }
    tensor
        .optional("compression_rate")
        .ifPresent(
            n -> remarks.add(new Remark(n.at(), "'compression_rate' means nothing to Timeloop")));
    return new SparseSpec.Format(ranks, fromInside(tensor));
  }

  private static boolean fromInside(Spelled tensor) {
    Optional<YamlNode> order = tensor.optional("rank_application_order");
    if (order.isEmpty()) {
      return false;
    }
    String text = Values.name(order.get(), "rank_application_order").replace('-', '_');
    List<String> known = List.of("inner_to_outer", "outer_to_inner");
    if (!known.contains(text)) {
      throw order
          .get()
          .at()
          .error(
              "'rank_application_order' is " + Words.quote(text),
              "expected " + String.join(" or ", known),
              Words.didYouMean(text, known));
    }
    return text.equals(known.getFirst());
  }

  private RankFormat rank(YamlNode item, String tensor) {
    Spelled fields =
        Spelled.of(
            item,
            "a rank of '" + tensor + "'",
            List.of("format", METADATA, PAYLOAD, "flattened_rankIDs"));
    YamlNode formatNode = fields.required("format", "format: CP");
    String name = Values.name(formatNode, "format");
    String upper = name.toUpperCase(Locale.ROOT);
    if (!FORMATS.contains(upper) || !(name.equals(upper) || name.equals(lower(name)))) {
      throw formatNode
          .at()
          .error(
              "unknown format " + Words.quote(name) + " of a rank of '" + tensor + "'",
              "expected one of " + String.join(", ", FORMATS),
              Words.didYouMean(upper, FORMATS));
    }
    RankFormat.Kind kind = RankFormat.Kind.valueOf(upper);
    for (String key : List.of(METADATA, PAYLOAD)) {
      if (kind == RankFormat.Kind.UB && fields.optional(key).isPresent()) {
        remarks.add(
            new Remark(
                fields.optional(key).get().at(),
                "'%s' of a rank of format UB means nothing to Timeloop, which takes metadata_datawidth of '%s'"
                    .formatted(key, level.name())));
      }
    }
    return new RankFormat(
        kind, bits(fields, METADATA, kind), bits(fields, PAYLOAD, kind), flattened(fields));
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** The width in bits: widened to one that divides the store's, so that no access is cut. */
  private long bits(Spelled fields, String key, RankFormat.Kind kind) {
    Optional<YamlNode> node = kind == RankFormat.Kind.UB ? Optional.empty() : fields.optional(key);
    Position at = node.map(YamlNode::at).orElse(fields.at());
    long bits;
    if (node.isPresent()) {
      bits = Values.integer(node.get(), key, 0, WIDEST);
    } else if (kind == RankFormat.Kind.B && key.equals(METADATA)) {
      bits = 1;
    } else {
      bits = store.wordBits();
    }
    long width = store.widthBits();
    if (bits != 0 && width % bits != 0) {
      long wider = bits;
      while (wider < 2 * bits && width % wider != 0) {
        wider++;
      }
      if (node.isPresent() && wider != bits) {
        remarks.add(
            new Remark(
                at,
                "'%s' of %d b is widened to %d b, as Timeloop does, to divide the %d b of metadata_storage_width"
                    .formatted(key, bits, wider, width)));
      }
      bits = wider;
    }
    if (bits > width) {
      throw at.error(
          "%s of %d b, and metadata_storage_width of '%s' is %s"
              .formatted(
                  node.isPresent() ? "'" + key + "'" : "metadata",
                  bits,
                  level.name(),
                  width == 0 ? "not given" : width + " b"),
          "expected a store for metadata of at least that width: add metadata_storage_width to its attributes");
    }
    return bits;
  }

  private List<List<String>> flattened(Spelled fields) {
    List<List<String>> rules = new ArrayList<>();
    Optional<YamlNode> list = fields.optional("flattened_rankIDs");
    if (list.isEmpty()) {
      return rules;
    }
    String expected = "expected lists of dimensions: [[M, K]]";
    for (YamlNode rule : Values.list(list.get(), "flattened_rankIDs", expected)) {
      List<String> names = new ArrayList<>();
      for (YamlNode item : Values.list(rule, "flattened_rankIDs", expected)) {
        String name = Values.name(item, "flattened_rankIDs");
        if (!dimensions.contains(name)) {
          throw item.at()
              .error(
                  "unknown dimension " + Words.quote(name) + " in 'flattened_rankIDs'",
                  "expected one of " + Words.list(dimensions),
                  Words.didYouMean(name, dimensions));
        }
        names.add(name);
      }
      rules.add(names);
    }
    return rules;
  }
}
