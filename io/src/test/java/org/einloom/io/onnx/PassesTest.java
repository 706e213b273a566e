package org.einloom.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.einloom.io.onnx.TestModel.integer;
import static org.einloom.io.onnx.TestModel.ints;
import static org.einloom.io.onnx.TestModel.text;

import java.util.List;
import java.util.stream.Collectors;
import onnx.Onnx.TensorProto.DataType;
import org.einloom.workload.Layer;
import org.einloom.workload.TensorAccess;
import org.einloom.workload.Workload;
import org.junit.jupiter.api.Test;

/** What operators that are no products cost: each graph is small enough to count by hand. */
class PassesTest {
  /** {@code name: operation expression (points; words of each tensor)}. */
  private static List<String> passes(TestModel model) {
    Workload workload = model.readAll();
    assertThat(workload.notCosted()).isEmpty();
    assertThat(workload.macs()).isZero();
    assertThat(workload.operations())
        .isEqualTo(workload.layers().stream().mapToLong(l -> l.einsum().computes()).sum());
    return workload.layers().stream().map(PassesTest::shown).toList();
  }

  private static String shown(Layer layer) {
    var e = layer.einsum();
    return "%s: %s %s (%d; %s)"
        .formatted(
            layer.name(),
            e.operation(),
            e.expression(),
            e.computes(),
            e.tensors().stream()
                .map(TensorAccess::words)
                .map(String::valueOf)
                .collect(Collectors.joining(" ")));
  }

  private static TestModel x(long... sizes) {
    return new TestModel().input("x", sizes);
  }

  @Test
  void elementWiseOperatorsMergeTheAxesThatTheirTensorsShare() {
    assertThat(passes(x(2, 3, 4, 5).node("Relu", "x", "y")))
        .containsExactly("y: relu output[i] += input[i] (120; 120 120)");
    assertThat(passes(x(2, 3, 4, 5).input("z", 2, 3, 4, 5).node("Add", "x, z", "y")))
        .containsExactly("y: add output[i] += input[i] * weight[i] (120; 120 120 120)");
    assertThat(passes(x(2, 3, 4, 5).weight("c", 3, 1, 1).node("Mul", "c, x", "y")))
        .containsExactly("y: mul output[i, j] += input[i, j] * weight[j] (120; 120 3 120)");
    assertThat(passes(x(4, 1).input("z", 5).node("Sub", "x, z", "y")))
        .containsExactly("y: add output[i, j] += input[i] * weight[j] (20; 4 5 20)");
    assertThat(passes(x(3, 4).node("Mul", "x, x", "y")))
        .containsExactly("y: mul output[i] += input[i] * weight[i] (12; 12 12 12)");
    assertThat(x(3, 4).node("Mul", "x, x", "y").readAll().layers().get(0).einsum().operands())
        .extracting(TensorAccess::tensor)
        .containsExactly("input", "input");
  }

  @Test
  void constantsOfOneElementArePartOfTheOperation() {
    assertThat(passes(x(6).reals("h", 0.5).node("Mul", "x, h", "y")))
        .containsExactly("y: mul output[i] += input[i] (6; 6 6)");
    assertThat(passes(x(6).reals("lo", 0).reals("hi", 6).node("Clip", "x, lo, hi", "y")))
        .containsExactly("y: relu output[i] += input[i] (6; 6 6)");
    assertThat(passes(x(6).reals("e", 2).node("Pow", "x, e", "y")))
        .containsExactly("y: square output[i] += input[i] (6; 6 6)");
    assertThat(passes(x(6).reals("e", 0.5).node("Pow", "x, e", "y")))
        .containsExactly("y: sqrt output[i] += input[i] (6; 6 6)");
    assertThat(passes(x(6).reals("e", 3).node("Pow", "x, e", "y")))
        .containsExactly("y: pow output[i] += input[i] (6; 6 6)");
  }

  @Test
  void threeOperandsAreOnePassAndMoreAreSeveral() {
    assertThat(
            passes(
                new TestModel()
                    .typed("c", DataType.BOOL_VALUE, 4, 1)
                    .input("x", 4, 3)
                    .input("z", 3)
                    .node("Where", "c, x, z", "y")))
        .containsExactly(
            "y: select output[i, j] += input[i] * weight[i, j] * input2[j] (12; 4 12 3 12)");
    assertThat(
            passes(x(5).input("a", 5).input("b", 5).input("c", 5).node("Sum", "x, a, b, c", "y")))
        .containsExactly(
            "y.1: add output[i] += input[i] * weight[i] * input2[i] (5; 5 5 5 5)",
            "y.2: add output[i] += input[i] * weight[i] (5; 5 5 5)");
  }

  @Test
  void poolingsAreWindows() {
    assertThat(
            passes(
                x(2, 3, 8, 8)
                    .node("MaxPool", "x", "y", ints("kernel_shape", 3, 3), ints("strides", 2, 2))))
        .containsExactly("y: max output[c, p, q] += input[c, 2*p + r, 2*q + s] (486; 384 54)");
    assertThat(
            passes(
                x(1, 3, 8, 8)
                    .node(
                        "AveragePool",
                        "x",
                        "y",
                        ints("kernel_shape", 1, 3),
                        ints("pads", 0, 1, 0, 1))))
        .containsExactly("y: add output[c, p, q] += input[c, p, q + s - 1] (576; 192 192)");
    assertThat(
            passes(
                x(1, 3, 8, 8)
                    .node("AveragePool", "x", "y", ints("kernel_shape", 1, 1))
                    .node("Relu", "y", "z")))
        .containsExactly("z: relu output[i] += input[i] (192; 192 192)");
    assertThat(passes(x(2, 3, 7, 7).node("GlobalAveragePool", "x", "y")))
        .containsExactly("y: add output[i] += input[i, j] (294; 294 6)");
  }

  @Test
  void reductions() {
    assertThat(
            passes(
                x(2, 3, 4).node("ReduceMean", "x", "y", ints("axes", 1), integer("keepdims", 0))))
        .containsExactly("y: add output[i] += input[i, j] (24; 24 8)");
    assertThat(passes(x(2, 3, 4).node("ReduceMax", "x", "y", integer("keepdims", 0))))
        .containsExactly("y: max output[] += input[i] (24; 24 1)");
    assertThat(passes(x(2, 12).node("ReduceL2", "x", "y", ints("axes", -1))))
        .containsExactly(
            "y.sum: square output[i] += input[i, j] (24; 24 2)",
            "y.sqrt: sqrt output[i] += input[i] (2; 2 2)");
    assertThat(passes(x(4, 9).node("ArgMax", "x", "y", integer("axis", 1))))
        .containsExactly("y: max output[i] += input[i, j] (36; 36 4)");
    assertThat(passes(x(4, 1).node("ReduceSum", "x", "y", ints("axes", 1)).node("Relu", "y", "z")))
        .as("one element each: nothing to add up")
        .containsExactly("z: relu output[i] += input[i] (4; 4 4)");
  }

  @Test
  void softmaxIsFourPasses() {
    List<String> four =
        List.of(
            "y.max: max output[i] += input[i, j] (24; 24 6)",
            "y.exp: exp output[i, j] += input[i, j] * weight[i] (24; 24 6 24)",
            "y.sum: add output[i] += input[i, j] (24; 24 6)",
            "y.div: div output[i, j] += input[i, j] * weight[i] (24; 24 6 24)");
    assertThat(passes(x(2, 3, 4).node("Softmax", "x", "y"))).isEqualTo(four);
    assertThat(passes(x(6, 2, 2).opset(12).node("Softmax", "x", "y", integer("axis", 1))))
        .as("the axis and all behind it, before operator set 13")
        .isEqualTo(four);
    assertThat(passes(x(6, 4).node("LogSoftmax", "x", "y")))
        .hasSize(5)
        .endsWith(
            "y.log: log output[i] += input[i] * weight[i] (6; 6 6 6)",
            "y.sub: add output[i, j] += input[i, j] * weight[i] (24; 24 6 24)");
  }

  @Test
  void normalisations() {
    List<String> statistics =
        List.of(
            "y.mean: add output[i] += input[i, j] (24; 24 6)",
            "y.variance: square output[i] += input[i, j] * weight[i] (24; 24 6 6)",
            "y.deviation: sqrt output[i] += input[i] (6; 6 6)",
            "y.normalize: scale output[i, j] += input[i, j] * weight[i] * input2[i] (24; 24 6 6 24)");
    assertThat(
            passes(
                x(2, 3, 4)
                    .weight("g", 4)
                    .weight("b", 4)
                    .node("LayerNormalization", "x, g, b", "y")))
        .startsWith(statistics.toArray(String[]::new))
        .endsWith(
            "y.affine: scale output[i, j] += input[i, j] * weight[j] * weight2[j] (24; 24 4 4 24)");
    assertThat(
            passes(
                x(2, 3, 2, 2)
                    .weight("g", 3)
                    .weight("b", 3)
                    .node("InstanceNormalization", "x, g, b", "y")))
        .startsWith(statistics.toArray(String[]::new))
        .endsWith(
            "y.affine: scale output[i, j] += input[i, j] * weight[j] * weight2[j] (24; 24 3 3 24)");
    assertThat(
            passes(
                x(3, 8)
                    .opset(21)
                    .weight("g", 8)
                    .weight("b", 8)
                    .node("GroupNormalization", "x, g, b", "y", integer("num_groups", 2))))
        .startsWith(statistics.toArray(String[]::new))
        .endsWith(
            "y.affine: scale output[i, j] += input[i, j] * weight[j] * weight2[j] (24; 24 8 8 24)");
    assertThat(passes(x(6, 4).opset(23).weight("g", 4).node("RMSNormalization", "x, g", "y")))
        .containsExactly(
            "y.squares: square output[i] += input[i, j] (24; 24 6)",
            "y.root: sqrt output[i] += input[i] (6; 6 6)",
            "y.normalize: mul output[i, j] += input[i, j] * input2[i] * weight[j] (24; 24 6 4 24)");
  }

  @Test
  void localResponseNormalisationAddsUpSquaresOfNeighbouringChannels() {
    assertThat(passes(x(1, 8, 3, 3).node("LRN", "x", "y", integer("size", 5))))
        .containsExactly(
            "y.squares: square output[n, c, i] += input[n, c + r - 2, i] (360; 72 72)",
            "y.power: pow output[i] += input[i] * weight[i] (72; 72 72 72)");
  }

  private static TestModel normalized(String inputs) {
    return x(1, 2, 4, 4)
        .weight("w", 3, 2, 1, 1)
        .weight("c", 3)
        .weight("s", 3)
        .weight("b", 3)
        .weight("m", 3)
        .weight("v", 3)
        .node("Conv", inputs, "a")
        .node("BatchNormalization", "a, s, b, m, v", "y");
  }

  @Test
  void aBatchNormalisationBehindAConvolutionIsItsBias() {
    assertThat(normalized("x, w").readAll().layers().stream().map(PassesTest::shown))
        .containsExactly(
            "a: mac output[n, m, p, q] += input[n, c, p, q] * weight[m, c] (96; 32 6 48)",
            "y.bias: add output[] += weight[i] (3; 3 1)");
    assertThat(normalized("x, w, c").readAll().layers().stream().map(Layer::name))
        .as("the convolution has a bias already")
        .containsExactly("a", "a.bias");
    assertThat(
            normalized("x, w").node("Relu", "a", "r").readAll().layers().stream()
                .map(PassesTest::shown))
        .as("someone else reads what is not normalised")
        .contains("y: scale output[i, j] += input[i, j] * weight[i] * weight2[i] (48; 48 3 3 48)");
    assertThat(normalized("x, w").output("a", 1, 3, 4, 4).readAll().layers().get(1).operator())
        .isEqualTo("BatchNormalization");
  }

  @Test
  void gathersMoveWhatIsTaken() {
    var embedding =
        new TestModel()
            .typed("ids", DataType.INT64_VALUE, 2, 5)
            .weight("table", 1000, 8)
            .node("Gather", "table, ids", "y");
    assertThat(passes(embedding))
        .containsExactly("y: copy output[i, j] += input[i] * weight[i, j] (80; 10 80 80)");
    assertThat(
            passes(
                x(2, 7, 8)
                    .scalar("first", 0)
                    .node("Gather", "x, first", "y", integer("axis", 1))
                    .node("Relu", "y", "z")))
        .as("one constant index is a slice")
        .containsExactly("z: relu output[i] += input[i] (16; 16 16)");
    assertThat(
            passes(
                x(4, 5, 6)
                    .typed("ids", DataType.INT64_VALUE, 3, 2)
                    .node("GatherND", "x, ids", "y")))
        .containsExactly(
            "y.index: add output[i] += input[i, j] (6; 6 3)",
            "y.copy: copy output[i, j] += input[i, j] * weight[i] (18; 18 3 18)");
    assertThat(
            passes(
                x(100, 8)
                    .typed("ids", DataType.INT64_VALUE, 3, 1)
                    .input("rows", 3, 8)
                    .node("ScatterND", "x, ids, rows", "y")))
        .as("the other words stay where they are")
        .containsExactly("y: copy output[i, j] += input[i, j] * weight[i] (24; 24 3 24)");
  }

  private static List<String> resized(long size, String mode, double scale) {
    return passes(
        x(1, 2, size, size)
            .reals("s", 1, 1, scale, scale)
            .node("Resize", "x, , s", "y", text("mode", mode)));
  }

  @Test
  void resizingTakesItsTaps() {
    assertThat(resized(4, "nearest", 2))
        .containsExactly(
            "y: copy output[c, 2*p0 + u0, 2*p1 + u1] += input[c, p0, p1] (128; 32 128)");
    assertThat(resized(4, "linear", 2))
        .containsExactly(
            "y: scale output[c, 2*p0 + u0, 2*p1 + u1] += input[c, p0 + r0, p1 + r1] (512; 32 128)");
    assertThat(resized(8, "nearest", 0.5))
        .containsExactly("y: copy output[c, p0, p1] += input[c, 2*p0, 2*p1] (32; 128 32)");
    assertThat(resized(4, "nearest", 1.5))
        .as("six of eight points are in the result")
        .containsExactly(
            "y: copy output[c, 2*p0 + u0, 2*p1 + u1] += input[c, p0, p1] (128; 32 72)");
  }

  @Test
  void einsumsAreWhatTheySay() {
    Workload product =
        x(2, 3, 4)
            .input("z", 2, 5, 4)
            .node("Einsum", "x, z", "y", text("equation", "bik,bjk->bij"))
            .readAll();
    assertThat(product.layers().stream().map(PassesTest::shown))
        .containsExactly(
            "y: mac output[b, i, j] += input[b, i, k] * weight[b, j, k] (120; 24 40 30)");
    assertThat(product.macs()).isEqualTo(120);
    assertThat(passes(x(3, 4).node("Einsum", "x", "y", text("equation", "ij->i"))))
        .containsExactly("y: add output[i] += input[i, j] (12; 12 3)");
  }

  @Test
  void whatOnlyChangesAddressesIsFree() {
    assertThat(
            passes(
                x(1, 4, 6, 6)
                    .integers("shape", 1, -1)
                    .integers("pads", 0, 0, 0, 1)
                    .node("Transpose", "x", "t", ints("perm", 0, 2, 3, 1))
                    .node("Split", "t", "a, b", integer("axis", 1))
                    .node("Concat", "b, a", "c", integer("axis", 2))
                    .node("Reshape", "c, shape", "r")
                    .node("Pad", "r, pads", "p")
                    .node("Cast", "p", "f", integer("to", DataType.FLOAT16_VALUE))
                    .node("Dropout", "f", "d")
                    .node("Identity", "d", "i")
                    .node("Relu", "i", "y")))
        .containsExactly("y: relu output[i] += input[i] (145; 145 145)");
  }

  @Test
  void whatIsComputedFromConstantsAndShapesIsNotListed() {
    assertThat(
            passes(
                x(2, 6)
                    .weight("w", 6)
                    .reals("two", 2)
                    .node("Mul", "w, two", "scaled")
                    .node("Exp", "scaled", "e")
                    .node("Shape", "x", "s")
                    .scalar("one", 1)
                    .node("Gather", "s, one", "n")
                    .node("Mul", "n, one", "m")
                    .node("Mul", "x, e", "y")))
        .containsExactly("y: mul output[i, j] += input[i, j] * weight[j] (12; 12 6 12)");
  }

  @Test
  void whatHasNoRuleIsNamed() {
    Workload workload =
        x(1, 1, 4, 4)
            .node("Det", "x", "d")
            .node("NonZero", "x", "n")
            .node("Relu", "n", "r")
            .node("Tanh", "x", "y")
            .readAll();
    assertThat(workload.notCosted().stream().map(n -> n.operator() + " " + n.count()))
        .as("Relu, because nobody knows how many words NonZero makes")
        .containsExactly("Det 1", "NonZero 1", "Relu 1");
    assertThat(workload.layers().stream().map(Layer::name)).containsExactly("y");
  }
}
