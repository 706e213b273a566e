package org.einloom.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.einloom.io.onnx.TestModel.floats;
import static org.einloom.io.onnx.TestModel.integer;
import static org.einloom.io.onnx.TestModel.ints;
import static org.einloom.io.onnx.TestModel.tensor;
import static org.einloom.io.onnx.TestModel.text;

import java.util.List;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorProto.DataType;
import org.einloom.workload.Role;
import org.einloom.workload.Workload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What operator sets, and exporters, write in different ways and mean the same by. */
class OpsetsTest {
  private static final OnnxOptions ALL = OnnxOptions.DEFAULT.withCoverage(Coverage.ALL);

  private static TensorProto empty(long... sizes) {
    var tensor =
        TensorProto.newBuilder()
            .setDataType(DataType.FLOAT_VALUE)
            .setDataLocation(TensorProto.DataLocation.EXTERNAL);
    for (long size : sizes) {
      tensor.addDims(size);
    }
    return tensor.build();
  }

  /** Attributes of older sets are inputs of newer ones. */
  private static TestModel withAxes(
      TestModel model, boolean asInput, String operator, String x, String y, long... axes) {
    if (asInput) {
      return model.integers(y + "_axes", axes).node(operator, x + ", " + y + "_axes", y);
    }
    return model.node(operator, x, y, ints("axes", axes));
  }

  /** One network, as an exporter writes it for each operator set: the same shapes and costs. */
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21})
  void aNetworkIsTheSameInAllOperatorSets(long opset) {
    TestModel model =
        new TestModel()
            .opset(opset)
            .input("x", 2, 3, 8, 8)
            .weight("k", 4, 3, 3, 3)
            .weight("scale", 4)
            .weight("shift", 4)
            .weight("mean", 4)
            .weight("variance", 4)
            .reals("low", 0)
            .reals("high", 6)
            .node("Conv", "x, k", "c", ints("pads", 1, 1, 1, 1))
            .node("BatchNormalization", "c, scale, shift, mean, variance", "n")
            .node("Clip", "n, low, high", "r")
            .node("Dropout", "r", "d");
    withAxes(model, opset >= 18, "ReduceMean", "d", "m", 2, 3);
    withAxes(model, opset >= 13, "Squeeze", "m", "s", -1, 2);
    withAxes(model, opset >= 13, "Unsqueeze", "s", "u", 0);
    if (opset >= 18) {
      model.node("Split", "u", "a, b", integer("num_outputs", 2), integer("axis", 2));
    } else if (opset >= 13) {
      model.integers("parts", 2, 2).node("Split", "u, parts", "a, b", integer("axis", 2));
    } else {
      model.node("Split", "u", "a, b", integer("axis", 2), ints("split", 2, 2));
    }
    withAxes(model, opset >= 13, "ReduceSum", "a", "t", 0);
    model
        .node("Constant", "", "w", tensor("value", empty(2, 5)))
        .integers("shape", -1, 2)
        .node("Reshape", "t, shape", "f")
        .node("Gemm", "f, w", "y");
    assertThat(model.shape("m")).isEqualTo(Shape.of(2, 4, 1, 1));
    assertThat(model.shape("b")).isEqualTo(Shape.of(1, 2, 2));
    assertThat(model.shape("y")).isEqualTo(Shape.of(2, 5));
    Workload workload = model.read(ALL);
    assertThat(workload.notCosted()).isEmpty();
    assertThat(workload.macs()).isEqualTo(2 * 4 * 64 * 27 + 2 * 2 * 5);
    // The folded normalisation is a bias of 4; the sum over one row is nothing but a move or an
    // add.
    assertThat(workload.layers().stream().map(l -> l.operator() + " " + l.operations()))
        .contains("Bias 4", "Clip 512", "ReduceMean 512");
    assertThat(workload.operations()).isBetween(4L + 512 + 512, 4L + 512 + 512 + 4);
  }

  @Test
  void weightsInConstantNodesAreWeights() {
    TestModel model =
        new TestModel()
            .input("x", 2, 6)
            .node("Constant", "", "w", tensor("value", empty(6, 5)))
            .node("Identity", "w", "v")
            .node("MatMul", "x, v", "y");
    assertThat(model.einsum().operands().get(1).role()).isEqualTo(Role.WEIGHT);
    assertThat(model.read().parameters()).hasValue(30);
  }

  /** Bounds are attributes before operator set 11, and each may be left out after it. */
  @Test
  void clip() {
    List<TestModel> forms =
        List.of(
            new TestModel().opset(6).input("x", 2, 6).node("Clip", "x", "y"),
            new TestModel().opset(11).input("x", 2, 6).node("Clip", "x", "y"),
            new TestModel().reals("h", 6).input("x", 2, 6).node("Clip", "x, , h", "y"),
            new TestModel().reals("l", 0).input("x", 2, 6).node("Clip", "x, l", "y"));
    for (TestModel model : forms) {
      assertThat(model.shape("y")).isEqualTo(Shape.of(2, 6));
      Workload workload = model.weight("w", 6, 1).node("Gemm", "y, w", "z").read(ALL);
      assertThat(workload.operations()).isEqualTo(12);
    }
  }

  /** Five results before operator set 14, three in training mode since, one at inference. */
  @ParameterizedTest
  @CsvSource({
    "9, 'y, m, v, sm, sv', 0",
    "13, 'y, m, v, sm, sv', 0",
    "14, 'y, m, v', 1",
    "15, y, 0"
  })
  void batchNormalisationsHaveStatistics(long opset, String outputs, long training) {
    TestModel model =
        new TestModel()
            .opset(opset)
            .input("x", 2, 3, 4, 4)
            .weight("s", 3)
            .weight("b", 3)
            .weight("i", 3)
            .weight("j", 3);
    model =
        opset >= 14
            ? model.node(
                "BatchNormalization", "x, s, b, i, j", outputs, integer("training_mode", training))
            : model.node("BatchNormalization", "x, s, b, i, j", outputs);
    assertThat(model.shape("y")).isEqualTo(Shape.of(2, 3, 4, 4));
    for (String statistic : outputs.split(", ")) {
      if (!statistic.equals("y")) {
        assertThat(model.shape(statistic)).isEqualTo(Shape.of(3));
      }
    }
  }

  /** Scales or sizes; a region of interest that is there, empty, or left out. */
  @Test
  void resize() {
    TestModel scales = new TestModel().opset(10).input("x", 1, 2, 4, 5).reals("s", 1, 1, 2, 3);
    assertThat(scales.node("Resize", "x, s", "y").shape("y")).isEqualTo(Shape.of(1, 2, 8, 15));
    for (long opset : new long[] {11, 13, 18, 19, 21}) {
      TestModel model =
          new TestModel()
              .opset(opset)
              .input("x", 1, 2, 4, 5)
              .reals("none")
              .reals("s", 1, 1, 2, 3)
              .integers("n", 1, 2, 7, 9)
              .node("Resize", "x, none, s", "a", text("mode", "nearest"))
              .node("Resize", "x, none, none, n", "b", text("mode", "linear"))
              .node("Resize", "x, , , n", "c");
      assertThat(model.shape("a")).isEqualTo(Shape.of(1, 2, 8, 15));
      assertThat(model.shape("b")).isEqualTo(Shape.of(1, 2, 7, 9));
      assertThat(model.shape("c")).isEqualTo(Shape.of(1, 2, 7, 9));
    }
    TestModel axes =
        new TestModel()
            .opset(18)
            .input("x", 1, 2, 4, 5)
            .integers("n", 8, 20)
            .node(
                "Resize",
                "x, , , n",
                "y",
                ints("axes", 2, 3),
                text("keep_aspect_ratio_policy", "not_larger"));
    assertThat(axes.shape("y")).isEqualTo(Shape.of(1, 2, 8, 10));
    TestModel upsampled = new TestModel().opset(9).input("x", 1, 2, 4, 5).reals("s", 1, 1, 2, 2);
    assertThat(upsampled.node("Upsample", "x, s", "y").shape("y")).isEqualTo(Shape.of(1, 2, 8, 10));
    TestModel older = new TestModel().opset(7).input("x", 1, 2, 4, 5);
    assertThat(older.node("Upsample", "x", "y", floats("scales", 1, 1, 2, 2)).shape("y"))
        .isEqualTo(Shape.of(1, 2, 8, 10));
  }

  /** The last part of a split into several is the smaller one. */
  @Test
  void splitsThatDoNotDivide() {
    TestModel model =
        new TestModel()
            .opset(18)
            .input("x", 7, 2)
            .node("Split", "x", "a, b, c", integer("num_outputs", 3));
    assertThat(List.of(model.shape("a"), model.shape("b"), model.shape("c")))
        .containsExactly(Shape.of(3, 2), Shape.of(3, 2), Shape.of(1, 2));
    TestModel equal = new TestModel().opset(11).input("x", 6, 2).node("Split", "x", "a, b, c");
    assertThat(equal.shape("c")).isEqualTo(Shape.of(2, 2));
  }

  /** Reductions take their axes as an input since operator set 18 ({@code ReduceSum}: 13). */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ReduceL1",
        "ReduceL2",
        "ReduceLogSum",
        "ReduceLogSumExp",
        "ReduceMax",
        "ReduceMean",
        "ReduceMin",
        "ReduceProd",
        "ReduceSum",
        "ReduceSumSquare"
      })
  void reductions(String operator) {
    TestModel old = new TestModel().opset(12).input("x", 2, 3, 4);
    assertThat(old.node(operator, "x", "y", ints("axes", -1), integer("keepdims", 0)).shape("y"))
        .isEqualTo(Shape.of(2, 3));
    TestModel input = new TestModel().opset(18).input("x", 2, 3, 4).integers("a", 1, 2);
    assertThat(input.node(operator, "x, a", "y").shape("y")).isEqualTo(Shape.of(2, 1, 1));
    TestModel all = new TestModel().opset(18).input("x", 2, 3, 4).node(operator, "x", "y");
    assertThat(all.shape("y")).isEqualTo(Shape.of(1, 1, 1));
    TestModel none =
        new TestModel()
            .opset(18)
            .input("x", 2, 3, 4)
            .node(operator, "x", "y", integer("noop_with_empty_axes", 1));
    assertThat(none.shape("y")).isEqualTo(Shape.of(2, 3, 4));
  }

  /** The ratio is an attribute before operator set 12, an input since; the mask may be read. */
  @Test
  void dropout() {
    TestModel old = new TestModel().opset(11).input("x", 2, 6).node("Dropout", "x", "y, m");
    assertThat(old.shape("m")).isEqualTo(Shape.of(2, 6));
    TestModel later = new TestModel().reals("r", 0.5).input("x", 2, 6).node("Dropout", "x, r", "y");
    assertThat(later.shape("y")).isEqualTo(Shape.of(2, 6));
  }

  /** Numbers as attributes of a constant node, since operator set 12. */
  @Test
  void shapesFromConstantNodes() {
    TestModel model =
        new TestModel()
            .input("x", 2, 3, 4)
            .node("Constant", "", "s", ints("value_ints", 0, -1))
            .node("Reshape", "x, s", "y");
    assertThat(model.shape("y")).isEqualTo(Shape.of(2, 12));
    TestModel zero =
        new TestModel()
            .opset(14)
            .integers("n", 0, 3)
            .integers("s", 3, 0)
            .node("ConstantOfShape", "n", "x")
            .node("Reshape", "x, s", "y", integer("allowzero", 1));
    assertThat(zero.shape("y")).isEqualTo(Shape.of(3, 0));
  }

  /** A part of a shape, since operator set 15. */
  @Test
  void partsOfShapes() {
    TestModel model =
        new TestModel()
            .opset(15)
            .input("x", 2, 3, 4)
            .node("Shape", "x", "s", integer("start", -2), integer("end", 3))
            .node("ConstantOfShape", "s", "y");
    assertThat(model.shape("y")).isEqualTo(Shape.of(3, 4));
  }
}
