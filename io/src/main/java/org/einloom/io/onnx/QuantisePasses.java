package org.einloom.io.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.einloom.io.onnx.PassDraft.Axes;
import org.jspecify.annotations.Nullable;

/**
 * What is left of quantising where it is not the last step of the sum before it ({@link
 * StoredResults}): a multiplication and rounding of every word. Dequantising is free: whoever reads
 * the value reads the integers.
 */
final class QuantisePasses {
  private QuantisePasses() {}

  static void addTo(Map<String, PassRule> rules) {
    rules.put("QuantizeLinear", QuantisePasses::quantise);
    rules.put("DequantizeLinear", PassRule.FREE);
    rules.put("DynamicQuantizeLinear", (node, results) -> dynamic(node));
    rules.put("com.microsoft::QLinearConcat", QuantisePasses::concatenate);
  }

  /** The shape of a concatenation is that of its tensors alone. */
  static void addShapesTo(Map<String, ShapeRule> rules) {
    rules.put(
        "com.microsoft::QLinearConcat",
        node -> {
          List<@Nullable Value> tensors = new ArrayList<>();
          for (int i = 2; i < node.inputs().size(); i += 3) {
            tensors.add(node.input(i));
          }
          Node plain = new Node(node.proto(), tensors, node.opset());
          ShapeRule rule = Objects.requireNonNull(rules.get("Concat"));
          return List.of(Value.of(node.type(1), rule.infer(plain).get(0).requireShape()));
        });
  }

  private static List<Pass> quantise(Node node, List<Value> results) throws Unknown {
    Shape shape = node.shape(0);
    PassDraft draft = PassDraft.over(shape).read(node, 0);
    Shape scale = node.has(1) ? node.shape(1) : Shape.SCALAR;
    if (scale.rank() == 1 && scale.elements() > 1) {
      int axis = shape.axis(node.integer("axis", 1));
      draft.read(node.proto().getInput(1), node.input(1).constant(), Axes.of(axis));
    }
    return List.of(draft.write("", Operation.SCALE, draft.all()));
  }

  /** The least and the greatest of all words, then each of them scaled to the range between. */
  static List<Pass> dynamic(Node node) throws Unknown {
    PassDraft range = PassDraft.over(node.shape(0)).read(node, 0);
    PassDraft scale = PassDraft.over(node.shape(0)).read(node, 0).read("range", Axes.NONE);
    return List.of(
        range.write("range", Operation.MAX, Axes.NONE),
        scale.write("scale", Operation.SCALE, scale.all()));
  }

  /** Each tensor comes with a scale of its own, and is scaled to that of the result. */
  private static List<Pass> concatenate(Node node, List<Value> results) throws Unknown {
    var passes = new ArrayList<Pass>();
    for (int i = 2; node.has(i); i += 3) {
      PassDraft draft = PassDraft.over(node.shape(i)).read(node, i);
      passes.add(draft.write(Integer.toString(passes.size() + 1), Operation.SCALE, draft.all()));
    }
    return passes;
  }
}
