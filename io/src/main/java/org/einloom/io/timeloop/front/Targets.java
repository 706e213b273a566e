package org.einloom.io.timeloop.front;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.einloom.io.input.Words;
import org.einloom.io.timeloop.front.Piece.Node;
import org.einloom.io.timeloop.front.Tree.Entry;
import org.einloom.io.timeloop.front.Tree.Keyed;
import org.einloom.io.timeloop.front.Tree.Leaf;
import org.einloom.io.timeloop.front.Tree.Row;

/** Brings constraints and mappings that stand apart to the nodes they are for. */
final class Targets {
  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final Map<String, Node> between = new LinkedHashMap<>();

  Targets(List<Node> all) {
    for (Node n : all) {
      nodes.put(n.name, n);
      if (n.hasFanout()) {
        between.put(n.spatialName(), n);
      }
    }
  }

  /** Adds what stands in a list of targets. */
  void attach(Tree tree, String what) {
    Tree list = tree;
    if (tree instanceof Keyed keyed) {
      list = Row.of(List.of(), tree.at(), "");
      for (Entry e : Keys.of(keyed, what, List.of("version", "targets"))) {
        if (e.key().value().equals("version")) {
          Versions.check(e.value());
        } else {
          list = e.value();
        }
      }
    }
    for (Tree item : Keys.flat(list, what)) {
      one(Keys.keyed(item, "a member of " + what), what);
    }
  }

  private void one(Keyed keyed, String what) {
    Tree typeTree = keyed.find("type");
    Tree targetTree = keyed.find("target");
    if (typeTree == null || targetTree == null) {
      throw keyed
          .at()
          .error(
              "a member of " + what + " has no " + (typeTree == null ? "type" : "target"),
              "expected, for example, 'target: GLB' and 'type: temporal'");
    }
    Leaf type = Keys.leaf(typeTree, "'type'");
    String kind = Rules.type(type.value(), type.at());
    Leaf target = Keys.leaf(targetTree, "'target'");
    String name = plain(target.value());
    Node node = nodes.get(name);
    if (node != null) {
      Node.add(node.rules, kind, Rules.of(kind, keyed, name));
      return;
    }
    Node owner = between.get(name);
    if (owner == null) {
      throw target
          .at()
          .error(
              what + " name the target " + Words.quote(target.value()) + ", which is no node",
              "expected " + Words.list(nodes.keySet()),
              Words.didYouMean(name, nodes.keySet()));
    }
    boolean spatial = kind.equals(Rules.SPATIAL);
    Node.add(spatial ? owner.rules : owner.between, kind, Rules.of(kind, keyed, name));
  }

  /** A name without its path and range. */
  private static String plain(String name) {
    int bracket = name.indexOf('[');
    String base = bracket < 0 ? name : name.substring(0, bracket);
    return base.substring(base.lastIndexOf('.') + 1);
  }
}
