package org.einloom.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.einloom.io.onnx.TestModel.integer;
import static org.einloom.io.onnx.TestModel.ints;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto.DataType;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.Layer;
import org.einloom.workload.TensorAccess;
import org.einloom.workload.Workload;
import org.junit.jupiter.api.Test;

/** Quantised graphs: their products are MACs, and their integers have widths. */
class QuantisedTest {
  private static final OnnxOptions ALL = OnnxOptions.DEFAULT.withCoverage(Coverage.ALL);

  /** Names, operators, MACs, operations and widths of all layers. */
  private static List<String> layers(TestModel model) {
    Workload workload = model.read(ALL);
    assertThat(workload.notCosted()).isEmpty();
    return workload.layers().stream().map(QuantisedTest::shown).toList();
  }

  private static String shown(Layer layer) {
    Map<String, Integer> bits = new LinkedHashMap<>();
    for (TensorAccess t : layer.einsum().tensors()) {
      t.bits().ifPresent(b -> bits.put(t.name(), b));
    }
    layer.einsum().output().partialBits().ifPresent(b -> bits.put("partial", b));
    String what =
        layer.macs() > 0
            ? layer.macs() + " MACs"
            : layer.operations() + " " + layer.einsum().operation();
    return layer.name() + " " + layer.operator() + ": " + what + " " + bits;
  }

  private static TestModel quantised() {
    return new TestModel()
        .typed("x", DataType.UINT8_VALUE, 1, 3, 8, 8)
        .weight("w", DataType.INT8, 4, 3, 3, 3)
        .weight("s", DataType.FLOAT)
        .weight("u", DataType.UINT8)
        .weight("i", DataType.INT8);
  }

  private static NodeProto microsoft(
      String operator, String inputs, String output, onnx.Onnx.AttributeProto... attributes) {
    return TestModel.nodeProto(operator, output, inputs, output, attributes).toBuilder()
        .setDomain("com.microsoft")
        .build();
  }

  /** 4 x 3 x 3 x 3 weights at 6 x 6 places. */
  @Test
  void convolutionsOfIntegersAreConvolutions() {
    assertThat(
            layers(
                quantised()
                    .weight("b", DataType.INT32, 4)
                    .node("QLinearConv", "x, s, u, w, s, i, s, u, b", "y")))
        .containsExactly(
            "y QLinearConv: 3888 MACs {input=8, weight=8, output=8, partial=32}",
            "y.bias Bias: 4 add {weight=32}");
    assertThat(layers(quantised().node("ConvInteger", "x, w, u, i", "y")))
        .containsExactly("y ConvInteger: 3888 MACs {input=8, weight=8, output=32, partial=32}");
  }

  @Test
  void productsOfIntegersAreProducts() {
    TestModel model =
        new TestModel()
            .typed("x", DataType.INT8_VALUE, 5, 6)
            .weight("w", DataType.INT8, 6, 7)
            .weight("s", DataType.FLOAT)
            .weight("i", DataType.INT16)
            .weight("b", DataType.INT32, 7)
            .node("QLinearMatMul", "x, s, i, w, s, i, s, i", "y")
            .node("MatMulInteger", "x, w", "z");
    model.graph.addNode(microsoft("QGemm", "x, s, i, w, s, i, b, s, i", "g"));
    model.graph.addNode(microsoft("QGemm", "x, s, i, w, s, i", "f"));
    model.graph.addNode(microsoft("MatMulIntegerToFloat", "x, w, s, s, i, i, b", "m"));
    assertThat(layers(model))
        .containsExactly(
            "y QLinearMatMul: 210 MACs {input=8, weight=8, output=16, partial=32}",
            "z MatMulInteger: 210 MACs {input=8, weight=8, output=32, partial=32}",
            "g com.microsoft::QGemm: 210 MACs {input=8, weight=8, output=16, partial=32}",
            "g.bias Bias: 7 add {weight=32}",
            "f com.microsoft::QGemm: 210 MACs {input=8, weight=8, partial=32}",
            "m com.microsoft::MatMulIntegerToFloat: 210 MACs {input=8, weight=8, partial=32}",
            "m.bias Bias: 7 add {weight=32}");
    assertThat(model.value("y").type()).isEqualTo(DataType.INT16_VALUE);
    assertThat(model.value("z").type()).isEqualTo(DataType.INT32_VALUE);
    assertThat(model.value("g").type()).isEqualTo(DataType.INT16_VALUE);
    assertThat(model.value("f").type()).isEqualTo(DataType.FLOAT_VALUE);
  }

  /** Quantised as it runs: the range of all words, then each of them. */
  @Test
  void dynamicQuantisationIsTwoPasses() {
    assertThat(
            layers(
                new TestModel()
                    .input("x", 5, 6)
                    .weight("w", DataType.INT8, 6, 7)
                    .weight("s", DataType.FLOAT, 7)
                    .node("DynamicQuantizeLinear", "x", "q, t, z")
                    .node("MatMulInteger", "q, w, z", "a")
                    .node("Cast", "a", "f", integer("to", DataType.FLOAT_VALUE))
                    .node("Mul", "f, s", "y")))
        .containsExactly(
            "q.range DynamicQuantizeLinear: 30 max {}",
            "q.scale DynamicQuantizeLinear: 30 scale {output=8}",
            "a MatMulInteger: 210 MACs {input=8, weight=8, output=32, partial=32}",
            "y Mul: 35 mul {input=32}");
  }

  private static TestModel qdq(String from, String to) {
    return new TestModel()
        .input("x", 1, 3, 8, 8)
        .weight("w", DataType.INT8, 4, 3, 3, 3)
        .weight("b", DataType.INT32, 4)
        .weight("s", DataType.FLOAT)
        .weight("sw", DataType.FLOAT, 4)
        .weight("u", DataType.UINT8)
        .node("QuantizeLinear", "x, s, u", "xq")
        .node("DequantizeLinear", "xq, s, u", "xf")
        .node("DequantizeLinear", "w, sw", "wf", integer("axis", 0))
        .node("DequantizeLinear", "b, sw", "bf", integer("axis", 0))
        .node("Conv", "xf, wf, bf", from)
        .node("QuantizeLinear", to + ", s, u", "q")
        .node("DequantizeLinear", "q, s, u", "y");
  }

  /**
   * The image is quantised by a pass of its own, as nothing computes it; the result of the
   * convolution is written in integers.
   */
  @Test
  void whatIsDequantisedIsStoredAsIntegers() {
    assertThat(layers(qdq("c", "c")))
        .containsExactly(
            "xq QuantizeLinear: 192 scale {output=8}",
            "c Conv: 3888 MACs {input=8, weight=8, output=8, partial=32}",
            "c.bias Bias: 4 add {weight=32}");
  }

  @Test
  void cuttingOffAndMovingComeBeforeQuantising() {
    assertThat(
            layers(
                qdq("c", "t")
                    .node("Relu", "c", "r")
                    .node("Transpose", "r", "t", ints("perm", 0, 2, 3, 1))))
        .contains(
            "c Conv: 3888 MACs {input=8, weight=8, output=8, partial=32}",
            "r Relu: 144 relu {input=8, output=8}")
        .hasSize(4);
  }

  /** Sums are not what is quantised behind them. */
  @Test
  void otherOperatorsBetweenHaveTheWidthsOfTheArchitecture() {
    assertThat(layers(qdq("c", "r").node("Sigmoid", "c", "r")))
        .contains(
            "c Conv: 3888 MACs {input=8, weight=8, partial=32}",
            "r Sigmoid: 144 sigmoid {output=8}");
  }

  @Test
  void aResultThatIsReadOtherwiseAsWellIsNotWrittenAsIntegers() {
    assertThat(layers(qdq("c", "c").output("c", 1, 4, 6, 6)))
        .contains(
            "c Conv: 3888 MACs {input=8, weight=8, partial=32}",
            "q QuantizeLinear: 144 scale {output=8}");
    assertThat(layers(qdq("c", "c").node("Exp", "c", "e")))
        .contains("c Conv: 3888 MACs {input=8, weight=8, partial=32}");
    assertThat(
            layers(
                qdq("c", "c")
                    .weight("h", DataType.INT16)
                    .node("QuantizeLinear", "c, s, h", "other")))
        .contains(
            "c Conv: 3888 MACs {input=8, weight=8, partial=32}",
            "q QuantizeLinear: 144 scale {output=8}",
            "other QuantizeLinear: 144 scale {output=16}");
  }

  /** From one scale to another, where nothing computes between. */
  @Test
  void quantisingAnewIsAPass() {
    assertThat(
            layers(
                new TestModel()
                    .typed("x", DataType.UINT8_VALUE, 5, 6)
                    .weight("s", DataType.FLOAT)
                    .weight("h", DataType.INT16)
                    .weight("w", DataType.INT16, 6, 7)
                    .node("DequantizeLinear", "x, s", "f")
                    .node("QuantizeLinear", "f, s, h", "q")
                    .node("DequantizeLinear", "q, s, h", "g")
                    .node("DequantizeLinear", "w, s, h", "v")
                    .node("MatMul", "g, v", "y")))
        .containsExactly(
            "q QuantizeLinear: 30 scale {input=8, output=16}",
            "y MatMul: 210 MACs {input=16, weight=16, partial=32}");
  }

  /** Four bits a weight, with a scale for each 2 of a column; activations stay what they are. */
  @Test
  void weightsAloneMayBeQuantised() {
    assertThat(
            layers(
                new TestModel()
                    .opset(21)
                    .input("x", 5, 6)
                    .weight("w", DataType.INT4, 7, 6)
                    .weight("s", DataType.FLOAT, 7, 3)
                    .node(
                        "DequantizeLinear",
                        "w, s",
                        "d",
                        integer("axis", 1),
                        integer("block_size", 2))
                    .node("Transpose", "d", "t")
                    .node("MatMul", "x, t", "y")))
        .containsExactly("y MatMul: 210 MACs {weight=4}");
  }

  /** The type may be an attribute (since operator set 21), or what is left unsaid. */
  @Test
  void theTypeOfQuantisingIsThatOfItsZeroPoint() {
    TestModel model =
        new TestModel()
            .opset(21)
            .input("x", 5, 6)
            .weight("s", DataType.FLOAT)
            .weight("w", 6, 7)
            .node("MatMul", "x, w", "a")
            .node("MatMul", "x, w", "b")
            .node("QuantizeLinear", "a, s", "qa", integer("output_dtype", DataType.INT4_VALUE))
            .node("QuantizeLinear", "b, s", "qb");
    assertThat(layers(model))
        .containsExactly("a MatMul: 210 MACs {output=4}", "b MatMul: 210 MACs {output=8}");
    assertThat(model.value("qa").type()).isEqualTo(DataType.INT4_VALUE);
    assertThat(model.value("qb").type()).isEqualTo(DataType.UINT8_VALUE);
  }

  @Test
  void sumsAndFunctionsOfIntegersArePasses() {
    TestModel model =
        new TestModel()
            .typed("x", DataType.UINT8_VALUE, 1, 3, 4, 4)
            .typed("y", DataType.UINT8_VALUE, 1, 3, 1, 1)
            .weight("s", DataType.FLOAT)
            .weight("u", DataType.UINT8);
    model.graph.addNode(microsoft("QLinearAdd", "x, s, u, y, s, u, s, u", "a"));
    model.graph.addNode(microsoft("QLinearMul", "a, s, u, a, s, u, s, u", "m"));
    model.graph.addNode(microsoft("QLinearSigmoid", "m, s, u, s, u", "g"));
    model.graph.addNode(
        microsoft("QLinearConcat", "s, u, x, s, u, g, s, u", "c", integer("axis", 1)));
    model.graph.addNode(microsoft("QLinearGlobalAveragePool", "c, s, u, s, u", "p"));
    assertThat(layers(model))
        .containsExactly(
            "a com.microsoft::QLinearAdd: 48 add {input=8, weight=8, output=8}",
            "m com.microsoft::QLinearMul: 48 mul {input=8, weight=8, output=8}",
            "g com.microsoft::QLinearSigmoid: 48 sigmoid {input=8, output=8}",
            "c.1 com.microsoft::QLinearConcat: 48 scale {input=8}",
            "c.2 com.microsoft::QLinearConcat: 48 scale {input=8, output=8}",
            "p com.microsoft::QLinearGlobalAveragePool: 96 add {input=8, output=8}");
    assertThat(model.shape("c")).isEqualTo(Shape.of(1, 6, 4, 4));
    assertThat(model.value("p").type()).isEqualTo(DataType.UINT8_VALUE);
  }

  @Test
  void channelsLastIsRefused() {
    TestModel model = quantised();
    model.graph.addNode(
        microsoft("QLinearAveragePool", "x, s, u, s, u", "y", integer("channels_last", 1)));
    assertThatThrownBy(() -> model.read(ALL))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("'channels_last' is 1; only channels before rows and columns");
  }

  /** Numbers of integers that stand for others are no numbers. */
  @Test
  void quantisedNumbersAreNotEvaluated() {
    TestModel model =
        new TestModel().integers("a", 1, 2).weight("s", DataType.FLOAT).weight("u", DataType.UINT8);
    model.graph.addNode(microsoft("QLinearAdd", "a, s, u, a, s, u, s, u", "c"));
    assertThat(model.value("c").numbers()).isNull();
    assertThat(model.value("c").constant()).isTrue();
  }

  /** Parameters are counted whatever their type. */
  @Test
  void quantisedWeightsAreParameters() {
    assertThat(qdq("c", "c").read(ALL).parameters()).hasValue(4 * 3 * 3 * 3 + 4);
  }
}
