package org.einloom.io.onnx;

import java.util.ArrayList;
import java.util.List;
import onnx.Onnx.NodeProto;
import org.einloom.io.onnx.PassDraft.Axes;
import org.einloom.workload.Einsum;
import org.jspecify.annotations.Nullable;

/** Products that are one of several things a node does. */
final class Products {
  private Products() {}

  /** The node as another one, of some of its inputs; what it leaves out is -1. */
  static Node as(Node node, String operator, int... inputs) {
    NodeProto.Builder proto =
        node.proto().toBuilder().setDomain("").setOpType(operator).clearInput();
    List<@Nullable Value> values = new ArrayList<>();
    for (int i : inputs) {
      boolean has = i >= 0 && node.has(i);
      proto.addInput(has ? node.name(i) : "");
      values.add(has ? node.input(i) : null);
    }
    return new Node(proto.build(), values, node.opset(), node.called(), node.stored());
  }

  /** A node whose input has another shape: one that is read in another order. */
  static Node shaped(Node node, int input, Shape shape) {
    List<@Nullable Value> values = new ArrayList<>(node.inputs());
    Value value = node.input(input);
    values.set(
        input, new Value(value.type(), shape, null, value.constant(), value.why(), value.stored()));
    return new Node(node.proto(), values, node.opset(), node.called(), node.stored());
  }

  /** The product that a rule makes of the first two inputs of a node. */
  static Pass pass(LayerRule rule, Node node, String part) throws Unknown {
    Einsum einsum = rule.make(node, "product").einsum();
    String a = node.name(0);
    String b = node.name(1);
    return new Pass(part, einsum, EinsumDraft.firstIsWeight(node) ? List.of(b, a) : List.of(a, b));
  }

  /** The words of a bias, which are where results start: read once, and not added one by one. */
  static Pass bias(Node node, int input) throws Unknown {
    PassDraft draft = PassDraft.over(new Shape(List.of(node.shape(input).elements())));
    draft.read(node.name(input), node.input(input).constant(), draft.all());
    return StoredTypes.of(node, draft.write("bias", Operation.ADD, Axes.NONE));
  }
}
