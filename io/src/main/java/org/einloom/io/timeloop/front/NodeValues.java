package org.einloom.io.timeloop.front;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.einloom.io.input.Words;
import org.einloom.io.timeloop.Remark;
import org.einloom.io.timeloop.front.Piece.Attribute;
import org.einloom.io.timeloop.front.Piece.Node;
import org.einloom.io.timeloop.front.Tree.Entry;
import org.einloom.io.timeloop.front.Tree.Keyed;
import org.einloom.io.timeloop.front.Tree.Leaf;
import org.einloom.io.timeloop.template.Scope;
import org.einloom.io.timeloop.template.Value;

/**
 * Computes what stands in nodes, one after the other. An expression sees variables, the attributes
 * of the containers around it, the nodes before its own, and what stands before it in its own.
 */
final class NodeValues {
  private static final List<String> MESH = List.of("meshX", "meshY");
  private static final long LARGEST_MESH = 1L << 40;

  private final Environment environment;
  private final List<Remark> remarks;
  private final Map<String, Attribute> containers = new LinkedHashMap<>();
  private final Scope all;
  private final Map<Node, Scope> scopes = new LinkedHashMap<>();

  NodeValues(Environment environment, List<Node> nodes, List<Remark> remarks) {
    this.environment = environment;
    this.remarks = remarks;
    this.all = new Scope(environment.scope);
    nameSpecification();
    for (Node node : nodes) {
      if (all.find(node.name) == null) {
        String below = "'" + node.name + "' is a node further down; expressions see those above";
        all.set(node.name, new Value.Undefined(below, false));
      }
    }
  }

  /** {@code spec.architecture.find('PE')} is what {@code PE} is. */
  private void nameSpecification() {
    Value find =
        new Value.Callable(
            "find",
            (a, at) -> {
              String name = a.single(at);
              Value node = all.find(name);
              if (node instanceof Value.Table t) {
                return t;
              }
              throw at.error(
                  "there is no node " + Words.quote(name) + " above", "expected the name of one");
            });
    Value architecture = Value.Table.named(Map.of("find", find));
    Map<String, Value> spec = new LinkedHashMap<>();
    spec.put("architecture", architecture);
    for (String name : List.of(TopLevel.PROBLEM, TopLevel.VARIABLES)) {
      spec.put(name, java.util.Objects.requireNonNull(environment.scope.find(name)));
    }
    all.set("architecture", architecture);
    all.set("spec", Value.Table.named(spec));
    all.set("specification", Value.Table.named(spec));
  }

  /** Fills in meshes, attributes and constraints of a node. */
  void compute(Node node) {
    var scope = new Scope(all);
    containers.forEach((name, a) -> scope.set(name, a.value()));
    scope.set("attributes", Value.Table.named(values(containers)));
    scopes.put(node, scope);
    Expressions expressions = environment.expressions;
    for (Entry e : Keys.of(node.tree)) {
      switch (e.key().value()) {
        case "name", "class", "subclass" ->
            scope.set(e.key().value(), new Value.Text(Keys.leaf(e.value(), "a name").value()));
        case "spatial" -> mesh(node, e, scope);
        case "attributes" -> attributes(node, e, scope);
        case "enabled" ->
            node.enabled = expressions.truth(e.value(), "'enabled' of '" + node.name + "'", scope);
        case "constraints" -> rules(node, e);
        case "networks" -> refuse(node, e);
        case "sparse_optimizations" -> {
          if (!node.isComponent()) {
            refuse(node, e);
          }
        }
        default -> {}
      }
    }
    node.inherited.putAll(containers);
    if (node.isContainer() && node.enabled && !node.beside) {
      containers.putAll(node.attributes);
    }
    all.set(node.name, table(node));
  }

  /** What expressions in the constraints of a node see. */
  Scope scope(Node node) {
    return java.util.Objects.requireNonNull(scopes.get(node));
  }

  private static void refuse(Node node, Entry e) {
    boolean empty =
        switch (e.value()) {
          case Leaf l -> l.isNull();
          case Keyed k -> k.entries().isEmpty();
          case Tree.Row r -> r.items().isEmpty();
        };
    if (!empty) {
      throw e.key().at().error("'" + e.key().value() + "' of '" + node.name + "' is not supported");
    }
  }

  private void mesh(Node node, Entry entry, Scope scope) {
    String what = "'spatial' of '" + node.name + "'";
    for (Entry e : Keys.of(Keys.keyed(entry.value(), what), what, MESH)) {
      String key = e.key().value();
      long size =
          environment.expressions.whole(
              e.value(), "'" + key + "' of '" + node.name + "'", 1, scope);
      if (size > LARGEST_MESH) {
        throw e.value().at().error("'" + key + "' of '" + node.name + "' is larger than 2^40");
      }
      scope.set(key, new Value.Int(size));
      if (key.equals("meshX")) {
        node.meshX = size;
      } else {
        node.meshY = size;
      }
    }
    scope.set("spatial", spatial(node));
    scope.set("get_fanout", fanout(node));
    scope.set(node.name, table(node));
  }

  private void attributes(Node node, Entry entry, Scope scope) {
    var inner = new Scope(scope);
    String what = "'attributes' of '" + node.name + "'";
    for (Entry e : Keys.of(Keys.keyed(entry.value(), what))) {
      String key = e.key().value();
      if (MESH.contains(key)) {
        remarks.add(
            new Remark(
                e.key().at(),
                "'"
                    + key
                    + "' among attributes has no meaning here; 'spatial' says how many there are"));
        continue;
      }
      Value value = environment.expressions.attribute(key, e.value(), inner);
      node.attributes.put(key, new Attribute(e, value));
      inner.set(key, value);
      Map<String, Value> seen = values(containers);
      seen.putAll(values(node.attributes));
      inner.set("attributes", Value.Table.named(seen));
    }
    Map<String, Value> seen = values(containers);
    seen.putAll(values(node.attributes));
    scope.set("attributes", Value.Table.named(seen));
  }

  private static Map<String, Value> values(Map<String, Attribute> attributes) {
    Map<String, Value> values = new LinkedHashMap<>();
    attributes.forEach((name, a) -> values.put(name, a.value()));
    return values;
  }

  private static void rules(Node node, Entry entry) {
    String what = "'constraints' of '" + node.name + "'";
    for (Entry e : Keys.of(Keys.keyed(entry.value(), what), what, Rules.types())) {
      String type = e.key().value();
      Keyed keyed = Keys.keyed(e.value(), "'" + type + "' of '" + node.name + "'");
      Node.add(node.rules, type, Rules.of(type, keyed, node.name));
    }
  }

  private static Value spatial(Node node) {
    return Value.Table.named(
        Map.of("meshX", new Value.Int(node.meshX), "meshY", new Value.Int(node.meshY)));
  }

  private static Value fanout(Node node) {
    return new Value.Callable(
        "get_fanout", (a, at) -> new Value.Int(Meshes.product(node.meshX, node.meshY, at)));
  }

  private static Value table(Node node) {
    return Value.Table.named(
        Map.of(
            "name",
            new Value.Text(node.name),
            "attributes",
            Value.Table.named(values(node.attributes)),
            "spatial",
            spatial(node),
            "get_fanout",
            fanout(node)));
  }
}
