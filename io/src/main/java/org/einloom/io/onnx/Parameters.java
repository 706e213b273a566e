package org.einloom.io.onnx;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import org.einloom.workload.Checked;

/**
 * Counts the trained parameters of a graph: the elements of its floating-point initialisers, of
 * quantised ones where an operator takes them as weights, and of constants of more than one
 * element, as far as a node uses them, without those that are no parameters (statistics of batch
 * normalisation, bounds, scales, ratios).
 *
 * <p>PyTorch writes initialisers of equal contents once and lets {@code Identity} give them their
 * other names; each name counts, as it is a parameter of its own in training. Batch normalisation
 * that the exporter has folded into a convolution is gone from the file: what is left of its scale
 * and shift is the bias of the convolution.
 */
final class Parameters {
  /** Inputs that hold no trained parameter, by operator. */
  private static final Map<String, Set<Integer>> NO_PARAMETER =
      Map.ofEntries(
          Map.entry("BatchNormalization", Set.of(3, 4)),
          Map.entry("Clip", Set.of(1, 2)),
          Map.entry("Dropout", Set.of(1, 2)),
          Map.entry("QuantizeLinear", Set.of(1, 2)),
          Map.entry("DequantizeLinear", Set.of(1, 2)),
          Map.entry("QLinearConv", Set.of(1, 2, 4, 5, 6, 7)),
          Map.entry("QLinearMatMul", Set.of(1, 2, 4, 5, 6, 7)),
          Map.entry(ProjectedAttention.QUANTISED, Set.of(3, 4, 6, 7)),
          Map.entry(FusedProducts.DYNAMIC, Set.of(2, 3)),
          Map.entry(FusedProducts.MATMUL_NBITS, Set.of(2, 3, 4)),
          Map.entry("RotaryEmbedding", Set.of(1, 2)),
          Map.entry("com.microsoft::RotaryEmbedding", Set.of(2, 3)),
          Map.entry(FusedAttention.GROUP_QUERY, Set.of(7, 8)),
          Map.entry("Pad", Set.of(2)),
          Map.entry("Range", Set.of(0, 1, 2)),
          Map.entry("Resize", Set.of(1, 2)),
          Map.entry("Upsample", Set.of(1)),
          Map.entry("OneHot", Set.of(2)));

  /** Inputs that hold trained parameters of any element type, by operator. */
  private static final Map<String, Set<Integer>> QUANTISED =
      Map.of(
          "DequantizeLinear",
          Set.of(0),
          "ConvInteger",
          Set.of(1),
          "MatMulInteger",
          Set.of(1),
          "QLinearConv",
          Set.of(3, 8),
          "QLinearMatMul",
          Set.of(3),
          ProjectedAttention.QUANTISED,
          Set.of(1),
          FusedProducts.DYNAMIC,
          Set.of(1),
          FusedProducts.MATMUL_NBITS,
          Set.of(1));

  private final Map<String, TensorProto> tensors = new HashMap<>();
  private final Set<String> used = new HashSet<>();
  private long elements;

  private Parameters() {}

  static long count(GraphProto graph) {
    var parameters = new Parameters();
    parameters.add(graph);
    return parameters.elements;
  }

  private void add(GraphProto graph) {
    graph.getInitializerList().forEach(t -> tensors.put(t.getName(), t));
    for (NodeProto node : graph.getNodeList()) {
      define(node);
    }
    for (NodeProto node : graph.getNodeList()) {
      String operator = Node.operator(node);
      for (int i = 0; i < node.getInputCount(); i++) {
        TensorProto tensor = tensors.get(node.getInput(i));
        if (tensor != null && isParameter(operator, i, tensor) && used.add(node.getInput(i))) {
          elements = Checked.add(elements, words(node, i, tensor), "the number of parameters");
        }
      }
      for (AttributeProto attribute : node.getAttributeList()) {
        attribute.getGraphsList().forEach(this::add);
        if (attribute.hasG()) {
          add(attribute.getG());
        }
      }
    }
  }

  /** Other names of tensors, and tensors that a node holds. */
  private void define(NodeProto node) {
    if (node.getOutputCount() == 0 || tensors.containsKey(node.getOutput(0))) {
      return;
    }
    if (node.getOpType().equals("Identity") && node.getInputCount() == 1) {
      TensorProto same = tensors.get(node.getInput(0));
      if (same != null) {
        tensors.put(node.getOutput(0), same);
      }
    } else if (node.getOpType().equals("Constant")) {
      for (AttributeProto attribute : node.getAttributeList()) {
        if (attribute.hasT() && new Shape(attribute.getT().getDimsList()).elements() > 1) {
          tensors.put(node.getOutput(0), attribute.getT());
        }
      }
    }
  }

  /** Its elements; of weights that are packed into bytes, what the bytes stand for. */
  private static long words(NodeProto node, int input, TensorProto tensor) {
    if (Node.operator(node).equals(FusedProducts.MATMUL_NBITS) && input == 1) {
      Node packed = new Node(node, List.of(), 1);
      return Checked.multiply(
          Math.max(0, packed.integer("K", 0)),
          Math.max(0, packed.integer("N", 0)),
          "the number of parameters");
    }
    return new Shape(tensor.getDimsList()).elements();
  }

  private static boolean isParameter(String operator, int input, TensorProto tensor) {
    if (QUANTISED.getOrDefault(operator, Set.of()).contains(input)) {
      return true;
    }
    return !operator.equals("Identity")
        && ElementType.isReal(tensor.getDataType())
        && !NO_PARAMETER.getOrDefault(operator, Set.of()).contains(input);
  }
}
