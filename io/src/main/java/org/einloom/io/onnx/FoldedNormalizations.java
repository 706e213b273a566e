package org.einloom.io.onnx;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.ValueInfoProto;

/**
 * Batch normalisations that inference folds into the weights before them: of a convolution or
 * {@code Gemm} whose result nothing else reads. What is left is the shift, the bias of that
 * product; where it has one already they are one.
 *
 * @param biased results of normalisations that become the bias of a product without one
 * @param silent results of those that become part of a bias
 */
record FoldedNormalizations(Set<String> biased, Set<String> silent) {
  private static final Set<String> PRODUCTS = Set.of("Conv", "ConvTranspose", "Gemm");

  /** Those of one graph. */
  static FoldedNormalizations of(GraphProto graph) {
    Map<String, NodeProto> products = new HashMap<>();
    Map<String, Integer> uses = new HashMap<>();
    count(graph, uses);
    for (NodeProto node : graph.getNodeList()) {
      if (PRODUCTS.contains(Node.operator(node)) && node.getOutputCount() > 0) {
        products.put(node.getOutput(0), node);
      }
    }
    Set<String> biased = new HashSet<>();
    Set<String> silent = new HashSet<>();
    for (NodeProto node : graph.getNodeList()) {
      if (!Node.operator(node).equals("BatchNormalization")
          || node.getInputCount() == 0
          || node.getOutputCount() == 0
          || uses.getOrDefault(node.getInput(0), 0) != 1
          || isTraining(node)) {
        continue;
      }
      NodeProto product = products.get(node.getInput(0));
      if (product != null) {
        boolean hasBias = product.getInputCount() > 2 && !product.getInput(2).isEmpty();
        (hasBias ? silent : biased).add(node.getOutput(0));
      }
    }
    return new FoldedNormalizations(Set.copyOf(biased), Set.copyOf(silent));
  }

  private static boolean isTraining(NodeProto node) {
    return node.getAttributeList().stream()
        .anyMatch(a -> a.getName().equals("training_mode") && a.getI() != 0);
  }

  /** How often values are read, by nodes, by graphs inside them, and as results. */
  private static void count(GraphProto graph, Map<String, Integer> uses) {
    for (NodeProto node : graph.getNodeList()) {
      node.getInputList().forEach(input -> uses.merge(input, 1, Integer::sum));
      for (AttributeProto attribute : node.getAttributeList()) {
        attribute.getGraphsList().forEach(inner -> count(inner, uses));
        if (attribute.hasG()) {
          count(attribute.getG(), uses);
        }
      }
    }
    for (ValueInfoProto output : graph.getOutputList()) {
      uses.merge(output.getName(), 1, Integer::sum);
    }
  }
}
