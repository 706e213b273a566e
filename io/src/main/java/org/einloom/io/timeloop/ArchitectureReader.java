package org.einloom.io.timeloop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;
import org.einloom.io.timeloop.Level.Kind;
import org.einloom.io.yaml.Fields;
import org.einloom.io.yaml.Values;
import org.einloom.io.yaml.YamlNode;
import org.einloom.io.yaml.YamlNode.Mapping;
import org.einloom.workload.Checked;

/** Reads {@code architecture:}, a chain of subtrees with local components. */
final class ArchitectureReader {
  private static final String ATTRIBUTES = "attributes";
  private static final String SUBTREE = "subtree";
  private static final String LOCAL = "local";

  /** What the class of a storage has in its name. */
  static final List<String> STORAGE = List.of("DRAM", "SRAM", "regfile", "smartbuffer", "storage");

  /** What the class of a compute has in its name. */
  static final List<String> COMPUTE = List.of("mac", "compute");

  /** The classes of networks. */
  static final List<String> NETWORKS =
      List.of("XY_NoC", "Legacy", "ReductionTree", "SimpleMulticast");

  /**
   * Two are what Timeloop's front end writes besides, and say nothing of cost: {@code
   * required_actions} and {@code enabled}.
   */
  private static final List<String> COMPONENT =
      List.of(
          "name",
          "class",
          "subclass",
          ATTRIBUTES,
          "required_actions",
          "enabled",
          Level.ENERGY_SCALE,
          Level.AREA_SCALE);

  private final List<Remark> remarks;
  private final List<Level> levels = new ArrayList<>();
  private final Map<String, Position> names = new HashMap<>();
  private final SequencedMap<String, Attributes.Attribute> inherited = new LinkedHashMap<>();

  private ArchitectureReader(List<Remark> remarks) {
    this.remarks = remarks;
  }

  static TimeloopArchitecture read(YamlNode node, List<Remark> remarks) {
    return new ArchitectureReader(remarks).read(node);
  }

  private TimeloopArchitecture read(YamlNode node) {
    Fields fields =
        Fields.of(node, "'architecture'", List.of("version", "name", SUBTREE, ATTRIBUTES));
    String version =
        fields
            .optional("version")
            .map(n -> Values.scalar(n, "version", "expected 0.4").value())
            .orElse("");
    String name = "";
    long above = 1;
    Optional<YamlNode> subtree =
        Optional.of(fields.required(SUBTREE, "subtree: [{name: top, local: [...]}]"));
    while (subtree.isPresent()) {
      List<YamlNode> items =
          Values.list(subtree.get(), SUBTREE, "expected a list with one subtree");
      if (items.size() != 1) {
        throw subtree
            .get()
            .at()
            .error(
                "'subtree' has " + items.size() + " entries",
                "expected one: Timeloop's hardware is a chain of levels");
      }
      Fields tree =
          Fields.of(items.getFirst(), "a subtree", List.of("name", LOCAL, SUBTREE, ATTRIBUTES));
      ElementName own = ElementName.of(tree.required("name", "name: top"), "name");
      name = name.isEmpty() ? own.name() : name;
      above = Checked.multiply(above, own.count(), "the number of " + own.name());
      inherited.putAll(attributes(tree.optional(ATTRIBUTES), own.name()).all());
      if (tree.optional(LOCAL).isPresent()) {
        for (YamlNode item :
            Values.list(tree.optional(LOCAL).get(), LOCAL, "expected a list of components")) {
          add(item, above);
        }
      }
      subtree = tree.optional(SUBTREE);
    }
    return assemble(version, name, node.at());
  }

  private void add(YamlNode item, long above) {
    Fields fields = Fields.of(item, "a component", COMPONENT);
    YamlNode nameNode = fields.required("name", "name: GLB");
    ElementName name = ElementName.of(nameNode, "name");
    Position first = names.putIfAbsent(name.name(), nameNode.at());
    if (first != null) {
      throw nameNode
          .at()
          .error(
              "a second component named " + Words.quote(name.name()),
              "the first is in line " + first.line());
    }
    String type = Values.name(fields.required("class", "class: SRAM"), "class");
    String cost =
        fields
            .optional("subclass")
            .filter(n -> !isNull(n) && kind(type) != Kind.NETWORK)
            .map(n -> Values.name(n, "subclass"))
            .orElse(type);
    long instances =
        nameNode
            .at()
            .locate(() -> Checked.multiply(above, name.count(), "the number of " + name.name()));
    levels.add(
        new Level(
            name.name(),
            kind(type),
            cost,
            instances,
            attributes(fields.optional(ATTRIBUTES), name.name()),
            new Attributes("level '" + name.name() + "'", inherited),
            scale(fields, Level.ENERGY_SCALE, name.name()),
            scale(fields, Level.AREA_SCALE, name.name()),
            nameNode.at()));
  }

  private static double scale(Fields fields, String key, String name) {
    return fields
        .optional(key)
        .filter(n -> !isNull(n))
        .map(n -> Numbers.real(n, key, "level '" + name + "'", 0))
        .orElse(1.0);
  }

  /** What a class is, by what is in its name. */
  static Kind kind(String type) {
    if (STORAGE.stream().anyMatch(type::contains)) {
      return Kind.STORAGE;
    }
    if (COMPUTE.stream().anyMatch(type::contains)) {
      return Kind.COMPUTE;
    }
    return NETWORKS.contains(type) ? Kind.NETWORK : Kind.OTHER;
  }

  private static Attributes attributes(Optional<YamlNode> node, String name) {
    var all = new LinkedHashMap<String, Attributes.Attribute>();
    if (node.isPresent() && node.get() instanceof Mapping mapping) {
      mapping
          .entries()
          .forEach(
              e -> all.put(e.key().value(), new Attributes.Attribute(e.value(), e.key().at())));
    } else if (node.isPresent() && !isNull(node.get())) {
      throw node.get()
          .at()
          .error(
              "'attributes' of '%s' is %s".formatted(name, node.get().kind()),
              "expected names with values");
    }
    return new Attributes("level '" + name + "'", all);
  }

  private static boolean isNull(YamlNode node) {
    return node instanceof YamlNode.Scalar s && s.isNull();
  }

  private TimeloopArchitecture assemble(String version, String name, Position at) {
    List<Level> computes = of(Kind.COMPUTE);
    String classes = "a class with one of %s in its name".formatted(String.join(", ", COMPUTE));
    if (computes.isEmpty()) {
      throw at.error("the architecture has no compute", "expected a component of " + classes);
    }
    if (computes.size() > 1) {
      throw computes
          .get(1)
          .at()
          .error(
              "'%s' is a second compute, after '%s'"
                  .formatted(computes.get(1).name(), computes.get(0).name()),
              "expected one component of " + classes);
    }
    List<Level> storage = of(Kind.STORAGE);
    if (storage.isEmpty()) {
      throw at.error(
          "the architecture has no storage",
          "expected a component of a class with one of %s in its name"
              .formatted(String.join(", ", STORAGE)));
    }
    for (Level other : of(Kind.OTHER)) {
      remarks.add(
          new Remark(
              other.at(),
              "'%s' of class '%s' is no storage, compute or network to Timeloop, which passes it over"
                  .formatted(other.name(), other.type())));
    }
    return new TimeloopArchitecture(
        version, name, storage, computes.getFirst(), of(Kind.NETWORK), of(Kind.OTHER), at);
  }

  private List<Level> of(Kind kind) {
    return levels.stream().filter(l -> l.kind() == kind).toList();
  }
}
