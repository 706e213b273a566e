package org.einloom.io.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.ValueInfoProto;

/**
 * Values that decide which branch of an {@code If} is taken and nothing else, and what only they
 * are made of. Whoever starts the layers decides that, not the hardware that computes them: no
 * layer is made of it.
 *
 * @param names of the values
 */
record Conditions(Set<String> names) {
  static final Conditions NONE = new Conditions(Set.of());

  /** Those of one graph. */
  static Conditions of(GraphProto graph) {
    if (graph.getNodeList().stream().noneMatch(n -> Node.operator(n).equals("If"))) {
      return NONE;
    }
    Map<String, List<NodeProto>> readers = new HashMap<>();
    Set<String> elsewhere = new HashSet<>();
    for (NodeProto node : graph.getNodeList()) {
      node.getInputList()
          .forEach(i -> readers.computeIfAbsent(i, n -> new ArrayList<>()).add(node));
      node.getAttributeList().forEach(a -> inside(a, elsewhere));
    }
    graph.getOutputList().stream().map(ValueInfoProto::getName).forEach(elsewhere::add);
    Set<String> names = new HashSet<>();
    for (int index : GraphOrder.of(graph.getNodeList()).reversed()) {
      for (String output : graph.getNode(index).getOutputList()) {
        List<NodeProto> by = readers.getOrDefault(output, List.of());
        boolean decides =
            by.stream()
                .allMatch(
                    n -> Node.operator(n).equals("If") || names.containsAll(n.getOutputList()));
        if (!by.isEmpty() && decides && !elsewhere.contains(output)) {
          names.add(output);
        }
      }
    }
    return new Conditions(Set.copyOf(names));
  }

  /** What graphs inside a node read. */
  static void inside(AttributeProto attribute, Set<String> names) {
    var graphs = new ArrayList<GraphProto>(attribute.getGraphsList());
    if (attribute.hasG()) {
      graphs.add(attribute.getG());
    }
    for (GraphProto graph : graphs) {
      for (NodeProto node : graph.getNodeList()) {
        names.addAll(node.getInputList());
        node.getAttributeList().forEach(a -> inside(a, names));
      }
      graph.getOutputList().stream().map(ValueInfoProto::getName).forEach(names::add);
    }
  }
}
