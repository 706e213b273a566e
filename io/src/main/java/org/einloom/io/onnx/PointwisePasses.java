package org.einloom.io.onnx;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Operators that compute each element of their result from one element of each input: one pass over
 * the result. Which of them a unit can do is the business of its {@link Operation}s.
 */
final class PointwisePasses {
  /** More operands of one pass than this are taken in several. */
  private static final int MAX_OPERANDS = 3;

  private static final Map<String, String> OPERATIONS =
      Map.ofEntries(
          entry("Add", Operation.ADD),
          entry("Sub", Operation.ADD),
          entry("Sum", Operation.ADD),
          entry("Mean", Operation.ADD),
          entry("CumSum", Operation.ADD),
          entry("Mul", Operation.MUL),
          entry("CumProd", Operation.MUL),
          entry("Div", Operation.DIV),
          entry("Reciprocal", Operation.DIV),
          entry("Softsign", Operation.DIV),
          entry("Mod", Operation.MOD),
          entry("Max", Operation.MAX),
          entry("Min", Operation.MAX),
          entry("Abs", Operation.RELU),
          entry("Clip", Operation.RELU),
          entry("HardSigmoid", Operation.RELU),
          entry("HardSwish", Operation.RELU),
          entry("LeakyRelu", Operation.RELU),
          entry("Neg", Operation.RELU),
          entry("PRelu", Operation.RELU),
          entry("Relu", Operation.RELU),
          entry("Shrink", Operation.RELU),
          entry("Sign", Operation.RELU),
          entry("ThresholdedRelu", Operation.RELU),
          entry("Celu", Operation.EXP),
          entry("Elu", Operation.EXP),
          entry("Exp", Operation.EXP),
          entry("Selu", Operation.EXP),
          entry("Log", Operation.LOG),
          entry("Softplus", Operation.LOG),
          entry("Sqrt", Operation.SQRT),
          entry("Sigmoid", Operation.SIGMOID),
          entry("Tanh", Operation.TANH),
          entry("Mish", Operation.TANH),
          entry("Erf", Operation.ERF),
          entry("Gelu", Operation.GELU),
          entry("Swish", Operation.SILU),
          entry("Acos", Operation.SIN),
          entry("Acosh", Operation.SIN),
          entry("Asin", Operation.SIN),
          entry("Asinh", Operation.SIN),
          entry("Atan", Operation.SIN),
          entry("Atanh", Operation.SIN),
          entry("Cos", Operation.SIN),
          entry("Cosh", Operation.SIN),
          entry("Sin", Operation.SIN),
          entry("Sinh", Operation.SIN),
          entry("Tan", Operation.SIN),
          entry("Ceil", Operation.ROUND),
          entry("Floor", Operation.ROUND),
          entry("Round", Operation.ROUND),
          entry("And", Operation.COMPARE),
          entry("BitShift", Operation.COMPARE),
          entry("BitwiseAnd", Operation.COMPARE),
          entry("BitwiseNot", Operation.COMPARE),
          entry("BitwiseOr", Operation.COMPARE),
          entry("BitwiseXor", Operation.COMPARE),
          entry("Equal", Operation.COMPARE),
          entry("Greater", Operation.COMPARE),
          entry("GreaterOrEqual", Operation.COMPARE),
          entry("IsInf", Operation.COMPARE),
          entry("IsNaN", Operation.COMPARE),
          entry("Less", Operation.COMPARE),
          entry("LessOrEqual", Operation.COMPARE),
          entry("Not", Operation.COMPARE),
          entry("Or", Operation.COMPARE),
          entry("Xor", Operation.COMPARE),
          entry("Trilu", Operation.SELECT),
          entry("Where", Operation.SELECT));

  private PointwisePasses() {}

  static void addTo(Map<String, PassRule> rules) {
    OPERATIONS.forEach((operator, operation) -> rules.put(operator, rule(operation)));
    rules.put("Pow", PointwisePasses::power);
  }

  /** All inputs broadcast to the result. */
  static PassRule rule(String operation) {
    return (node, results) -> passes(node, results.get(0).requireShape(), operation);
  }

  private static List<Pass> power(Node node, List<Value> results) throws Unknown {
    Numbers exponent = node.input(1).numbers();
    double constant = exponent == null || exponent.count() != 1 ? Double.NaN : exponent.real(0);
    String operation =
        constant == 2 ? Operation.SQUARE : constant == 0.5 ? Operation.SQRT : Operation.POW;
    return passes(node, results.get(0).requireShape(), operation);
  }

  private static List<Pass> passes(Node node, Shape result, String operation) throws Unknown {
    var passes = new ArrayList<Pass>();
    PassDraft draft = PassDraft.over(result);
    for (int i = 0; i < node.inputs().size(); i++) {
      if (draft.operands() == MAX_OPERANDS) {
        String part = Integer.toString(passes.size() + 1);
        passes.add(draft.write(part, operation, draft.all()));
        draft = PassDraft.over(result).read("pass " + part, draft.all());
      }
      read(draft, node, i);
    }
    if (draft.operands() > (passes.isEmpty() ? 0 : 1)) {
      String part = passes.isEmpty() ? "" : Integer.toString(passes.size() + 1);
      passes.add(draft.write(part, operation, draft.all()));
    }
    return passes;
  }

  private static void read(PassDraft draft, Node node, int i) throws Unknown {
    // Before operator set 7 an attribute aligned the second operand to the first.
    if (i == 1 && node.hasAttribute("axis") && node.flag("broadcast", false)) {
      draft.read(node, i, node.shape(0).axis(node.integer("axis", 0)));
    } else {
      draft.read(node, i);
    }
  }
}
