package org.einloom.io.onnx;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto.DataType;
import org.einloom.workload.InvalidSpecException;
import org.jspecify.annotations.Nullable;

/**
 * Operators that compute on integers what an operator of the standard domain computes on real
 * numbers: to all that asks what they cost they are that operator, with the scales and zero points
 * left out of their inputs. Those of ONNX are in its specification, the others in ONNX Runtime's
 * (https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md). What zero points
 * add (sums over rows and columns) is not counted: weights have it computed beforehand, or none.
 */
final class QuantisedForms {
  private static final String MICROSOFT = "com.microsoft::";

  /**
   * One of them.
   *
   * @param operator what it is on real numbers
   * @param typeFrom the input that has the type of its result; -1 for {@link #type}
   * @param type the type of its result where no input has it, or where that is left out
   * @param inputs its operands and bias among its inputs, in the order of that operator
   */
  @SuppressWarnings("ArrayRecordComponent") // internal; never compared
  private record Form(String operator, int typeFrom, int type, int... inputs) {}

  private static final Map<String, Form> FORMS =
      Map.ofEntries(
          entry("ConvInteger", new Form("Conv", -1, DataType.INT32_VALUE, 0, 1)),
          entry("MatMulInteger", new Form("MatMul", -1, DataType.INT32_VALUE, 0, 1)),
          entry("QLinearConv", new Form("Conv", 7, 0, 0, 3, 8)),
          entry("QLinearMatMul", new Form("MatMul", 7, 0, 0, 3)),
          entry(MICROSOFT + "QGemm", new Form("Gemm", 8, ElementType.FLOAT, 0, 3, 6)),
          entry(
              MICROSOFT + "MatMulIntegerToFloat",
              new Form("MatMul", -1, ElementType.FLOAT, 0, 1, 6)),
          entry(MICROSOFT + "QLinearAdd", new Form("Add", 0, 0, 0, 3)),
          entry(MICROSOFT + "QLinearMul", new Form("Mul", 0, 0, 0, 3)),
          entry(MICROSOFT + "QLinearWhere", new Form("Where", 1, 0, 0, 1, 4)),
          entry(MICROSOFT + "QLinearSigmoid", new Form("Sigmoid", 0, 0, 0)),
          entry(MICROSOFT + "QLinearLeakyRelu", new Form("LeakyRelu", 0, 0, 0)),
          entry(MICROSOFT + "QLinearSoftmax", new Form("Softmax", 0, 0, 0)),
          entry(MICROSOFT + "QLinearReduceMean", new Form("ReduceMean", 0, 0, 0)),
          entry(MICROSOFT + "QLinearAveragePool", new Form("AveragePool", 0, 0, 0)),
          entry(MICROSOFT + "QLinearGlobalAveragePool", new Form("GlobalAveragePool", 0, 0, 0)),
          entry(MICROSOFT + "QuantizeLinear", new Form("QuantizeLinear", -1, 0, 0, 1, 2)),
          entry(MICROSOFT + "DequantizeLinear", new Form("DequantizeLinear", -1, 0, 0, 1, 2)));

  private QuantisedForms() {}

  /** Whether an operator is such a form. */
  static boolean isForm(String operator) {
    return FORMS.containsKey(operator);
  }

  /** What is known of the first result of a node, of the type that it has as such a form. */
  static Value typed(Node node, Value result) {
    return !FORMS.containsKey(node.called()) || node.stored() == 0
        ? result
        : new Value(node.stored(), result.shape(), null, false, result.why());
  }

  /**
   * The node as the operator on real numbers that it is a form of, or as it is.
   *
   * @param opset the version of the standard operator set
   */
  static Node plain(Node node, long opset) {
    Form form = FORMS.get(Node.operator(node.proto()));
    if (form == null) {
      return node;
    }
    if (node.flag("channels_last", false)) {
      throw new InvalidSpecException(
          "attribute 'channels_last' is 1; only channels before rows and columns are read");
    }
    NodeProto.Builder proto = node.proto().toBuilder();
    proto.setDomain("").setOpType(form.operator()).clearInput();
    List<@Nullable Value> inputs = new ArrayList<>();
    for (int i : form.inputs()) {
      boolean has = node.has(i);
      proto.addInput(has ? node.proto().getInput(i) : "");
      inputs.add(has ? node.input(i) : null);
    }
    int type = form.typeFrom() >= 0 && node.has(form.typeFrom()) ? node.type(form.typeFrom()) : 0;
    long version = node.integer("opset", opset); // QLinearSoftmax says whose softmax it is
    return new Node(
        proto.build(),
        inputs,
        version,
        Node.operator(node.proto()),
        type != 0 ? type : form.type());
  }
}
