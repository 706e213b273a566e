package org.einloom.io.yaml;

import static org.einloom.schema.Keys.must;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.einloom.arch.Branch;
import org.einloom.arch.Compute;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.io.input.Position;
import org.einloom.io.input.Source;
import org.einloom.io.input.Words;
import org.einloom.io.yaml.YamlNode.Mapping;
import org.einloom.schema.Keys;

/**
 * Reads the tree of nodes of an architecture, with the lists that it includes spliced in. A list
 * may end in a fork, whose branches are lists again.
 */
final class Nodes {
  private static final List<String> KINDS =
      List.of("memory", "toll", "fanout", "compute", "fork", "include");
  static final Keys FORK =
      Keys.of(
          must("fork", "name", "Its name"),
          must("branches", "branches", "Alternatives, of which a layer runs on one"));
  static final Keys BRANCH =
      Keys.of(must("nodes", "nodes", "Outermost first; a compute or a fork last"));
  static final Keys INCLUDE =
      Keys.of(must("include", "name", "A file with nodes, at or below this folder"));
  private static final int MOST_NODES = 1_000;
  private static final int MOST_INCLUDES = 100;
  private static final int DEEPEST_INCLUDE = 20;

  private static final int DEEPEST_FORK = 20;

  /** A list of nodes while it is read, with what is spliced in, and the fork that it ends in. */
  private static final class Row {
    final List<Node> nodes = new ArrayList<>();
    final List<Position> at = new ArrayList<>();
    final List<Branch> fork = new ArrayList<>();
    String forkName = "";
  }

  private final Components components;
  private final Map<String, Position> places = new LinkedHashMap<>();
  private final Set<String> open = new LinkedHashSet<>();
  private int includes;
  private int count;
  private int depth;

  private Nodes(Components components) {
    this.components = components;
  }

  /** The nodes under {@code nodes}, outermost first. */
  static Branch read(YamlNode list, Source source, Components components) {
    var reader = new Nodes(components);
    Row root = new Row();
    reader.readList(list, source, root);
    if (root.nodes.isEmpty() && root.fork.isEmpty()) {
      throw list.at()
          .error("the architecture has no nodes", "expected a memory first, a compute last");
    }
    if (root.nodes.isEmpty() || !(root.nodes.getFirst() instanceof Memory)) {
      throw first(root, list.at());
    }
    checkEnd(root, list.at());
    return new Branch(root.nodes, root.fork);
  }

  private void readList(YamlNode list, Source source, Row row) {
    open.add(source.id());
    List<YamlNode> items = Values.list(list, "nodes", "expected a list of nodes, outermost first");
    for (YamlNode item : items) {
      readItem(item, source, row);
    }
    open.remove(source.id());
  }

  private void readItem(YamlNode item, Source source, Row row) {
    if (!(item instanceof Mapping mapping)) {
      throw item.at().error("a node is " + item.kind(), "expected, for example, '- memory: DRAM'");
    }
    List<String> keys = mapping.entries().stream().map(e -> e.key().value()).toList();
    String kind = KINDS.stream().filter(keys::contains).findFirst().orElse("");
    if (kind.isEmpty()) {
      throw unknownKind(mapping);
    }
    if (kind.equals("include")) {
      include(mapping, source, row);
      return;
    }
    if (!row.fork.isEmpty()) {
      throw item.at()
          .error(
              "a node stands below fork " + Words.quote(row.forkName),
              "expected the fork as the last of its list, and the node in a branch of it");
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
    if (++count > MOST_NODES) {
      throw item.at().error("more than " + MOST_NODES + " nodes", "use fanouts for what repeats");
    }
    if (kind.equals("fork")) {
      row.forkName = name;
      fork(Fields.of(mapping, "fork " + Words.quote(name), FORK), source, row);
      return;
    }
    boolean outermost = depth == 0 && row.nodes.isEmpty();
    row.nodes.add(components.read(kind, name, item, outermost));
    row.at.add(nameNode.at());
  }

  private void fork(Fields fields, Source source, Row row) {
    YamlNode list = fields.required("branches", "branches: [{nodes: [...]}, {nodes: [...]}]");
    List<YamlNode> items = Values.list(list, "branches", "expected a list of branches");
    if (items.size() < 2) {
      throw list.at()
          .error(
              fields.what() + " has " + (items.isEmpty() ? "no branch" : "one branch"),
              "expected at least two, of which an Einsum runs on one");
    }
    if (++depth > DEEPEST_FORK) {
      throw list.at().error("more than " + DEEPEST_FORK + " forks inside each other");
    }
    for (YamlNode item : items) {
      Fields branch = Fields.of(item, "a branch of " + fields.what(), BRANCH);
      YamlNode nodes = branch.required("nodes", "nodes: [{compute: MAC}]");
      Row below = new Row();
      readList(nodes, source, below);
      if (below.nodes.isEmpty() && below.fork.isEmpty()) {
        throw nodes.at().error("a branch has no nodes", "expected a compute as the last");
      }
      checkEnd(below, nodes.at());
      row.fork.add(new Branch(below.nodes, below.fork));
    }
    depth--;
  }

  private static RuntimeException unknownKind(Mapping mapping) {
    if (mapping.entries().isEmpty()) {
      return mapping.at().error("a node is empty", "expected, for example, '- memory: DRAM'");
    }
    var key = mapping.entries().getFirst().key();
    return key.at()
        .error(
            "a node begins with " + Words.quote(key.value()),
            "expected memory, toll, fanout, compute, fork or include",
            Words.didYouMean(key.value(), KINDS));
  }

  private void include(Mapping mapping, Source source, Row row) {
    Fields fields = Fields.of(mapping, "an include", INCLUDE);
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
    readList(Document.body(included, "nodes"), included, row);
  }

  private static RuntimeException first(Row root, Position list) {
    String what =
        root.nodes.isEmpty()
            ? "fork " + Words.quote(root.forkName)
            : "the first node, " + Words.quote(root.nodes.getFirst().name());
    return (root.nodes.isEmpty() ? list : root.at.getFirst())
        .error(
            root.nodes.isEmpty()
                ? what + " stands where the outermost memory should"
                : what + ", is not a memory",
            "expected the outermost memory, which holds every tensor, first");
  }

  private static void checkEnd(Row row, Position list) {
    List<Node> nodes = row.nodes;
    for (int i = 0; i < nodes.size(); i++) {
      boolean last = i == nodes.size() - 1 && row.fork.isEmpty();
      if (nodes.get(i) instanceof Compute && !last) {
        boolean fork = i == nodes.size() - 1;
        throw (fork ? row.at.get(i) : row.at.get(i + 1))
            .error(
                (fork
                        ? "fork " + Words.quote(row.forkName)
                        : "node " + Words.quote(nodes.get(i + 1).name()))
                    + " stands below the compute "
                    + Words.quote(nodes.get(i).name()),
                "expected exactly one compute, as the last node");
      }
    }
    if (row.fork.isEmpty() && !(nodes.getLast() instanceof Compute)) {
      throw (row.at.isEmpty() ? list : row.at.getLast())
          .error(
              "the last node, " + Words.quote(nodes.getLast().name()) + ", is not a compute",
              "expected exactly one compute, as the last node");
    }
  }
}
