package org.einloom.io.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongBinaryOperator;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Reductions along axes, which are an attribute in older operator sets and an input in newer. */
final class ReduceRules {
  private ReduceRules() {}

  static void addTo(Map<String, ShapeRule> rules) {
    for (String name :
        List.of(
            "ReduceL1",
            "ReduceL2",
            "ReduceLogSum",
            "ReduceLogSumExp",
            "ReduceMean",
            "ReduceSumSquare")) {
      rules.put(name, node -> List.of(Value.of(node.type(0), reduced(node))));
    }
    rules.put("ReduceSum", evaluated(Math::addExact));
    rules.put("ReduceProd", evaluated(Math::multiplyExact));
    rules.put("ReduceMax", evaluated(Math::max));
    rules.put("ReduceMin", evaluated(Math::min));
    rules.put("ArgMax", ReduceRules::position);
    rules.put("ArgMin", ReduceRules::position);
  }

  /** The axes along which a node reduces a tensor of that shape. */
  static List<Long> axes(Node node, Shape shape) throws Unknown {
    List<Long> axes = node.integers("axes", 1).orElse(List.of());
    return !axes.isEmpty() || node.flag("noop_with_empty_axes", false)
        ? axes
        : LongStream.range(0, shape.rank()).boxed().toList();
  }

  private static Shape reduced(Node node) throws Unknown {
    Shape shape = node.shape(0);
    boolean keep = node.flag("keepdims", true);
    var reduced = new boolean[shape.rank()];
    axes(node, shape).forEach(a -> reduced[shape.axis(a)] = true);
    var sizes = new ArrayList<Long>();
    for (int i = 0; i < shape.rank(); i++) {
      if (!reduced[i]) {
        sizes.add(shape.size(i));
      } else if (keep) {
        sizes.add(1L);
      }
    }
    return new Shape(sizes);
  }

  private static ShapeRule evaluated(LongBinaryOperator operator) {
    return node -> {
      Shape shape = reduced(node);
      return List.of(Value.of(node.type(0), shape, fold(node.input(0), shape, operator)));
    };
  }

  /** Only integers reduced to one number: the number of elements of a shape, its largest extent. */
  private static @Nullable Numbers fold(Value input, Shape shape, LongBinaryOperator operator) {
    Numbers numbers = input.numbers();
    if (numbers == null || !numbers.integral() || numbers.count() == 0 || shape.elements() != 1) {
      return null;
    }
    try {
      return Numbers.ofIntegers(numbers.integers().stream().reduce(operator::applyAsLong).get());
    } catch (ArithmeticException e) {
      return null;
    }
  }

  private static List<Value> position(Node node) throws Unknown {
    Shape shape = node.shape(0);
    int axis = shape.axis(node.integer("axis", 0));
    return List.of(
        Value.of(
            ElementType.INT64,
            node.flag("keepdims", true) ? shape.with(axis, 1) : shape.without(axis)));
  }
}
