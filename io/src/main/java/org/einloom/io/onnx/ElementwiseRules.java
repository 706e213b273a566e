package org.einloom.io.onnx;

import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Operators of several tensors, element by element: the result has the shape to which the operands
 * broadcast.
 */
final class ElementwiseRules {
  private ElementwiseRules() {}

  static void addTo(Map<String, ShapeRule> rules) {
    rules.put("Add", arithmetic(Math::addExact, Double::sum));
    rules.put("Sub", arithmetic(Math::subtractExact, (a, b) -> a - b));
    rules.put("Mul", arithmetic(Math::multiplyExact, (a, b) -> a * b));
    rules.put("Div", arithmetic(Math::divideExact, (a, b) -> a / b));
    rules.put("Pow", arithmetic(ElementwiseRules::power, Math::pow));
    rules.put("Mod", ElementwiseRules::mod);
    rules.put("Max", arithmetic(Math::max, Math::max));
    rules.put("Min", arithmetic(Math::min, Math::min));
    rules.put("Equal", comparison((a, b) -> a == b ? 1 : 0, (a, b) -> a == b ? 1 : 0));
    rules.put("Less", comparison((a, b) -> a < b ? 1 : 0, (a, b) -> a < b ? 1 : 0));
    rules.put("LessOrEqual", comparison((a, b) -> a <= b ? 1 : 0, (a, b) -> a <= b ? 1 : 0));
    rules.put("Greater", comparison((a, b) -> a > b ? 1 : 0, (a, b) -> a > b ? 1 : 0));
    rules.put("GreaterOrEqual", comparison((a, b) -> a >= b ? 1 : 0, (a, b) -> a >= b ? 1 : 0));
    rules.put("And", comparison((a, b) -> a & b, (a, b) -> Double.NaN));
    rules.put("Or", comparison((a, b) -> a | b, (a, b) -> Double.NaN));
    rules.put("Xor", comparison((a, b) -> a ^ b, (a, b) -> Double.NaN));
    rules.put("Where", ElementwiseRules::where);
    for (String name :
        List.of("Sum", "Mean", "BitShift", "BitwiseAnd", "BitwiseOr", "BitwiseXor")) {
      rules.put(name, node -> List.of(Value.of(node.type(0), shape(node))));
    }
  }

  private static Shape shape(Node node) throws Unknown {
    if (isAligned(node)) {
      return node.shape(0);
    }
    return Shape.broadcast(node.shapes());
  }

  /** Before operator set 7 attributes aligned the second operand to the first. */
  private static boolean isAligned(Node node) {
    return node.hasAttribute("broadcast") || node.hasAttribute("axis");
  }

  private static ShapeRule arithmetic(LongBinaryOperator integers, DoubleBinaryOperator reals) {
    return node -> {
      Shape shape = shape(node);
      return List.of(Value.of(node.type(0), shape, fold(node, shape, integers, reals)));
    };
  }

  private static ShapeRule comparison(LongBinaryOperator integers, DoubleBinaryOperator reals) {
    return node -> {
      Shape shape = shape(node);
      Numbers result = fold(node, shape, integers, reals);
      if (result != null && !result.integral()) {
        long[] truths = new long[result.count()];
        for (int i = 0; i < truths.length; i++) {
          truths[i] = (long) result.real(i);
        }
        result = Numbers.ofIntegers(truths);
      }
      return List.of(Value.of(ElementType.BOOL, shape, result));
    };
  }

  private static @Nullable Numbers fold(
      Node node, Shape shape, LongBinaryOperator integers, DoubleBinaryOperator reals) {
    if (isAligned(node)) {
      return null;
    }
    Numbers result = Folding.input(node, 0, shape);
    for (int i = 1; i < node.inputs().size(); i++) {
      result = Folding.binary(result, Folding.input(node, i, shape), integers, reals);
    }
    return result;
  }

  private static List<Value> mod(Node node) throws Unknown {
    // fmod=1 takes the sign of the dividend, as C does; otherwise of the divisor, as Python does.
    LongBinaryOperator integers =
        node.flag("fmod", false) ? (a, b) -> a % b : (a, b) -> Math.floorMod(a, b);
    return arithmetic(integers, (a, b) -> a % b).infer(node);
  }

  private static long power(long base, long exponent) {
    double power = Math.pow((double) base, (double) exponent);
    if (exponent < 0 || Math.abs(power) > 1L << 53) {
      throw new ArithmeticException("not exact");
    }
    return (long) power;
  }

  private static List<Value> where(Node node) throws Unknown {
    Shape shape = Shape.broadcast(node.shapes());
    Numbers condition = Folding.input(node, 0, shape);
    Numbers yes = Folding.input(node, 1, shape);
    Numbers no = Folding.input(node, 2, shape);
    Numbers result = null;
    if (condition != null && yes != null && no != null && yes.integral() && no.integral()) {
      long[] chosen = new long[yes.count()];
      for (int i = 0; i < chosen.length; i++) {
        chosen[i] = condition.real(i) != 0 ? yes.integer(i) : no.integer(i);
      }
      result = Numbers.ofIntegers(chosen);
    }
    return List.of(Value.of(node.type(1), shape, result));
  }
}
