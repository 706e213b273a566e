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
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorProto.DataType;
import onnx.Onnx.ValueInfoProto;

/**
 * Which values a graph quantises as soon as they are made: all that reads them is {@code
 * QuantizeLinear} to one type, at once or behind operators that only move words or cut them off.
 * Who makes such a value writes integers: quantising is the last step of the sum, as in the
 * operators that take integers.
 *
 * @param types element types that values are written in, by name; of values that an operator
 *     computes, so that there is somebody to write them
 */
record StoredResults(Map<String, Integer> types) {
  static final StoredResults NONE = new StoredResults(Map.of());

  /** Operators after which quantising comes to the same as before them. */
  private static final Set<String> MONOTONE = Set.of("Clip", "Relu");

  /** Those of one graph. */
  static StoredResults of(GraphProto graph) {
    if (graph.getNodeList().stream().noneMatch(n -> StoredTypes.isQuantize(Node.operator(n)))) {
      return NONE;
    }
    Map<String, Integer> constants = constants(graph);
    Map<String, List<NodeProto>> readers = new HashMap<>();
    Map<String, NodeProto> makers = new HashMap<>();
    Set<String> elsewhere = new HashSet<>();
    for (NodeProto node : graph.getNodeList()) {
      for (int i = 0; i < node.getInputCount(); i++) {
        readers.computeIfAbsent(node.getInput(i), n -> new ArrayList<>()).add(node);
      }
      node.getOutputList().forEach(o -> makers.put(o, node));
      node.getAttributeList().forEach(a -> Conditions.inside(a, elsewhere));
    }
    graph.getOutputList().stream().map(ValueInfoProto::getName).forEach(elsewhere::add);
    Map<String, Integer> types = new HashMap<>();
    List<Integer> order = GraphOrder.of(graph.getNodeList()).reversed();
    for (int index : order) {
      for (String output : graph.getNode(index).getOutputList()) {
        int type = elsewhere.contains(output) ? 0 : type(output, readers, types, constants);
        if (type != 0) {
          types.put(output, type);
        }
      }
    }
    types.keySet().removeIf(value -> !isComputed(value, makers));
    return new StoredResults(Map.copyOf(types));
  }

  private static int type(
      String value,
      Map<String, List<NodeProto>> readers,
      Map<String, Integer> types,
      Map<String, Integer> constants) {
    int common = 0;
    for (NodeProto reader : readers.getOrDefault(value, List.of())) {
      int type = typeBehind(value, reader, types, constants);
      if (type == 0 || (common != 0 && common != type)) {
        return 0;
      }
      common = type;
    }
    return common;
  }

  private static int typeBehind(
      String value, NodeProto reader, Map<String, Integer> types, Map<String, Integer> constants) {
    String operator = Node.operator(reader);
    if (!reader.getInput(0).equals(value) && !operator.equals("Concat")) {
      return 0; // it is a scale, an index, ...
    }
    if (StoredTypes.isQuantize(operator)) {
      return quantised(reader, constants);
    }
    if (!MONOTONE.contains(operator) && (!StoredTypes.moves(operator) || isCast(operator))) {
      return 0;
    }
    List<Integer> behind =
        reader.getOutputList().stream()
            .filter(o -> !o.isEmpty())
            .map(o -> types.getOrDefault(o, 0))
            .distinct()
            .toList();
    return behind.size() == 1 ? behind.get(0) : 0;
  }

  private static boolean isCast(String operator) {
    return operator.startsWith("Cast");
  }

  /** The type that a {@code QuantizeLinear} makes: that of its zero point, or its attribute's. */
  private static int quantised(NodeProto node, Map<String, Integer> constants) {
    if (node.getInputCount() > 2 && !node.getInput(2).isEmpty()) {
      return constants.getOrDefault(node.getInput(2), 0);
    }
    for (AttributeProto attribute : node.getAttributeList()) {
      if (attribute.getName().equals("output_dtype") && attribute.getI() != 0) {
        return (int) attribute.getI();
      }
    }
    return DataType.UINT8_VALUE;
  }

  /** Whether a value is computed, words and all, and not just taken from elsewhere. */
  @SuppressWarnings("ReferenceEquality") // FREE is one rule, known by itself
  private static boolean isComputed(String value, Map<String, NodeProto> makers) {
    String at = value;
    for (NodeProto maker = makers.get(at); maker != null; maker = makers.get(at)) {
      String operator = Node.operator(maker);
      if (StoredTypes.isDequantize(operator) || operator.equals("Constant")) {
        return false;
      }
      boolean free = PassRules.of(operator) == PassRule.FREE;
      if (!free || maker.getInputCount() == 0) {
        return true;
      }
      at = maker.getInput(0);
    }
    return false;
  }

  private static Map<String, Integer> constants(GraphProto graph) {
    Map<String, Integer> types = new HashMap<>();
    for (TensorProto tensor : graph.getInitializerList()) {
      types.put(tensor.getName(), tensor.getDataType());
    }
    for (int index : GraphOrder.of(graph.getNodeList())) {
      NodeProto node = graph.getNode(index);
      if (node.getOutputCount() == 0) {
        continue;
      }
      if (node.getOpType().equals("Constant")) {
        node.getAttributeList().stream()
            .filter(AttributeProto::hasT)
            .forEach(a -> types.put(node.getOutput(0), a.getT().getDataType()));
      } else if (node.getOpType().equals("Identity") && node.getInputCount() == 1) {
        types.put(node.getOutput(0), types.getOrDefault(node.getInput(0), 0));
      }
    }
    return types;
  }
}
