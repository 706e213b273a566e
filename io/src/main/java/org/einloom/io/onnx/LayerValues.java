package org.einloom.io.onnx;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import onnx.Onnx.GraphProto;
import onnx.Onnx.NodeProto;
import org.einloom.workload.Einsum;
import org.einloom.workload.Layer;
import org.einloom.workload.Role;
import org.einloom.workload.TensorAccess;
import org.einloom.workload.Workload;

/**
 * Finds for the tensors of layers the values of the graph that they are. Only nodes that became one
 * layer, with as many operands as the Einsum has: passes in several steps work on values that the
 * graph does not name.
 */
final class LayerValues {
  static final Set<String> KEEPS_ELEMENTS =
      Set.of("Identity", "Reshape", "Flatten", "Squeeze", "Unsqueeze");

  /** Where the second operand of a quantised product stands, behind scale and zero of the first. */
  private static final Set<String> SECOND_IS_FOURTH = Set.of("QLinearConv", "QLinearMatMul");

  private LayerValues() {}

  static SequencedMap<String, SequencedMap<String, String>> of(
      GraphProto graph, Workload workload) {
    Map<String, NodeProto> nodes = new LinkedHashMap<>();
    for (NodeProto node : graph.getNodeList()) {
      nodes.putIfAbsent(name(node), node);
    }
    Set<String> constants = constants(graph);
    var layers = new LinkedHashMap<String, SequencedMap<String, String>>();
    for (Layer layer : workload.layers()) {
      NodeProto node = nodes.get(layer.name());
      if (node != null && node.getOutputCount() > 0) {
        operands(layer.einsum(), node, constants)
            .ifPresent(
                tensors -> {
                  tensors.put(layer.einsum().output().name(), node.getOutput(0));
                  layers.put(layer.name(), tensors);
                });
      }
    }
    return layers;
  }

  /** As layers are named: after the node, else its first output. */
  private static String name(NodeProto node) {
    return node.getName().isEmpty() && node.getOutputCount() > 0
        ? node.getOutput(0)
        : node.getName();
  }

  private static Optional<SequencedMap<String, String>> operands(
      Einsum einsum, NodeProto node, Set<String> constants) {
    List<String> inputs = node.getInputList();
    int second = SECOND_IS_FOURTH.contains(node.getOpType()) ? 3 : 1;
    var names = new LinkedHashMap<String, String>();
    List<TensorAccess> operands = einsum.operands();
    if (operands.size() == 1 && !inputs.isEmpty()) {
      names.put(operands.getFirst().name(), inputs.getFirst());
      return Optional.of(names);
    }
    if (operands.size() != 2 || inputs.size() <= second) {
      return Optional.empty();
    }
    String a = inputs.getFirst();
    String b = inputs.get(second);
    // the constant operand is the weight, of two activations or constants the second
    boolean swapped = constants.contains(a) && !constants.contains(b);
    for (TensorAccess t : operands) {
      boolean weight = t.role() == Role.WEIGHT;
      names.put(t.name(), a.equals(b) || weight == swapped ? a : b);
    }
    boolean bothRoles =
        operands.getFirst().role() != operands.getLast().role()
            || operands.getFirst().tensor().equals(operands.getLast().tensor());
    return bothRoles ? Optional.of(names) : Optional.empty();
  }

  /** Values that are computed from no input of the graph. */
  private static Set<String> constants(GraphProto graph) {
    Set<String> constants = new HashSet<>();
    graph.getInitializerList().forEach(t -> constants.add(t.getName()));
    graph.getSparseInitializerList().forEach(t -> constants.add(t.getValues().getName()));
    for (NodeProto node : graph.getNodeList()) {
      boolean constant =
          node.getInputCount() == 0
              ? node.getOpType().equals("Constant")
              : node.getInputList().stream().allMatch(i -> i.isEmpty() || constants.contains(i));
      if (constant) {
        constants.addAll(node.getOutputList());
      }
    }
    return constants;
  }
}
