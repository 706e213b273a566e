package org.einloom.io.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.einloom.arch.Compute;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.io.input.Position;
import org.einloom.io.input.Source;
import org.einloom.io.input.Words;
import org.einloom.io.yaml.YamlNode.Mapping;

/** Reads the list of nodes of an architecture, with the lists it includes spliced in. */
final class Nodes {
  private static final List<String> KINDS =
      List.of("memory", "toll", "fanout", "compute", "include");
  private static final int MOST_NODES = 1_000;
  private static final int MOST_INCLUDES = 100;
  private static final int DEEPEST_INCLUDE = 20;

  private final Components components;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Position> places = new LinkedHashMap<>();
  private final Set<String> open = new LinkedHashSet<>();
  private int includes;

  private Nodes(Components components) {
    this.components = components;
  }

  /** The nodes under {@code nodes}, outermost first. */
  static List<Node> read(YamlNode list, Source source, Components components) {
    var reader = new Nodes(components);
    reader.readList(list, source);
    reader.checkEnds(list.at());
    return reader.nodes;
  }

  private void readList(YamlNode list, Source source) {
    open.add(source.id());
    List<YamlNode> items = Values.list(list, "nodes", "expected a list of nodes, outermost first");
    for (YamlNode item : items) {
      readItem(item, source);
    }
    open.remove(source.id());
  }

  private void readItem(YamlNode item, Source source) {
    if (!(item instanceof Mapping mapping)) {
      throw item.at().error("a node is " + item.kind(), "expected, for example, '- memory: DRAM'");
    }
    List<String> keys = mapping.entries().stream().map(e -> e.key().value()).toList();
    String kind = KINDS.stream().filter(keys::contains).findFirst().orElse("");
    if (kind.isEmpty()) {
      throw unknownKind(mapping);
    }
    if (kind.equals("include")) {
      include(mapping, source);
      return;
    }
    YamlNode nameNode =
        mapping.entries().stream()
            .filter(e -> e.key().value().equals(kind))
            .findFirst()
            .orElseThrow()
            .value();
    String name = Values.name(nameNode, kind);
    Position first = places.putIfAbsent(name, nameNode.at());
    if (first != null) {
      throw nameNode
          .at()
          .error("a second node named " + Words.quote(name), "the first is at " + first);
    }
    if (nodes.size() >= MOST_NODES) {
      throw item.at().error("more than " + MOST_NODES + " nodes", "use fanouts for what repeats");
    }
    nodes.add(components.read(kind, name, item, nodes.isEmpty()));
  }

  private static RuntimeException unknownKind(Mapping mapping) {
    if (mapping.entries().isEmpty()) {
      return mapping.at().error("a node is empty", "expected, for example, '- memory: DRAM'");
    }
    var key = mapping.entries().getFirst().key();
    if (key.value().equals("fork")) {
      return key.at()
          .error("'fork' is not modelled yet", "expected memory, toll, fanout or compute");
    }
    return key.at()
        .error(
            "a node begins with " + Words.quote(key.value()),
            "expected memory, toll, fanout, compute or include",
            Words.didYouMean(key.value(), KINDS));
  }

  private void include(Mapping mapping, Source source) {
    Fields fields = Fields.of(mapping, "an include", List.of("include"));
    YamlNode pathNode = fields.required("include", "include: pe.yaml");
    String path = Values.name(pathNode, "include");
    includes++;
    if (includes > MOST_INCLUDES || open.size() > DEEPEST_INCLUDE) {
      throw pathNode
          .at()
          .error(
              "more than "
                  + MOST_INCLUDES
                  + " includes, or "
                  + DEEPEST_INCLUDE
                  + " inside each other");
    }
    Source included = source.includes().open(path, pathNode.at());
    if (open.contains(included.id())) {
      throw pathNode.at().error(Words.quote(path) + " includes itself, directly or through others");
    }
    readList(Document.body(included, "nodes"), included);
  }

  private void checkEnds(Position list) {
    if (nodes.isEmpty()) {
      throw list.error("the architecture has no nodes", "expected a memory first, a compute last");
    }
    List<Position> at = List.copyOf(places.values());
    if (!(nodes.getFirst() instanceof Memory)) {
      throw at.getFirst()
          .error(
              "the first node, " + Words.quote(nodes.getFirst().name()) + ", is not a memory",
              "expected the outermost memory, which holds every tensor, first");
    }
    for (int i = 0; i < nodes.size() - 1; i++) {
      if (nodes.get(i) instanceof Compute) {
        throw at.get(i + 1)
            .error(
                "node "
                    + Words.quote(nodes.get(i + 1).name())
                    + " stands below the compute "
                    + Words.quote(nodes.get(i).name()),
                "expected exactly one compute, as the last node");
      }
    }
    if (!(nodes.getLast() instanceof Compute)) {
      throw at.getLast()
          .error(
              "the last node, " + Words.quote(nodes.getLast().name()) + ", is not a compute",
              "expected exactly one compute, as the last node");
    }
  }
}
