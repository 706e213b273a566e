package org.einloom.io.onnx;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.NodeProto;
import org.einloom.io.input.Words;
import org.einloom.workload.Einsum;
import org.einloom.workload.Layer;
import org.einloom.workload.Workload.NotCosted;

/** What the walk through a graph has found so far: layers, and operators that are not costed. */
final class Tally {
  private static final int MAX_NAME = 250;

  private final List<Layer> layers = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final Map<String, Long> notCosted = new TreeMap<>();
  private final Provenance provenance = new Provenance();

  /** A name for the layer that no other has: the node's, else its first output's. */
  String name(NodeProto node) {
    return unique(base(node));
  }

  private static String base(NodeProto node) {
    String base =
        shown(
            !node.getName().isEmpty() || node.getOutputCount() == 0
                ? node.getName()
                : node.getOutput(0));
    return base.isEmpty() ? shown(node.getOpType()) : base; // it may have no name at all
  }

  private String unique(String base) {
    String name = base;
    for (int i = 2; !names.add(name); i++) {
      name = base + "#" + i;
    }
    return name;
  }

  /** Names end up in tables: one line, of a length that a hostile file does not choose. */
  private static String shown(String name) {
    String printable = Words.printable(name);
    return printable.length() <= MAX_NAME ? printable : printable.substring(0, MAX_NAME) + "...";
  }

  void add(String operator, Einsum einsum) {
    layers.add(Layer.of(einsum.name(), operator, einsum));
  }

  /** Layers for the passes of a node, called after it and, of several, after what each does. */
  void add(String operator, NodeProto node, List<Pass> passes) {
    String base = "";
    for (Pass pass : passes) {
      if (base.isEmpty()) {
        base = operator.equals("Bias") ? base(node) : name(node);
      }
      provenance.pass(layers.size(), node, pass, operator.equals("Bias"));
      String name = pass.part().isEmpty() ? base : unique(base + "." + pass.part());
      Layer layer = Layer.of(name, shown(operator), pass.einsum().named(name));
      // Products of recurrent layers are operations: the MACs of the field are those of others.
      layers.add(
          RecurrentPasses.isRecurrent(operator)
              ? new Layer(name, layer.operator(), layer.einsum(), 0)
              : layer);
    }
  }

  void addNotCosted(String operator) {
    notCosted.merge(shown(operator), 1L, Long::sum);
  }

  /** Nodes in graphs that a node holds run as often as data decides: they are named, no more. */
  void addInside(String operator, NodeProto node) {
    for (AttributeProto attribute : node.getAttributeList()) {
      var graphs = new ArrayList<GraphProto>(attribute.getGraphsList());
      if (attribute.hasG()) {
        graphs.add(attribute.getG());
      }
      for (GraphProto graph : graphs) {
        for (NodeProto inner : graph.getNodeList()) {
          addNotCosted(Node.operator(inner) + " inside " + operator);
          addInside(operator, inner);
        }
      }
    }
  }

  /** The same again, that goes its own way from here. */
  Tally fork() {
    var fork = new Tally();
    fork.layers.addAll(layers);
    fork.names.addAll(names);
    fork.notCosted.putAll(notCosted);
    fork.provenance.add(provenance);
    return fork;
  }

  long macs() {
    return layers.stream().mapToLong(Layer::macs).sum();
  }

  long operations() {
    return layers.stream().mapToLong(Layer::operations).sum();
  }

  /** Which layers feed which. */
  Provenance provenance() {
    return provenance;
  }

  /** How many operators are not costed until now. */
  long others() {
    return notCosted.values().stream().mapToLong(Long::longValue).sum();
  }

  List<Layer> layers() {
    return layers;
  }

  /** In alphabetical order. */
  List<NotCosted> notCosted() {
    return notCosted.entrySet().stream().map(e -> new NotCosted(e.getKey(), e.getValue())).toList();
  }
}
