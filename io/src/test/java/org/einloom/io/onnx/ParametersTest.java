package org.einloom.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.einloom.io.onnx.TestModel.integerTensor;
import static org.einloom.io.onnx.TestModel.tensor;

import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorProto.DataType;
import org.junit.jupiter.api.Test;

class ParametersTest {
  private static long count(TestModel model) {
    return Parameters.count(model.build().getGraph());
  }

  @Test
  void weightsBiasesScalesAndShifts() {
    assertThat(
            count(
                new TestModel()
                    .weight("w", 8, 3, 3, 3)
                    .weight("b", 8)
                    .weight("scale", 8)
                    .weight("shift", 8)
                    .weight("mean", 8)
                    .weight("var", 8)
                    .node("Conv", "x, w, b", "y")
                    .node("BatchNormalization", "y, scale, shift, mean, var", "z")))
        .isEqualTo(8 * 27 + 3 * 8);
  }

  @Test
  void aTensorUsedTwiceCountsOnceAndOneUnderAnotherNameTwice() {
    assertThat(
            count(
                new TestModel()
                    .weight("w", 4, 4)
                    .node("MatMul", "x, w", "y")
                    .node("MatMul", "y, w", "z")))
        .isEqualTo(16);
    // The exporter writes tensors of equal contents once, and gives them their other names so.
    assertThat(
            count(
                new TestModel()
                    .weight("w", 4, 4)
                    .node("Identity", "w", "v")
                    .node("MatMul", "x, w", "y")
                    .node("MatMul", "y, v", "z")))
        .isEqualTo(32);
  }

  @Test
  void integersBoundsScalesAndUnusedTensorsAreNoParameters() {
    assertThat(
            count(
                new TestModel()
                    .weight("unused", 100)
                    .integers("s", 2, 2)
                    .reals("low", 0)
                    .reals("scales", 1, 1, 2, 2)
                    .node("Reshape", "x, s", "y")
                    .node("Clip", "y, low", "z")
                    .node("Resize", "z, , scales", "r")))
        .isZero();
  }

  @Test
  void quantisedWeightsCount() {
    var model = new TestModel().reals("scale", 1, 2, 3, 4);
    model.graph.addInitializer(
        TensorProto.newBuilder()
            .setName("w")
            .setDataType(DataType.INT8_VALUE)
            .addDims(4)
            .addDims(6));
    model.node("DequantizeLinear", "w, scale", "d").node("MatMul", "d, x", "y");
    assertThat(count(model)).isEqualTo(24);
  }

  @Test
  void constantsOfMoreThanOneElementCount() {
    var real =
        TensorProto.newBuilder().setDataType(DataType.FLOAT_VALUE).addDims(4).addDims(6).build();
    assertThat(
            count(
                new TestModel()
                    .node("Constant", "", "w", tensor("value", real))
                    .node(
                        "Constant",
                        "",
                        "half",
                        tensor("value", real.toBuilder().clearDims().build()))
                    .node("Constant", "", "s", tensor("value", integerTensor(2, 2)))
                    .node("MatMul", "x, w", "y")
                    .node("Mul", "y, half", "z")
                    .node("Reshape", "z, s", "r")))
        .isEqualTo(24);
  }
}
