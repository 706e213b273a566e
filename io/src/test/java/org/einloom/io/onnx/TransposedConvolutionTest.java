package org.einloom.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.einloom.io.onnx.TestModel.integer;
import static org.einloom.io.onnx.TestModel.ints;
import static org.einloom.io.onnx.TestModel.text;

import onnx.Onnx.AttributeProto;
import org.einloom.workload.Einsum;
import org.junit.jupiter.api.Test;

class TransposedConvolutionTest {
  private static TestModel conv(long[] input, long[] kernel, AttributeProto... attributes) {
    return new TestModel()
        .input("x", input)
        .weight("w", kernel)
        .node("ConvTranspose", "x, w", "y", attributes);
  }

  private static long[] of(long... sizes) {
    return sizes;
  }

  @Test
  void scattersFromInputPositions() {
    TestModel model =
        conv(
            of(1, 4, 5, 6),
            of(4, 3, 3, 2),
            ints("strides", 2, 3),
            ints("pads", 1, 0, 1, 1),
            ints("dilations", 1, 2));
    Einsum e = model.einsum();
    assertThat(e.expression())
        .isEqualTo(
            "output[n, m, 2*p + r - 1, 3*q + 2*s] += input[n, c, p, q] * weight[c, m, r, s]");
    assertThat(model.shape("y")).isEqualTo(Shape.of(1, 3, 9, 17));
    assertThat(e.computes()).isEqualTo(4L * 3 * 5 * 6 * 3 * 2);
  }

  @Test
  void outputPaddingMakesTheOutputLarger() {
    TestModel model = conv(of(1, 2, 5), of(2, 3, 3), ints("strides", 2), ints("output_padding", 1));
    assertThat(model.shape("y")).isEqualTo(Shape.of(1, 3, 12));
  }

  @Test
  void outputShapeDecidesThePadding() {
    TestModel model = conv(of(1, 2, 5), of(2, 3, 3), ints("strides", 2), ints("output_shape", 8));
    // 11 positions are reached: 3 are cropped, and without SAME_UPPER the odd one at the begin.
    assertThat(model.shape("y")).isEqualTo(Shape.of(1, 3, 8));
    assertThat(model.einsum().output().toString()).isEqualTo("output[n, m, 2*p + r - 2]");
    TestModel upper =
        conv(
            of(1, 2, 5),
            of(2, 3, 3),
            ints("strides", 2),
            ints("output_shape", 8),
            text("auto_pad", "SAME_UPPER"));
    assertThat(upper.einsum().output().toString()).isEqualTo("output[n, m, 2*p + r - 1]");
  }

  @Test
  void automaticPaddingMultipliesTheExtent() {
    for (String auto : new String[] {"SAME_UPPER", "SAME_LOWER"}) {
      assertThat(
              conv(of(1, 2, 5), of(2, 3, 3), ints("strides", 2), text("auto_pad", auto)).shape("y"))
          .isEqualTo(Shape.of(1, 3, 10));
    }
  }

  @Test
  void groups() {
    TestModel model = conv(of(1, 6, 5, 5), of(6, 4, 3, 3), integer("group", 3));
    assertThat(model.shape("y")).isEqualTo(Shape.of(1, 12, 7, 7));
    Einsum e = model.einsum();
    assertThat(e.expression())
        .isEqualTo("output[n, g, m, p + r, q + s] += input[n, g, c, p, q] * weight[g, c, m, r, s]");
    assertThat(e.computes()).isEqualTo(3L * 2 * 4 * 25 * 9);
  }

  @Test
  void oneAndThreeDimensions() {
    assertThat(conv(of(2, 2, 9), of(2, 3, 4)).einsum().output().toString())
        .isEqualTo("output[n, m, p + r]");
    assertThat(conv(of(2, 2, 9, 8, 7), of(2, 3, 4, 3, 2)).einsum().output().toString())
        .isEqualTo("output[n, m, o + t, p + r, q + s]");
  }
}
