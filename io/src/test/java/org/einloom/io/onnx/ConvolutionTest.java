package org.einloom.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.einloom.io.onnx.TestModel.integer;
import static org.einloom.io.onnx.TestModel.ints;
import static org.einloom.io.onnx.TestModel.text;

import onnx.Onnx.AttributeProto;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvolutionTest {
  private static TestModel conv(long[] input, long[] kernel, AttributeProto... attributes) {
    return new TestModel()
        .input("x", input)
        .weight("w", kernel)
        .node("Conv", "x, w", "y", attributes);
  }

  private static long[] of(long... sizes) {
    return sizes;
  }

  @Test
  void stridesAndPadding() {
    TestModel model =
        conv(of(2, 3, 16, 15), of(8, 3, 5, 3), ints("strides", 2, 1), ints("pads", 2, 1, 1, 0));
    Einsum e = model.einsum();
    assertThat(e.expression())
        .isEqualTo(
            "output[n, m, p, q] += input[n, c, 2*p + r - 2, q + s - 1] * weight[m, c, r, s]");
    assertThat(model.shape("y")).isEqualTo(Shape.of(2, 8, 8, 14));
    assertThat(e.computes()).isEqualTo(2L * 8 * 3 * 8 * 14 * 5 * 3);
    assertThat(e.tensor("input").words()).isEqualTo(2 * 3 * 16 * 15);
    assertThat(e.tensor("weight").words()).isEqualTo(8 * 3 * 5 * 3);
    assertThat(e.tensor("output").words()).isEqualTo(2 * 8 * 8 * 14);
  }

  @Test
  void dilation() {
    TestModel model = conv(of(1, 2, 9, 9), of(2, 2, 3, 3), ints("dilations", 3, 2));
    assertThat(model.einsum().expression())
        .isEqualTo("output[n, m, p, q] += input[n, c, p + 3*r, q + 2*s] * weight[m, c, r, s]");
    assertThat(model.shape("y")).isEqualTo(Shape.of(1, 2, 3, 5));
  }

  @Test
  void oneAndThreeDimensions() {
    assertThat(conv(of(1, 2, 9), of(3, 2, 4)).einsum().expression())
        .isEqualTo("output[n, m, p] += input[n, c, p + r] * weight[m, c, r]");
    assertThat(conv(of(1, 2, 9, 8, 7), of(3, 2, 4, 3, 2)).einsum().expression())
        .isEqualTo(
            "output[n, m, o, p, q] += input[n, c, o + t, p + r, q + s] * weight[m, c, t, r, s]");
  }

  @Test
  void groups() {
    TestModel model = conv(of(1, 6, 9, 9), of(8, 3, 3, 3), integer("group", 2));
    Einsum e = model.einsum();
    assertThat(e.expression())
        .isEqualTo("output[n, g, m, p, q] += input[n, g, c, p + r, q + s] * weight[g, m, c, r, s]");
    assertThat(e.extent("g")).isEqualTo(2);
    assertThat(e.extent("m")).isEqualTo(4);
    assertThat(e.extent("c")).isEqualTo(3);
    assertThat(e.computes()).isEqualTo(8L * 3 * 49 * 9);
  }

  @Test
  void depthwise() {
    assertThat(conv(of(1, 6, 9, 9), of(6, 1, 3, 3), integer("group", 6)).einsum().expression())
        .isEqualTo("output[n, g, p, q] += input[n, g, p + r, q + s] * weight[g, r, s]");
  }

  @Test
  void depthwiseWithAMultiplier() {
    Einsum e = conv(of(1, 6, 9, 9), of(12, 1, 3, 3), integer("group", 6)).einsum();
    assertThat(e.expression())
        .isEqualTo("output[n, g, m, p, q] += input[n, g, p + r, q + s] * weight[g, m, r, s]");
    assertThat(e.extent("m")).isEqualTo(2);
  }

  @Test
  void variablesOfExtentOneAreLeftOutExceptTheBatch() {
    assertThat(conv(of(1, 8, 7, 7), of(4, 8, 1, 1)).einsum().expression())
        .isEqualTo("output[n, m, p, q] += input[n, c, p, q] * weight[m, c]");
    assertThat(conv(of(1, 1, 7, 7), of(1, 1, 7, 7)).einsum().expression())
        .isEqualTo("output[n] += input[n, r, s] * weight[r, s]");
  }

  @Test
  void aRankThatOnlyOnePositionOfIsUsedStaysWhole() {
    Einsum e = conv(of(1, 2, 3), of(4, 2, 1), ints("strides", 4)).einsum();
    assertThat(e.expression()).isEqualTo("output[n, m] += input[n, c, 0] * weight[m, c]");
    assertThat(e.tensor("input").words()).isEqualTo(6);
  }

  // Expected pads: total = (ceil(in/stride) - 1) * stride + span - in; the odd one at end or begin.
  @ParameterizedTest
  @CsvSource({
    "SAME_UPPER, 8, 3, 2, 1, 4, 0",
    "SAME_LOWER, 8, 3, 2, 1, 4, 1",
    "SAME_UPPER, 7, 4, 2, 1, 4, 1",
    "SAME_LOWER, 7, 4, 2, 1, 4, 2",
    "SAME_UPPER, 7, 2, 1, 3, 7, 1",
    "SAME_LOWER, 7, 2, 1, 3, 7, 2",
    "SAME_UPPER, 9, 1, 3, 1, 3, 0",
    "VALID, 8, 3, 2, 1, 3, 0",
    "NOTSET, 8, 3, 2, 1, 3, 0"
  })
  void automaticPadding(
      String auto, long in, long kernel, long stride, long dilation, long out, long begin) {
    TestModel model =
        conv(
            of(1, 2, in),
            of(2, 2, kernel),
            text("auto_pad", auto),
            ints("strides", stride),
            ints("dilations", dilation));
    assertThat(model.shape("y")).isEqualTo(Shape.of(1, 2, out));
    assertThat(model.einsum().tensor("input").ranks().get(2).expression().offset())
        .isEqualTo(-begin);
  }

  @Test
  void biasIsNamed() {
    var workload =
        new TestModel()
            .input("x", 1, 2, 4, 4)
            .weight("w", 2, 2, 3, 3)
            .weight("b", 2)
            .node("Conv", "x, w, b", "y")
            .read();
    assertThat(workload.notCosted().toString()).contains("Bias").contains("count=1");
    assertThat(workload.parameters()).hasValue(2 * 2 * 9 + 2);
  }

  @Test
  void emptyBatchesComputeNothing() {
    assertThatThrownBy(
            () ->
                new TestModel()
                    .input("x", 1, 2, 4, 4)
                    .integers("s", 0, 2, 4, 4)
                    .weight("w", 2, 2, 3, 3)
                    .node("ConstantOfShape", "s", "z")
                    .node("Conv", "z, w", "y")
                    .read())
        .isInstanceOf(InvalidSpecException.class)
        .hasMessage(
            "test.onnx: node 'y' (Conv): rank variable 'n' has extent 0; an extent is at least 1");
  }
}
