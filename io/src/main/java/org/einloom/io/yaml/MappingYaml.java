package org.einloom.io.yaml;

import static org.einloom.schema.Keys.may;
import static org.einloom.schema.Keys.must;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.einloom.io.input.InputException;
import org.einloom.io.input.Position;
import org.einloom.io.input.Source;
import org.einloom.io.input.Words;
import org.einloom.io.mapping.LocatedMapping;
import org.einloom.io.mapping.MappingFile;
import org.einloom.io.yaml.YamlNode.Mapping;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.mapping.MappingNode.Spatial;
import org.einloom.mapping.MappingNode.Storage;
import org.einloom.mapping.MappingNode.Temporal;
import org.einloom.schema.Keys;

/** Reads mappings from YAML, as {@code docs/input-format.md} describes it, and writes them. */
public final class MappingYaml {
  private static final String MAPPING = "mapping";
  static final Keys LAYER =
      Keys.of(
          must("layer", "name", "The layer's name in the workload"),
          must("nodes", "mapping_nodes", "Outermost first"));
  static final Keys KEEP =
      Keys.of(
          must("memory", "name", "Where tiles are kept"),
          must("tensors", "some_names", "Of which tensors"));
  static final Keys FOR =
      Keys.of(
          must("variable", "name", "The rank variable that is stepped through"),
          must("tile", "positive", "How many of its values one iteration covers"));
  static final Keys PARALLEL =
      Keys.of(
          must("fanout", "name", "Where it is spread"),
          must("dimension", "name", "Along which dimension of it"),
          must("variable", "name", "The rank variable that is spread"),
          must("tile", "positive", "How many of its values one child covers"));

  /** The kinds of nodes, each with what stands under it. */
  static final Keys NODES =
      Keys.of(
          may("keep", "keep", "Keeps tiles in a memory"),
          may("for", "for", "A loop in time"),
          may("parallel", "parallel", "A loop in space"),
          may("compute", "name", "The compute that the mapping is for; last"));

  private static final List<String> KINDS = NODES.names();

  private final List<MappingNode> nodes = new ArrayList<>();
  private final List<Position> places = new ArrayList<>();
  private Optional<String> compute = Optional.empty();

  private MappingYaml() {}

  /**
   * Reads a file.
   *
   * @throws InputException when anything in it is wrong, with its place. Whether the mappings are
   *     legal is another question, for {@link MappingFile#legal} and {@link LocatedMapping#check}
   */
  public static MappingFile read(Path file) {
    return read(Source.file(file));
  }

  /** Reads a text; {@code name} is what messages call it. */
  public static MappingFile read(String name, String text) {
    return read(Source.text(name, text));
  }

  /** Reads a text. */
  public static MappingFile read(Source source) {
    YamlNode list = Document.body(source, MAPPING);
    List<LocatedMapping> mappings = new ArrayList<>();
    Map<String, Position> seen = new HashMap<>();
    for (YamlNode item : Values.list(list, MAPPING, "expected a list of layers")) {
      Fields fields = Fields.of(item, "the mapping of a layer", LAYER);
      YamlNode nameNode = fields.required("layer", "layer: conv1");
      String layer = Values.scalar(nameNode, "layer", "expected the name of a layer").value();
      Position first = seen.putIfAbsent(layer, nameNode.at());
      if (first != null) {
        throw nameNode
            .at()
            .error(
                "a second mapping of layer " + Words.quote(layer),
                "the first is in line " + first.line());
      }
      mappings.add(new MappingYaml().read(layer, nameNode.at(), fields));
    }
    if (mappings.isEmpty()) {
      throw list.at().error("the file has no mapping", "expected at least one layer");
    }
    return new MappingFile(mappings);
  }

  /** The text of a file that reads back as exactly these mappings, by layer. */
  public static String write(Map<String, LoopTree> mappings) {
    return write(mappings, Map.of());
  }

  /**
   * The same, with the computes that mappings end in.
   *
   * @param computes by layer; where there is none, it is not written
   */
  public static String write(Map<String, LoopTree> mappings, Map<String, String> computes) {
    return MappingWriter.write(mappings, computes);
  }

  private LocatedMapping read(String layer, Position at, Fields fields) {
    YamlNode list = fields.required("nodes", "nodes: [{keep: {memory: DRAM, tensors: [W]}}]");
    for (YamlNode item : Values.list(list, "nodes", "expected a list of keep, for and parallel")) {
      readNode(item);
    }
    return new LocatedMapping(layer, new LoopTree(nodes), compute, at, places);
  }

  private void readNode(YamlNode item) {
    if (item instanceof Mapping mapping && !mapping.entries().isEmpty()) {
      var key = mapping.entries().getFirst().key();
      if (!KINDS.contains(key.value())) {
        throw key.at()
            .error(
                "a node begins with " + Words.quote(key.value()),
                "expected keep, for, parallel or compute",
                Words.didYouMean(key.value(), KINDS));
      }
      Fields.of(item, "a node", List.of(key.value()));
      if (compute.isPresent()) {
        throw key.at().error("a node after the compute", "expected the compute as the last");
      }
      YamlNode value = mapping.entries().getFirst().value();
      switch (key.value()) {
        case "keep" -> readKeep(value);
        case "for" -> readFor(value);
        case "compute" -> {
          compute = Optional.of(Values.name(value, "compute"));
          places.add(value.at());
        }
        default -> readParallel(value);
      }
      return;
    }
    throw item.at()
        .error("a node is not a mapping with one key", "expected keep, for, parallel or compute");
  }

  private void readKeep(YamlNode node) {
    Fields fields = Fields.of(node, "'keep'", KEEP);
    String memory = name(fields, "memory", "memory: DRAM");
    YamlNode tensors = fields.required("tensors", "tensors: [W]");
    var names = Values.references(tensors, "tensors");
    if (names.isEmpty()) {
      throw tensors.at().error("'tensors' is empty", "expected at least one, or no node at all");
    }
    names.forEach((tensor, at) -> add(new Storage(memory, tensor), at));
  }

  private void readFor(YamlNode node) {
    Fields fields = Fields.of(node, "'for'", FOR);
    String variable = name(fields, "variable", "variable: m");
    add(new Temporal(variable, tile(fields)), node.at());
  }

  private void readParallel(YamlNode node) {
    Fields fields = Fields.of(node, "'parallel'", PARALLEL);
    String fanout = name(fields, "fanout", "fanout: Array");
    String dimension = name(fields, "dimension", "dimension: x");
    String variable = name(fields, "variable", "variable: m");
    add(new Spatial(fanout, dimension, variable, tile(fields)), node.at());
  }

  private void add(MappingNode node, Position at) {
    nodes.add(node);
    places.add(at);
  }

  private static String name(Fields fields, String key, String example) {
    return Values.scalar(fields.required(key, example), key, "expected a name").value();
  }

  private static long tile(Fields fields) {
    return Values.integer(fields.required("tile", "tile: 16"), "tile", 1, Long.MAX_VALUE);
  }
}
