package org.einloom.io.timeloop.front;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.einloom.io.timeloop.Remark;
import org.einloom.io.timeloop.front.Piece.Branch;
import org.einloom.io.timeloop.front.Piece.Node;

/**
 * The levels that the nodes are, outermost first. Before the instances of a fanout a level is put
 * that keeps nothing, as Timeloop's front end does: the loops over these instances are its.
 */
final class Levels {
  private static final List<String> COMPUTE = List.of("mac", "compute");
  private static final List<String> STORAGE =
      List.of("DRAM", "SRAM", "regfile", "smartbuffer", "storage");
  private static final List<String> NETWORKS =
      List.of("XY_NoC", "Legacy", "ReductionTree", "SimpleMulticast");

  private final Environment environment;
  private final NodeValues values;
  private final Tensors tensors;
  private final Keeps keeps;
  private final List<Remark> remarks;
  private final List<NativeLevel> levels = new ArrayList<>();
  private final Map<Node, Map<String, Loops>> loops = new LinkedHashMap<>();

  Levels(Environment environment, NodeValues values, Tensors tensors, List<Remark> remarks) {
    this.environment = environment;
    this.values = values;
    this.tensors = tensors;
    this.keeps = new Keeps(tensors);
    this.remarks = remarks;
  }

  List<NativeLevel> of(Branch architecture) {
    keeps.resolve(architecture);
    List<Node> nodes = architecture.nodes();
    for (Node node : nodes) {
      Map<String, Loops> own = new LinkedHashMap<>();
      for (String type : List.of(Rules.SPATIAL, Rules.TEMPORAL)) {
        Rules rules = node.rules.get(type);
        if (rules != null) {
          own.put(type, new Loops(rules, values.scope(node), environment, tensors));
        }
      }
      loops.put(node, own);
    }
    maximize(nodes);
    long meshX = 1;
    long meshY = 1;
    for (Node node : nodes) {
      if (!node.enabled || node.tag.equals("!Nothing")) {
        continue;
      }
      if (node.hasFanout()) {
        if (node.beside) {
          throw node.at.error(
              "'" + node.name + "' has instances inside '!Parallel'",
              "expected 'spatial' before '!Parallel', where it holds for everything below");
        }
        levels.add(between(node, meshX, meshY));
        meshX = Meshes.product(meshX, node.meshX, node.at);
        meshY = Meshes.product(meshY, node.meshY, node.at);
        Meshes.product(meshX, meshY, node.at);
      }
      if (node.isComponent()) {
        levels.add(component(node, meshX, meshY));
      } else {
        unused(node);
      }
    }
    checkEnd(nodes);
    return levels;
  }

  private void maximize(List<Node> nodes) {
    List<Loops> all = loops.values().stream().flatMap(m -> m.values().stream()).toList();
    var maximizer = new Maximizer(environment.sizes(), tensors.all(), all);
    for (String type : List.of(Rules.SPATIAL, Rules.TEMPORAL)) {
      for (Node node : nodes.reversed()) {
        Loops l = Objects.requireNonNull(loops.get(node)).get(type);
        if (l == null || l.rules.find("maximize_dims") == null) {
          continue;
        }
        Tree capacity = l.rules.find("maximize_dims_capacity");
        if (capacity == null && type.equals(Rules.TEMPORAL)) {
          throw l.rules
              .at()
              .error(
                  "'maximize_dims' of temporal constraints has no capacity",
                  "expected 'maximize_dims_capacity: ...' beside it");
        }
        maximizer.maximize(
            l,
            capacity == null
                ? Meshes.product(node.meshX, node.meshY, node.at)
                : environment.expressions.whole(capacity, "'maximize_dims_capacity'", 1, l.scope));
      }
    }
  }

  /** The level before the instances of a fanout: no loops in time, no tensors. */
  private NativeLevel between(Node node, long meshX, long meshY) {
    Map<String, Loops> own = new LinkedHashMap<>();
    Loops spatial = Objects.requireNonNull(loops.get(node)).get(Rules.SPATIAL);
    if (spatial != null && !spatial.rules.isEmpty()) {
      own.put(Rules.SPATIAL, spatial);
    }
    String what = "the temporal constraints of '" + node.spatialName() + "'";
    Rules given = node.between.get(Rules.TEMPORAL);
    Rules rules = given == null ? new Rules(Rules.TEMPORAL, what, Map.of(), node.at) : given;
    var temporal = new Loops(rules, values.scope(node), environment, tensors);
    for (String d : tensors.all()) {
      temporal.add(d, 1, node.at);
    }
    own.put(Rules.TEMPORAL, temporal);
    Rules tensorRules = node.between.get(Rules.DATASPACE);
    Keeps.Choice choice = tensorRules == null ? new Keeps.Choice(node) : keeps.read(tensorRules);
    for (String tensor : tensors.dimensions().keySet()) {
      choice.bypass(tensor, node.at);
    }
    return new NativeLevel(
        node.spatialName(), node, true, meshX, meshY, own, choice, limits(node.between), node.at);
  }

  private NativeLevel component(Node node, long meshX, long meshY) {
    String type = Keys.leaf(required(node, "class"), "'class' of '" + node.name + "'").value();
    checkClass(node, type);
    Map<String, Loops> own = new LinkedHashMap<>(Objects.requireNonNull(loops.get(node)));
    if (node.hasFanout()) {
      own.remove(Rules.SPATIAL);
    }
    Keeps.Choice choice = keeps.choice(node);
    boolean says = !choice.keep.isEmpty() || !choice.bypass.isEmpty();
    return new NativeLevel(
        node.name,
        node,
        false,
        meshX,
        meshY,
        own,
        says ? choice : null,
        limits(node.rules),
        node.at);
  }

  private static List<Rules> limits(Map<String, Rules> rules) {
    return rules.values().stream()
        .filter(r -> !List.of(Rules.SPATIAL, Rules.TEMPORAL, Rules.DATASPACE).contains(r.type()))
        .filter(r -> !r.isEmpty())
        .toList();
  }

  private static Tree required(Node node, String key) {
    Tree tree = node.tree.find(key);
    if (tree == null) {
      throw node.at.error(
          "'" + node.name + "' has no '" + key + "'", "expected, for example, 'class: SRAM'");
    }
    return tree;
  }

  private static void checkClass(Node node, String type) {
    Tree at = required(node, "class");
    if (NETWORKS.stream().anyMatch(type::contains)) {
      throw at.at().error("networks as '" + type + "' are not supported in these files");
    }
    if (STORAGE.stream().noneMatch(type::contains) && COMPUTE.stream().noneMatch(type::contains)) {
      throw at.at()
          .error(
              "the class '" + type + "' of '" + node.name + "' says neither storage nor compute",
              "expected one with "
                  + String.join(", ", STORAGE)
                  + ", mac or compute in its name; the class for energies goes into 'subclass'");
    }
  }

  private void unused(Node node) {
    node.rules.forEach(
        (type, rules) -> {
          boolean used =
              switch (type) {
                case Rules.SPATIAL -> node.hasFanout();
                case Rules.DATASPACE -> node.beside;
                default -> false;
              };
          if (!used && !rules.isEmpty()) {
            remarks.add(
                new Remark(
                    rules.at(),
                    rules.what()
                        + " have no meaning: a container has "
                        + (type.equals(Rules.SPATIAL)
                            ? "one instance here"
                            : "loops in space only")));
          }
        });
  }

  private void checkEnd(List<Node> nodes) {
    NativeLevel last = levels.isEmpty() ? null : levels.getLast();
    Node node = last == null || last.between() ? null : last.node();
    String type = node == null ? "" : Keys.leaf(required(node, "class"), "'class'").value();
    if (COMPUTE.stream().noneMatch(type::contains)) {
      throw nodes
          .getLast()
          .at
          .error(
              "the last node is no compute",
              "expected a '!Component' with 'mac' or 'compute' in its class");
    }
  }
}
