package org.einloom.io.timeloop.front;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;
import org.einloom.io.timeloop.front.Piece.Branch;
import org.einloom.io.timeloop.front.Piece.Node;
import org.einloom.io.timeloop.front.Tree.Entry;
import org.einloom.io.timeloop.front.Tree.Keyed;
import org.einloom.io.timeloop.front.Tree.Leaf;

/** Reads the tree under {@code architecture: nodes}. */
final class NodeReader {
  private static final int MOST_NODES = 1_000;
  private static final List<String> CONTAINER =
      List.of(
          "name",
          "attributes",
          "spatial",
          "constraints",
          "enabled",
          "networks",
          "sparse_optimizations");
  static final List<String> COMPONENT =
      List.of(
          "name",
          "class",
          "subclass",
          "attributes",
          "spatial",
          "constraints",
          "enabled",
          "required_actions",
          "area_scale",
          "energy_scale",
          "sparse_optimizations");

  private final Map<String, Position> names = new HashMap<>();
  private int count;

  /** The whole of it. */
  static Branch read(Keyed architecture) {
    for (Entry e : Keys.of(architecture, "'architecture'", List.of("version", "nodes", "name"))) {
      if (e.key().value().equals("version")) {
        Versions.check(e.value());
      }
    }
    Tree nodes = architecture.find("nodes");
    if (nodes == null) {
      throw architecture.at().error("'architecture' has no nodes", "expected 'nodes: [...]'");
    }
    Branch all = new NodeReader().branch(nodes, false, false);
    if (all.nodes().isEmpty()) {
      throw nodes.at().error("the architecture has no nodes", "expected '- !Component' and others");
    }
    return all;
  }

  private Branch branch(Tree nodes, boolean parallel, boolean beside) {
    List<Piece> pieces = new ArrayList<>();
    for (Tree item : Keys.flat(nodes, "'nodes'")) {
      pieces.add(piece(item, parallel || beside));
    }
    return new Branch(parallel, pieces, nodes.at());
  }

  private Piece piece(Tree item, boolean beside) {
    if (++count > MOST_NODES) {
      throw item.at().error("more than " + MOST_NODES + " nodes", "use 'spatial' for what repeats");
    }
    String tag = item.tag();
    if (!Tags.NODES.contains(tag)) {
      throw item.at()
          .error(
              "a node has no tag",
              "expected one of " + String.join(", ", Tags.NODES) + " before it");
    }
    Keyed keyed = Keys.keyed(item, "a " + tag + " node");
    if (tag.equals("!Parallel") || tag.equals("!Hierarchical")) {
      Keys.of(keyed, "a " + tag + " node", List.of("nodes", "name"));
      Tree nodes = keyed.find("nodes");
      if (nodes == null || nodes instanceof Leaf) {
        throw item.at().error("a " + tag + " node has no nodes", "expected 'nodes: [...]'");
      }
      return branch(nodes, tag.equals("!Parallel"), beside);
    }
    String name = name(keyed, tag);
    Keys.of(keyed, tag + " '" + name + "'", tag.equals("!Container") ? CONTAINER : COMPONENT);
    return new Node(tag, name, keyed, item.at(), beside);
  }

  private String name(Keyed keyed, String tag) {
    Tree tree = keyed.find("name");
    if (tree == null) {
      if (tag.equals("!Nothing")) {
        return "nothing";
      }
      throw keyed.at().error("a " + tag + " node has no name", "expected 'name: ...'");
    }
    Leaf leaf = Keys.leaf(tree, "'name'");
    String name = leaf.value();
    if (!name.matches("[A-Za-z_][A-Za-z0-9_.\\-]{0,199}")) {
      throw leaf.at()
          .error(
              "the name " + Words.quote(name) + " of a node",
              "expected letters, digits and '_', without a range: write 'spatial' for that");
    }
    Position first = names.putIfAbsent(name, leaf.at());
    if (first != null && !tag.equals("!Nothing")) {
      throw leaf.at().error("a second node named " + Words.quote(name), "the first is at " + first);
    }
    return name;
  }
}
