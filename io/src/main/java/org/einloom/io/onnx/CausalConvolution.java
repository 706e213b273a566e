package org.einloom.io.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.AttributeProto.AttributeType;
import org.einloom.workload.Checked;
import org.einloom.workload.InvalidSpecException;

/**
 * {@code CausalConvWithState} (https://onnx.ai/onnx/operators/onnx__CausalConvWithState.html):
 * every channel convolved on its own with positions up to its own, before which stands the state
 * that an earlier run has left, or zeros; then perhaps a function.
 */
final class CausalConvolution {
  static final String OPERATOR = "CausalConvWithState";

  private CausalConvolution() {}

  static void addTo(Map<String, PassRule> rules) {
    rules.put(OPERATOR, (node, results) -> passes(node));
  }

  static void addShapesTo(Map<String, ShapeRule> rules) {
    rules.put(
        OPERATOR,
        node -> {
          Shape input = node.shape(0);
          long kernel = kernel(node);
          return List.of(
              Value.of(node.type(0), input), Value.of(node.type(0), input.with(2, kernel - 1)));
        });
  }

  private static long kernel(Node node) throws Unknown {
    Shape input = node.shape(0);
    Shape kernel = node.shape(1);
    if (input.rank() != 3 || kernel.rank() != 3 || kernel.size(0) != input.size(1)) {
      throw new InvalidSpecException(
          "its input has shape "
              + input
              + " and its kernel "
              + kernel
              + "; expected [batch, channels, positions] and [channels, 1, taps]");
    }
    return kernel.size(2);
  }

  private static List<Pass> passes(Node node) throws Unknown {
    Shape input = node.shape(0);
    long before = kernel(node) - 1;
    boolean state = node.has(3);
    var plain = Products.as(node, "Conv", 0, 1);
    var proto = plain.proto().toBuilder().clearAttribute();
    proto.addAttribute(
        AttributeProto.newBuilder()
            .setName("group")
            .setType(AttributeType.INT)
            .setI(input.size(1)));
    if (!state) {
      proto.addAttribute(
          AttributeProto.newBuilder()
              .setName("pads")
              .setType(AttributeType.INTS)
              .addInts(before)
              .addInts(0));
    }
    plain = new Node(proto.build(), plain.inputs(), plain.opset(), plain.called(), plain.stored());
    if (state) {
      long all = Checked.add(input.size(2), before, "the positions of a convolution");
      plain = Products.shaped(plain, 0, input.with(2, all));
    }
    var passes = new ArrayList<Pass>();
    if (node.has(2)) {
      passes.add(Products.bias(node, 2));
    }
    Pass product = Products.pass(new Convolution(), plain, "product");
    String words = node.name(0);
    passes.add(
        state
            ? new Pass(
                "product",
                product.einsum(),
                product.values().stream()
                    .map(v -> v.equals(words) ? Pass.part(1, words) : v)
                    .toList())
            : product);
    String activation = node.text("activation", "none");
    if (!activation.equals("none")) {
      PassDraft silu = PassDraft.over(input);
      passes.add(silu.read("product", silu.all()).write("silu", Operation.SILU, silu.all()));
    }
    return passes;
  }
}
