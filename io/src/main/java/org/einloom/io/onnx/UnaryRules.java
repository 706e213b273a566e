package org.einloom.io.onnx;

import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongUnaryOperator;
import onnx.Onnx.TensorProto.DataType;
import org.jspecify.annotations.Nullable;

/** Operators whose first output has the shape of their first input. */
final class UnaryRules {
  private static final List<String> NOT_EVALUATED =
      List.of(
          "Acos",
          "Acosh",
          "Asin",
          "Asinh",
          "Atan",
          "Atanh",
          "Bernoulli",
          "BitwiseNot",
          "Celu",
          "Clip",
          "Cos",
          "Cosh",
          "CumProd",
          "CumSum",
          "Elu",
          "Erf",
          "Exp",
          "GroupNormalization",
          "Gelu",
          "HardSigmoid",
          "HardSwish",
          "Hardmax",
          "InstanceNormalization",
          "LRN",
          "LeakyRelu",
          "Log",
          "LogSoftmax",
          "LpNormalization",
          "MeanVarianceNormalization",
          "Mish",
          "PRelu",
          "RMSNormalization",
          "Relu",
          "ReverseSequence",
          "RotaryEmbedding",
          "Scatter",
          "ScatterElements",
          "ScatterND",
          "Selu",
          "Shrink",
          "Sigmoid",
          "Sin",
          "Sinh",
          "Softmax",
          "Softplus",
          "Softsign",
          "Swish",
          "Tan",
          "Tanh",
          "TensorScatter",
          "ThresholdedRelu",
          "Trilu");

  private UnaryRules() {}

  static void addTo(Map<String, ShapeRule> rules) {
    for (String name : NOT_EVALUATED) {
      rules.put(name, node -> List.of(Value.of(node.type(0), node.shape(0))));
    }
    rules.put("Identity", node -> List.of(node.input(0)));
    rules.put("Abs", evaluated(Math::absExact, Math::abs));
    rules.put("Neg", evaluated(Math::negateExact, x -> -x));
    rules.put("Sign", evaluated(Long::signum, Math::signum));
    rules.put("Ceil", evaluated(x -> x, Math::ceil));
    rules.put("Floor", evaluated(x -> x, Math::floor));
    rules.put("Round", evaluated(x -> x, Math::rint)); // ties to even, as the operator has it
    rules.put("Sqrt", evaluated(x -> (long) Math.sqrt((double) x), Math::sqrt));
    rules.put("Reciprocal", evaluated(x -> 1 / x, x -> 1 / x));
    rules.put("Not", evaluated(x -> x == 0 ? 1 : 0, x -> x));
    rules.put("Cast", UnaryRules::cast);
    rules.put("BitCast", node -> List.of(Value.of((int) node.integer("to", 0), node.shape(0))));
    rules.put("CastLike", node -> List.of(cast(node.input(0), node.type(1), node.shape(0))));
    rules.put("IsInf", node -> List.of(Value.of(ElementType.BOOL, node.shape(0))));
    rules.put("IsNaN", node -> List.of(Value.of(ElementType.BOOL, node.shape(0))));
    rules.put(
        "Dropout",
        node ->
            List.of(
                Value.of(node.type(0), node.shape(0)), Value.of(ElementType.BOOL, node.shape(0))));
    rules.put("BatchNormalization", UnaryRules::batchNormalization);
    rules.put("LayerNormalization", UnaryRules::layerNormalization);
    rules.put("QuantizeLinear", UnaryRules::quantize);
    rules.put("DequantizeLinear", node -> List.of(Value.of(node.type(1), node.shape(0))));
    rules.put(
        "DynamicQuantizeLinear",
        node ->
            List.of(
                Value.of(DataType.UINT8_VALUE, node.shape(0)),
                Value.of(ElementType.FLOAT, Shape.SCALAR),
                Value.of(DataType.UINT8_VALUE, Shape.SCALAR)));
  }

  private static ShapeRule evaluated(LongUnaryOperator integers, DoubleUnaryOperator reals) {
    return node -> {
      Numbers numbers = node.input(0).numbers();
      Numbers result =
          numbers != null && numbers.integral()
              ? integral(numbers, integers)
              : Folding.unary(numbers, reals);
      return List.of(Value.of(node.type(0), node.shape(0), result));
    };
  }

  private static @Nullable Numbers integral(Numbers numbers, LongUnaryOperator operator) {
    long[] results = new long[numbers.count()];
    try {
      for (int i = 0; i < results.length; i++) {
        results[i] = operator.applyAsLong(numbers.integer(i));
      }
    } catch (ArithmeticException e) {
      return null;
    }
    return Numbers.ofIntegers(results);
  }

  private static List<Value> cast(Node node) throws Unknown {
    // Before operator set 6 the type was written out; it matters only to what is evaluated.
    boolean named = node.hasAttribute("to") && node.opset() < 6;
    int type = named ? named(node.text("to", "")) : (int) node.integer("to", 0);
    return List.of(cast(node.input(0), type, node.shape(0)));
  }

  private static int named(String type) {
    try {
      return DataType.valueOf(type).getNumber();
    } catch (IllegalArgumentException e) {
      return ElementType.UNKNOWN;
    }
  }

  private static Value cast(Value from, int type, Shape shape) {
    Numbers numbers = from.numbers();
    if (numbers == null) {
      return Value.of(type, shape);
    }
    if (!ElementType.isIntegral(type)) {
      return Value.of(
          type, shape, ElementType.isReal(type) ? Folding.unary(numbers, x -> x) : null);
    }
    long[] results = new long[numbers.count()];
    for (int i = 0; i < results.length; i++) {
      long whole = numbers.integral() ? numbers.integer(i) : (long) numbers.real(i);
      results[i] = type == ElementType.BOOL ? (numbers.real(i) != 0 ? 1 : 0) : whole;
    }
    return Value.of(type, shape, Numbers.ofIntegers(results));
  }

  private static List<Value> batchNormalization(Node node) throws Unknown {
    Shape shape = node.shape(0);
    Shape channels = shape.rank() > 1 ? Shape.of(shape.size(1)) : Shape.of(1);
    Value statistics = Value.of(node.type(0), channels);
    return List.of(Value.of(node.type(0), shape), statistics, statistics, statistics, statistics);
  }

  private static List<Value> layerNormalization(Node node) throws Unknown {
    Shape shape = node.shape(0);
    Shape statistics = shape;
    for (int i = shape.axis(node.integer("axis", -1)); i < shape.rank(); i++) {
      statistics = statistics.with(i, 1);
    }
    return List.of(
        Value.of(node.type(0), shape),
        Value.of(ElementType.FLOAT, statistics),
        Value.of(ElementType.FLOAT, statistics));
  }

  private static List<Value> quantize(Node node) throws Unknown {
    int type = node.has(2) ? node.type(2) : (int) node.integer("output_dtype", 0);
    return List.of(Value.of(type == 0 ? DataType.UINT8_VALUE : type, node.shape(0)));
  }
}
