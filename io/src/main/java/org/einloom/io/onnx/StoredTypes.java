package org.einloom.io.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.einloom.workload.Einsum;
import org.einloom.workload.Role;
import org.einloom.workload.TensorAccess;

/**
 * The element types in which values lie in memory, and the widths that they give the tensors of
 * layers. A quantised graph computes on integers and says so in one of two ways: operators that
 * take integers, or {@code DequantizeLinear} before and {@code QuantizeLinear} after an operator on
 * real numbers. In both, what is stored and moved is integers.
 */
final class StoredTypes {
  /** Operators that leave words as they are: those of the result are words of the first input. */
  private static final Set<String> MOVING =
      Set.of(
          "Cast",
          "CastLike",
          "Concat",
          "DepthToSpace",
          "Dropout",
          "Expand",
          "Flatten",
          "Gather",
          "GatherElements",
          "GatherND",
          "Identity",
          "MaxPool",
          "Pad",
          "Relu",
          "Reshape",
          "Slice",
          "SpaceToDepth",
          "Split",
          "Squeeze",
          "Tile",
          "Transpose",
          "Unsqueeze");

  /** Inputs beyond the first that say how, not what. */
  private static final Set<String> SEVERAL = Set.of("Concat");

  /** Integers are multiplied into accumulators of this width, as the operators define. */
  private static final int ACCUMULATOR_BITS = 32;

  private static final int WIDEST_FACTOR_BITS = 16;

  private StoredTypes() {}

  /** Whether the words of such an operator's result are words of its input. */
  static boolean moves(String operator) {
    return MOVING.contains(operator);
  }

  static boolean isDequantize(String operator) {
    return operator.equals("DequantizeLinear")
        || operator.equals("com.microsoft::DequantizeLinear");
  }

  static boolean isQuantize(String operator) {
    return operator.equals("QuantizeLinear") || operator.equals("com.microsoft::QuantizeLinear");
  }

  /** The element type in which a node's result lies in memory; 0 if that is its own. */
  static int of(Node node) {
    String operator = Node.operator(node.proto());
    if (isDequantize(operator)) {
      return node.input(0).type();
    }
    if (!moves(operator) || node.inputs().isEmpty()) {
      return 0;
    }
    int type = type(node.input(0));
    if (SEVERAL.contains(operator)
        && !node.inputs().stream().allMatch(v -> v != null && type(v) == type)) {
      return 0;
    }
    return ElementType.quantisedBits(type).isPresent() ? type : 0;
  }

  private static int type(Value value) {
    return value.stored() != 0 ? value.stored() : value.type();
  }

  /** The width of the words of a value, where its element type gives it one. */
  static OptionalInt bits(Value value) {
    return ElementType.quantisedBits(type(value));
  }

  /** The width of incomplete sums of products of these two. */
  static OptionalInt accumulatorBits(Value a, Value b) {
    return isFactor(type(a)) && isFactor(type(b))
        ? OptionalInt.of(ACCUMULATOR_BITS)
        : OptionalInt.empty();
  }

  private static boolean isFactor(int type) {
    OptionalInt bits = ElementType.quantisedBits(type);
    return !ElementType.isReal(type) && bits.isPresent() && bits.getAsInt() <= WIDEST_FACTOR_BITS;
  }

  /**
   * The passes of a node with the widths of the values that they read, the last one also with that
   * of the node's result.
   */
  static List<Pass> of(Node node, List<Pass> passes, List<Value> results) {
    var typed = new ArrayList<Pass>();
    passes.forEach(p -> typed.add(of(node, p)));
    if (!typed.isEmpty() && !results.isEmpty()) {
      OptionalInt given = ElementType.quantisedBits(node.stored());
      OptionalInt bits = given.isPresent() ? given : bits(results.get(0));
      Pass last = typed.removeLast();
      Einsum e = last.einsum();
      TensorAccess output = e.output().withBits(bits, e.output().partialBits());
      Einsum einsum = new Einsum(e.name(), e.variables(), e.operands(), output, e.operation());
      typed.add(new Pass(last.part(), einsum, last.values()));
    }
    return typed;
  }

  /** A pass with the widths of the values that it reads. */
  static Pass of(Node node, Pass pass) {
    Einsum e = pass.einsum();
    var operands = new ArrayList<TensorAccess>();
    for (int i = 0; i < e.operands().size(); i++) {
      String value = i < pass.values().size() ? pass.values().get(i) : i == 0 ? Pass.INPUT : "";
      TensorAccess own = e.operands().get(i);
      OptionalInt bits = bits(node, value);
      operands.add(bits.isPresent() ? own.withBits(bits, OptionalInt.empty()) : own);
    }
    return new Pass(
        pass.part(),
        new Einsum(e.name(), e.variables(), operands, e.output(), e.operation()),
        pass.values());
  }

  private static OptionalInt bits(Node node, String value) {
    List<String> inputs = node.proto().getInputList();
    int index = value.equals(Pass.INPUT) && !inputs.contains(value) ? 0 : inputs.indexOf(value);
    return index < 0 || !node.has(index) ? OptionalInt.empty() : bits(node.input(index));
  }

  /** The operands and the result of a product with their widths. */
  static Einsum ofProduct(Node node, Einsum einsum, boolean swapped) {
    Value first = node.input(0);
    Value second = node.input(1);
    var operands = new ArrayList<TensorAccess>();
    for (TensorAccess t : einsum.operands()) {
      Value value = (t.role() == Role.INPUT) != swapped ? first : second;
      operands.add(t.withBits(bits(value), OptionalInt.empty()));
    }
    TensorAccess output =
        einsum
            .output()
            .withBits(ElementType.quantisedBits(node.stored()), accumulatorBits(first, second));
    return new Einsum(einsum.name(), einsum.variables(), operands, output, einsum.operation());
  }
}
