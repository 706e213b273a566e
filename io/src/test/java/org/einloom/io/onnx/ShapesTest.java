package org.einloom.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.einloom.io.onnx.TestModel.floats;
import static org.einloom.io.onnx.TestModel.integer;
import static org.einloom.io.onnx.TestModel.ints;
import static org.einloom.io.onnx.TestModel.text;

import onnx.Onnx.AttributeProto;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The shapes that operators make, family by family; expected shapes as the specification has them.
 */
class ShapesTest {
  private static TestModel x(long... sizes) {
    return new TestModel().input("x", sizes);
  }

  private static Shape of(long... sizes) {
    return Shape.of(sizes);
  }

  private static Shape unary(String operator, long[] sizes, AttributeProto... attributes) {
    return x(sizes).node(operator, "x", "y", attributes).shape("y");
  }

  private static long[] sizes(long... sizes) {
    return sizes;
  }

  @Nested
  class Unary {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "Relu",
          "Sigmoid",
          "Tanh",
          "Softmax",
          "Erf",
          "Identity",
          "Clip",
          "Gelu",
          "LeakyRelu",
          "HardSwish",
          "LogSoftmax",
          "Neg",
          "Sqrt",
          "Exp",
          "Not",
          "IsNaN",
          "Dropout",
          "Trilu",
          "LRN"
        })
    void keepTheShape(String operator) {
      assertThat(unary(operator, sizes(2, 3, 4))).isEqualTo(of(2, 3, 4));
    }

    @Test
    void castChangesTheType() {
      TestModel model = x(2, 3).node("Cast", "x", "y", integer("to", ElementType.INT64));
      assertThat(model.value("y").type()).isEqualTo(ElementType.INT64);
      assertThat(model.shape("y")).isEqualTo(of(2, 3));
    }

    @Test
    void normalisations() {
      TestModel model =
          x(2, 8, 4, 4)
              .weight("s", 8)
              .weight("t", 4, 4)
              .node("BatchNormalization", "x, s, s, s, s", "b")
              .node("InstanceNormalization", "x, s, s", "i")
              .node("LayerNormalization", "x, t", "l, mean, deviation", integer("axis", -2));
      assertThat(model.shape("b")).isEqualTo(of(2, 8, 4, 4));
      assertThat(model.shape("i")).isEqualTo(of(2, 8, 4, 4));
      assertThat(model.shape("l")).isEqualTo(of(2, 8, 4, 4));
      assertThat(model.shape("mean")).isEqualTo(of(2, 8, 1, 1));
    }
  }

  @Nested
  class Elementwise {
    @ParameterizedTest
    @ValueSource(strings = {"Add", "Sub", "Mul", "Div", "Pow", "Equal", "Less", "Mean", "Max"})
    void broadcast(String operator) {
      TestModel model = x(2, 1, 4).input("z", 3, 1).node(operator, "x, z", "y");
      assertThat(model.shape("y")).isEqualTo(of(2, 3, 4));
    }

    @Test
    void whereBroadcastsThree() {
      TestModel model = x(2, 1, 1).input("a", 3, 1).input("b", 4).node("Where", "x, a, b", "y");
      assertThat(model.shape("y")).isEqualTo(of(2, 3, 4));
    }

    @Test
    void beforeOperatorSet7AnAttributeAligned() {
      TestModel model =
          x(2, 3, 4, 5)
              .opset(6)
              .input("z", 3, 4)
              .node("Add", "x, z", "y", integer("broadcast", 1), integer("axis", 1));
      assertThat(model.shape("y")).isEqualTo(of(2, 3, 4, 5));
    }
  }

  @Nested
  class Pooling {
    @Test
    void windows() {
      assertThat(
              unary(
                  "MaxPool",
                  sizes(1, 3, 112, 112),
                  ints("kernel_shape", 3, 3),
                  ints("strides", 2, 2),
                  ints("pads", 1, 1, 1, 1)))
          .isEqualTo(of(1, 3, 56, 56));
      assertThat(unary("MaxPool", sizes(1, 3, 20), ints("kernel_shape", 3), ints("dilations", 4)))
          .isEqualTo(of(1, 3, 12));
      assertThat(
              unary(
                  "AveragePool",
                  sizes(1, 3, 7, 7),
                  ints("kernel_shape", 2, 2),
                  ints("strides", 2, 2),
                  text("auto_pad", "SAME_UPPER")))
          .isEqualTo(of(1, 3, 4, 4));
    }

    // A last window that starts in the padding at the end does not count.
    @ParameterizedTest
    @CsvSource({"7, 2, 2, 0, 0, 4", "6, 2, 2, 0, 0, 3", "6, 3, 2, 0, 0, 3", "1, 1, 2, 0, 1, 1"})
    void ceilMode(long in, long kernel, long stride, long begin, long end, long out) {
      assertThat(
              unary(
                  "MaxPool",
                  sizes(1, 1, in),
                  ints("kernel_shape", kernel),
                  ints("strides", stride),
                  ints("pads", begin, end),
                  integer("ceil_mode", 1)))
          .isEqualTo(of(1, 1, out));
    }

    @Test
    void global() {
      assertThat(unary("GlobalAveragePool", sizes(2, 8, 7, 7))).isEqualTo(of(2, 8, 1, 1));
      assertThat(unary("GlobalMaxPool", sizes(2, 8, 7))).isEqualTo(of(2, 8, 1));
    }

    @Test
    void regions() {
      TestModel model =
          x(1, 16, 50, 50)
              .input("r", 100, 4)
              .integers("i", new long[100])
              .node(
                  "RoiAlign",
                  "x, r, i",
                  "y",
                  integer("output_height", 7),
                  integer("output_width", 5));
      assertThat(model.shape("y")).isEqualTo(of(100, 16, 7, 5));
    }
  }

  @Nested
  class Reductions {
    @Test
    void axesAsAttributeOrInput() {
      assertThat(x(2, 3, 4).opset(11).node("ReduceMean", "x", "y", ints("axes", -1)).shape("y"))
          .isEqualTo(of(2, 3, 1));
      assertThat(
              x(2, 3, 4)
                  .opset(18)
                  .integers("a", 0, 2)
                  .node("ReduceMean", "x, a", "y", integer("keepdims", 0))
                  .shape("y"))
          .isEqualTo(of(3));
    }

    @Test
    void withoutAxes() {
      assertThat(unary("ReduceSum", sizes(2, 3))).isEqualTo(of(1, 1));
      assertThat(unary("ReduceSum", sizes(2, 3), integer("keepdims", 0))).isEqualTo(Shape.SCALAR);
      assertThat(unary("ReduceSum", sizes(2, 3), integer("noop_with_empty_axes", 1)))
          .isEqualTo(of(2, 3));
    }

    @Test
    void positions() {
      assertThat(unary("ArgMax", sizes(2, 3, 4), integer("axis", 1), integer("keepdims", 0)))
          .isEqualTo(of(2, 4));
      TestModel model = x(2, 30).integers("k", 5).node("TopK", "x, k", "values, indices");
      assertThat(model.shape("values")).isEqualTo(of(2, 5));
      assertThat(model.value("indices").type()).isEqualTo(ElementType.INT64);
    }
  }

  @Nested
  class Reshaping {
    private static Shape reshape(long[] from, long... to) {
      return x(from).integers("s", to).node("Reshape", "x, s", "y").shape("y");
    }

    @Test
    void reshape() {
      assertThat(reshape(sizes(2, 3, 4), 6, 4)).isEqualTo(of(6, 4));
      assertThat(reshape(sizes(2, 3, 4), 0, -1)).isEqualTo(of(2, 12));
      assertThat(reshape(sizes(2, 3, 4), -1, 0, 2)).isEqualTo(of(4, 3, 2));
      assertThat(x(2, 3).opset(1).node("Reshape", "x", "y", ints("shape", 3, 2)).shape("y"))
          .isEqualTo(of(3, 2));
    }

    @Test
    void flatten() {
      assertThat(unary("Flatten", sizes(2, 3, 4))).isEqualTo(of(2, 12));
      assertThat(unary("Flatten", sizes(2, 3, 4), integer("axis", 0))).isEqualTo(of(1, 24));
      assertThat(unary("Flatten", sizes(2, 3, 4), integer("axis", 3))).isEqualTo(of(24, 1));
      assertThat(unary("Flatten", sizes(2, 3, 4), integer("axis", -1))).isEqualTo(of(6, 4));
    }

    @Test
    void squeezeWithAxesAsAttributeOrInput() {
      assertThat(unary("Squeeze", sizes(1, 3, 1))).isEqualTo(of(3));
      assertThat(x(1, 3, 1).opset(11).node("Squeeze", "x", "y", ints("axes", -1)).shape("y"))
          .isEqualTo(of(1, 3));
      assertThat(x(1, 3, 1).integers("a", 0).node("Squeeze", "x, a", "y").shape("y"))
          .isEqualTo(of(3, 1));
    }

    @Test
    void unsqueezeWithAxesAsAttributeOrInput() {
      assertThat(x(2, 3).opset(11).node("Unsqueeze", "x", "y", ints("axes", 0, 3)).shape("y"))
          .isEqualTo(of(1, 2, 3, 1));
      assertThat(x(2, 3).integers("a", -1).node("Unsqueeze", "x, a", "y").shape("y"))
          .isEqualTo(of(2, 3, 1));
    }
  }

  @Nested
  class Moving {
    @Test
    void transpose() {
      assertThat(unary("Transpose", sizes(2, 3, 4))).isEqualTo(of(4, 3, 2));
      assertThat(unary("Transpose", sizes(2, 3, 4), ints("perm", 1, 0, 2))).isEqualTo(of(3, 2, 4));
    }

    @Test
    void concat() {
      TestModel model = x(2, 3).input("z", 2, 5).node("Concat", "x, z", "y", integer("axis", -1));
      assertThat(model.shape("y")).isEqualTo(of(2, 8));
    }

    @Test
    void expandBothWays() {
      assertThat(x(3, 1).integers("s", 2, 1, 4).node("Expand", "x, s", "y").shape("y"))
          .isEqualTo(of(2, 3, 4));
    }

    @Test
    void tile() {
      assertThat(x(2, 3).integers("r", 1, 4).node("Tile", "x, r", "y").shape("y"))
          .isEqualTo(of(2, 12));
    }

    @Test
    void blocks() {
      assertThat(unary("DepthToSpace", sizes(1, 12, 5, 6), integer("blocksize", 2)))
          .isEqualTo(of(1, 3, 10, 12));
      assertThat(unary("SpaceToDepth", sizes(1, 3, 10, 12), integer("blocksize", 2)))
          .isEqualTo(of(1, 12, 5, 6));
    }
  }

  @Nested
  class Selecting {
    private static long slice(long size, long start, long end, long step) {
      return x(size)
          .integers("s", start)
          .integers("e", end)
          .integers("a", 0)
          .integers("t", step)
          .node("Slice", "x, s, e, a, t", "y")
          .shape("y")
          .size(0);
    }

    @Test
    void slice() {
      assertThat(slice(10, 2, 7, 1)).isEqualTo(5);
      assertThat(slice(10, -3, Long.MAX_VALUE, 1)).isEqualTo(3);
      assertThat(slice(10, 0, -1, 1)).isEqualTo(9);
      assertThat(slice(10, 1, 10, 4)).isEqualTo(3);
      assertThat(slice(10, -1, Long.MIN_VALUE, -1)).isEqualTo(10);
      assertThat(slice(10, 8, 2, -4)).isEqualTo(2);
      assertThat(slice(10, 7, 3, 1)).isZero();
      assertThat(slice(10, 0, Long.MAX_VALUE, Long.MAX_VALUE)).isEqualTo(1);
      assertThat(slice(10, 9, Long.MIN_VALUE, Long.MIN_VALUE)).isEqualTo(1);
    }

    @Test
    void sliceByAttributes() {
      assertThat(
              x(4, 10)
                  .opset(9)
                  .node("Slice", "x", "y", ints("starts", 3), ints("ends", 99), ints("axes", 1))
                  .shape("y"))
          .isEqualTo(of(4, 7));
    }

    @Test
    void split() {
      TestModel given =
          x(2, 7).integers("s", 3, 4).node("Split", "x, s", "a, b", integer("axis", 1));
      assertThat(given.shape("b")).isEqualTo(of(2, 4));
      TestModel old = x(7).opset(11).node("Split", "x", "a, b", ints("split", 5, 2));
      assertThat(old.shape("b")).isEqualTo(of(2));
      TestModel even = x(7).opset(18).node("Split", "x", "a, b, c", integer("num_outputs", 3));
      assertThat(even.shape("a")).isEqualTo(of(3));
      assertThat(even.shape("c")).isEqualTo(of(1));
    }

    @Test
    void gather() {
      TestModel model =
          x(30, 64)
              .typed("i", ElementType.INT64, 2, 5)
              .node("Gather", "x, i", "rows")
              .node("Gather", "x, i", "columns", integer("axis", 1))
              .scalar("one", 1)
              .node("Gather", "x, one", "row")
              .node("GatherElements", "x, i", "elements")
              .typed("j", ElementType.INT64, 7, 1)
              .node("GatherND", "x, j", "nd");
      assertThat(model.shape("rows")).isEqualTo(of(2, 5, 64));
      assertThat(model.shape("columns")).isEqualTo(of(30, 2, 5));
      assertThat(model.shape("row")).isEqualTo(of(64));
      assertThat(model.shape("elements")).isEqualTo(of(2, 5));
      assertThat(model.shape("nd")).isEqualTo(of(7, 64));
    }
  }

  @Nested
  class Resampling {
    @Test
    void resize() {
      TestModel model =
          x(1, 3, 10, 15)
              .reals("s", 1, 1, 2, 0.5)
              .integers("z", 1, 3, 7, 9)
              .node("Resize", "x, , s", "scaled")
              .node("Resize", "x, , , z", "sized");
      assertThat(model.shape("scaled")).isEqualTo(of(1, 3, 20, 7));
      assertThat(model.shape("sized")).isEqualTo(of(1, 3, 7, 9));
      TestModel ten = x(1, 3, 10, 15).opset(10).reals("s", 1, 1, 3, 3);
      assertThat(ten.node("Resize", "x, s", "y").shape("y")).isEqualTo(of(1, 3, 30, 45));
    }

    @Test
    void resizeOfSomeAxesKeepsTheAspect() {
      TestModel model =
          x(1, 3, 100, 200)
              .opset(19)
              .integers("z", 50, 50)
              .node(
                  "Resize",
                  "x, , , z",
                  "y",
                  ints("axes", 2, 3),
                  text("keep_aspect_ratio_policy", "not_larger"));
      assertThat(model.shape("y")).isEqualTo(of(1, 3, 25, 50));
    }

    /**
     * The product is one of single precision: 100 * 0.29f is 29, though 0.29f is less than 0.29.
     */
    @Test
    void scalesAreSinglePrecision() {
      TestModel model = x(1, 1, 100, 1).reals("s", 1, 1, 0.29, 1);
      assertThat(model.node("Resize", "x, , s", "y").shape("y")).isEqualTo(of(1, 1, 29, 1));
    }

    @Test
    void upsample() {
      assertThat(
              x(1, 3, 4, 5)
                  .opset(7)
                  .node("Upsample", "x", "y", floats("scales", 1, 1, 2, 2))
                  .shape("y"))
          .isEqualTo(of(1, 3, 8, 10));
    }

    @Test
    void pad() {
      assertThat(x(2, 3).integers("p", 0, 1, 2, -1).node("Pad", "x, p", "y").shape("y"))
          .isEqualTo(of(4, 3));
      assertThat(x(2, 3).opset(2).node("Pad", "x", "y", ints("pads", 0, 1, 2, 3)).shape("y"))
          .isEqualTo(of(4, 7));
      assertThat(
              x(2, 3)
                  .opset(18)
                  .integers("p", 4, 5)
                  .integers("a", -1)
                  .node("Pad", "x, p, , a", "y")
                  .shape("y"))
          .isEqualTo(of(2, 12));
    }

    @Test
    void grid() {
      assertThat(x(1, 3, 9, 9).input("g", 1, 5, 6, 2).node("GridSample", "x, g", "y").shape("y"))
          .isEqualTo(of(1, 3, 5, 6));
    }
  }

  @Nested
  class Recurrent {
    @Test
    void lstm() {
      TestModel model =
          x(10, 2, 16)
              .weight("w", 2, 32, 16)
              .weight("r", 2, 32, 8)
              .node("LSTM", "x, w, r", "y, h, c", text("direction", "bidirectional"));
      assertThat(model.shape("y")).isEqualTo(of(10, 2, 2, 8));
      assertThat(model.shape("h")).isEqualTo(of(2, 2, 8));
      assertThat(model.shape("c")).isEqualTo(of(2, 2, 8));
    }

    @Test
    void gruWithTheBatchFirst() {
      TestModel model =
          x(2, 10, 16)
              .weight("w", 1, 24, 16)
              .weight("r", 1, 24, 8)
              .node("GRU", "x, w, r", "y, h", integer("layout", 1));
      assertThat(model.shape("y")).isEqualTo(of(2, 10, 1, 8));
      assertThat(model.shape("h")).isEqualTo(of(2, 1, 8));
    }
  }

  @Nested
  class Products {
    @Test
    void quantised() {
      TestModel model =
          x(1, 3, 8, 8)
              .weight("w", 4, 3, 3, 3)
              .reals("s", 1)
              .node("QLinearConv", "x, s, s, w, s, s, s, s", "y")
              .node("ConvInteger", "x, w", "z", ints("pads", 1, 1, 1, 1));
      assertThat(model.shape("y")).isEqualTo(of(1, 4, 6, 6));
      assertThat(model.shape("z")).isEqualTo(of(1, 4, 8, 8));
      TestModel product = x(2, 3, 4).weight("w", 4, 5).node("MatMulInteger", "x, w", "y");
      assertThat(product.shape("y")).isEqualTo(of(2, 3, 5));
    }

    @Test
    void einsum() {
      TestModel model =
          x(2, 3, 4)
              .input("z", 2, 5, 4)
              .node("Einsum", "x, z", "y", text("equation", "b i d, b j d -> b i j"))
              .node("Einsum", "x, z", "i", text("equation", "bid,bjd"));
      assertThat(model.shape("y")).isEqualTo(of(2, 3, 5));
      assertThat(model.shape("i")).isEqualTo(of(3, 5));
    }
  }
}
