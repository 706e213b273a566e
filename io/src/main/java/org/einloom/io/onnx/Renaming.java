package org.einloom.io.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.NodeProto;

/** A copy of a graph inside a node whose own values have other names: those around it stay. */
final class Renaming {
  /** Told of the nodes of a copy before they are made. */
  @FunctionalInterface
  interface Count {
    void add(long nodes) throws Unknown;
  }

  private final String prefix;

  private Renaming(String prefix) {
    this.prefix = prefix;
  }

  static GraphProto of(GraphProto graph, String prefix, Count count) throws Unknown {
    count.add(1 + nodes(graph)); // an empty step is one, too
    return new Renaming(prefix).graph(graph, new HashMap<>());
  }

  private static long nodes(GraphProto graph) {
    long nodes = graph.getNodeCount();
    for (NodeProto node : graph.getNodeList()) {
      for (AttributeProto a : node.getAttributeList()) {
        for (GraphProto inner : graphs(a)) {
          nodes += nodes(inner);
        }
      }
    }
    return nodes;
  }

  private static List<GraphProto> graphs(AttributeProto attribute) {
    var graphs = new ArrayList<>(attribute.getGraphsList());
    if (attribute.hasG()) {
      graphs.add(attribute.getG());
    }
    return graphs;
  }

  private GraphProto graph(GraphProto graph, Map<String, String> outer) {
    Map<String, String> names = new HashMap<>(outer);
    graph.getInputList().forEach(v -> own(v.getName(), names));
    graph.getInitializerList().forEach(t -> own(t.getName(), names));
    graph.getSparseInitializerList().forEach(t -> own(t.getValues().getName(), names));
    graph.getNodeList().forEach(n -> n.getOutputList().forEach(o -> own(o, names)));
    GraphProto.Builder copy = graph.toBuilder();
    copy.getInputBuilderList().forEach(v -> v.setName(named(v.getName(), names)));
    copy.getOutputBuilderList().forEach(v -> v.setName(named(v.getName(), names)));
    copy.getValueInfoBuilderList().forEach(v -> v.setName(named(v.getName(), names)));
    copy.getInitializerBuilderList().forEach(t -> t.setName(named(t.getName(), names)));
    copy.getSparseInitializerBuilderList()
        .forEach(t -> t.getValuesBuilder().setName(named(t.getValues().getName(), names)));
    for (NodeProto.Builder node : copy.getNodeBuilderList()) {
      if (!node.getName().isEmpty()) {
        node.setName(prefix + node.getName());
      }
      for (int i = 0; i < node.getInputCount(); i++) {
        node.setInput(i, named(node.getInput(i), names));
      }
      for (int i = 0; i < node.getOutputCount(); i++) {
        node.setOutput(i, named(node.getOutput(i), names));
      }
      for (AttributeProto.Builder a : node.getAttributeBuilderList()) {
        if (a.hasG()) {
          a.setG(graph(a.getG(), names));
        }
        for (int i = 0; i < a.getGraphsCount(); i++) {
          a.setGraphs(i, graph(a.getGraphs(i), names));
        }
      }
    }
    return copy.build();
  }

  private void own(String name, Map<String, String> names) {
    if (!name.isEmpty()) {
      names.put(name, prefix + name);
    }
  }

  private static String named(String name, Map<String, String> names) {
    return names.getOrDefault(name, name);
  }
}
