package org.einloom.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.einloom.io.onnx.TestModel.integer;
import static org.einloom.io.onnx.TestModel.ints;
import static org.einloom.io.onnx.TestModel.text;

import java.util.List;
import onnx.Onnx.TensorProto.DataType;
import org.einloom.workload.Workload;
import org.junit.jupiter.api.Test;

/**
 * Pieces of networks as PyTorch's exporters write them, small enough to count by hand: which passes
 * they are, how many points each has, and that nothing is left out.
 */
class ExportedFragmentsTest {
  /** {@code name operation points}, of a model with everything costed. */
  private static List<String> points(TestModel model) {
    Workload workload = model.readAll();
    assertThat(workload.notCosted()).isEmpty();
    return workload.layers().stream()
        .map(l -> l.name() + " " + l.einsum().operation() + " " + l.einsum().computes())
        .toList();
  }

  private static TestModel x(long... sizes) {
    return new TestModel().input("x", sizes);
  }

  @Test
  void squeezeAndExcitationOfMobileNetV3() {
    assertThat(
            points(
                x(1, 16, 8, 8)
                    .weight("w1", 4, 16, 1, 1)
                    .weight("b1", 4)
                    .weight("w2", 16, 4, 1, 1)
                    .node("GlobalAveragePool", "x", "mean")
                    .node("Conv", "mean, w1, b1", "fc1")
                    .node("Relu", "fc1", "relu")
                    .node("Conv", "relu, w2", "fc2")
                    .node("HardSigmoid", "fc2", "gate")
                    .node("Mul", "gate, x", "scaled")
                    .node("HardSwish", "scaled", "y")))
        .containsExactly(
            "mean add 1024",
            "fc1 mac 64",
            "fc1.bias add 4",
            "relu relu 4",
            "fc2 mac 64",
            "gate relu 16",
            "scaled mul 1024",
            "y relu 1024");
  }

  @Test
  void hardSwishBeforeOperatorSet14() {
    assertThat(
            points(
                x(1, 2, 3, 3)
                    .opset(11)
                    .reals("three", 3)
                    .reals("zero", 0)
                    .reals("six", 6)
                    .node("Add", "x, three", "a")
                    .node("Clip", "a, zero, six", "c")
                    .node("Mul", "x, c", "m")
                    .node("Div", "m, six", "y")))
        .containsExactly("a add 18", "c relu 18", "m mul 18", "y div 18");
  }

  @Test
  void shufflingChannelsAndConcatenatingBranchesIsFree() {
    assertThat(
            points(
                x(1, 4, 6, 6)
                    .integers("groups", 1, 2, 2, 6, 6)
                    .integers("back", 1, 4, 6, 6)
                    .node("Reshape", "x, groups", "r")
                    .node("Transpose", "r", "t", ints("perm", 0, 2, 1, 3, 4))
                    .node("Reshape", "t, back", "s")
                    .node("Split", "s", "left, right", integer("axis", 1))
                    .node("Relu", "right", "b")
                    .node("Concat", "left, b", "y", integer("axis", 1))))
        .containsExactly("b relu 72");
  }

  @Test
  void poolingsOfGoogLeNetRoundUp() {
    assertThat(
            points(
                x(1, 2, 8, 8)
                    .node(
                        "MaxPool",
                        "x",
                        "p",
                        ints("kernel_shape", 3, 3),
                        ints("strides", 2, 2),
                        integer("ceil_mode", 1))
                    .node("LRN", "p", "y", integer("size", 5))))
        .containsExactly("p max 288", "y.squares square 160", "y.power pow 32");
  }

  /** Windows are shifted by slices, and the bias by relative position is taken from constants. */
  @Test
  void shiftedWindowsOfSwin() {
    assertThat(
            points(
                x(1, 8, 8, 4)
                    .weight("table", 9, 2)
                    .integers("index", 0, 1, 3, 4, 4, 3, 1, 0, 5, 6, 7, 8, 2, 2, 2, 2)
                    .integers("four", 2, 2, 4)
                    .integers("from", 4)
                    .integers("half", 4)
                    .integers("zero", 0)
                    .integers("end", 1_000_000)
                    .integers("axis", 1)
                    .node("Slice", "x, from, end, axis", "a")
                    .node("Slice", "x, zero, half, axis", "b")
                    .node("Concat", "a, b", "rolled", integer("axis", 1))
                    .node("Shape", "rolled", "s")
                    .node("Gather", "s, axis", "height")
                    .node("Mod", "height, half", "pad")
                    .node("Gather", "table, index", "bias")
                    .node("Transpose", "bias", "t", ints("perm", 1, 0))
                    .input("q", 2, 16)
                    .node("Add", "q, t", "biased")
                    .node("Relu", "rolled", "y")))
        .containsExactly("biased add 32", "y relu 256");
  }

  @Test
  void blockOfConvNeXtWithDecomposedNormalisation() {
    assertThat(
            points(
                x(1, 4, 5, 5)
                    .opset(16)
                    .weight("dw", 4, 1, 7, 7)
                    .weight("gamma", 4)
                    .weight("beta", 4)
                    .weight("w", 4, 16)
                    .weight("layer", 4, 1, 1)
                    .reals("two", 2)
                    .reals("eps", 1e-6)
                    .reals("root", 1.4142135)
                    .reals("one", 1)
                    .reals("half", 0.5)
                    .node("Conv", "x, dw", "c", integer("group", 4), ints("pads", 3, 3, 3, 3))
                    .node("Transpose", "c", "t", ints("perm", 0, 2, 3, 1))
                    .node("ReduceMean", "t", "mean", ints("axes", -1))
                    .node("Sub", "t, mean", "d")
                    .node("Pow", "d, two", "p")
                    .node("ReduceMean", "p", "var", ints("axes", -1))
                    .node("Add", "var, eps", "e")
                    .node("Sqrt", "e", "s")
                    .node("Div", "d, s", "n")
                    .node("Mul", "n, gamma", "g")
                    .node("Add", "g, beta", "ln")
                    .node("MatMul", "ln, w", "m")
                    .node("Div", "m, root", "d2")
                    .node("Erf", "d2", "erf")
                    .node("Add", "erf, one", "a2")
                    .node("Mul", "m, a2", "m2")
                    .node("Mul", "m2, half", "gelu")))
        .containsExactly(
            "c mac 4900",
            "mean add 100",
            "d add 100",
            "p square 100",
            "var add 100",
            "e add 25",
            "s sqrt 25",
            "n div 100",
            "g mul 100",
            "ln add 100",
            "m mac 1600",
            "d2 div 400",
            "erf erf 400",
            "a2 add 400",
            "m2 mul 400",
            "gelu mul 400");
  }

  @Test
  void attentionOfGpt2IsMaskedByAConstant() {
    assertThat(
            points(
                new TestModel()
                    .input("qkv", 1, 6, 24)
                    .integers("heads", 1, 6, 2, 4)
                    .reals("eight", 8)
                    .reals("least", -1e9)
                    .weight("mask", 1, 1, 6, 6)
                    .node("Cast", "mask", "bool", integer("to", DataType.BOOL_VALUE))
                    .node("Split", "qkv", "q, k, v", integer("axis", 2))
                    .node("Reshape", "q, heads", "q4")
                    .node("Transpose", "q4", "qt", ints("perm", 0, 2, 1, 3))
                    .node("Reshape", "k, heads", "k4")
                    .node("Transpose", "k4", "kt", ints("perm", 0, 2, 3, 1))
                    .node("MatMul", "qt, kt", "scores")
                    .node("Div", "scores, eight", "scaled")
                    .node("Where", "bool, scaled, least", "masked")
                    .node("Softmax", "masked", "soft", integer("axis", -1))))
        .containsExactly(
            "scores mac 288",
            "scaled div 72",
            "masked select 72",
            "soft.max max 72",
            "soft.exp exp 72",
            "soft.sum add 72",
            "soft.div div 72");
  }

  /** Root-mean-square normalisation, rotary embedding, grouped queries, gated SiLU. */
  @Test
  void layerOfLlama3() {
    assertThat(
            points(
                x(1, 6, 8)
                    .opset(18)
                    .weight("norm", 8)
                    .weight("cos", 1, 1, 6, 4)
                    .weight("sin", 1, 1, 6, 4)
                    .reals("two", 2)
                    .reals("eps", 1e-5)
                    .integers("last", -1)
                    .integers("q", 1, 6, 2, 4)
                    .integers("zero", 0)
                    .integers("half", 2)
                    .integers("end", 4)
                    .integers("rank", 3)
                    .integers("repeat", 1, 1, 2, 6, 4)
                    .integers("heads", 1, 2, 6, 4)
                    .integers("axis2", 2)
                    .input("key", 1, 1, 6, 4)
                    .input("up", 1, 6, 8)
                    .node("Pow", "x, two", "p")
                    .node("ReduceMean", "p, last", "mean")
                    .node("Add", "mean, eps", "e")
                    .node("Sqrt", "e", "s")
                    .node("Reciprocal", "s", "r")
                    .node("Mul", "x, r", "n")
                    .node("Mul", "norm, n", "normed")
                    .node("Reshape", "normed, q", "q4")
                    .node("Transpose", "q4", "query", ints("perm", 0, 2, 1, 3))
                    .node("Mul", "query, cos", "qc")
                    .node("Slice", "query, zero, half, rank", "lo")
                    .node("Slice", "query, half, end, rank", "hi")
                    .node("Neg", "hi", "neg")
                    .node("Concat", "neg, lo", "rot", integer("axis", -1))
                    .node("Mul", "rot, sin", "qs")
                    .node("Add", "qc, qs", "rotary")
                    .node("Unsqueeze", "key, axis2", "k5")
                    .node("Expand", "k5, repeat", "kr")
                    .node("Reshape", "kr, heads", "keys")
                    .node("Transpose", "keys", "kt", ints("perm", 0, 1, 3, 2))
                    .node("MatMul", "rotary, kt", "scores")
                    .node("Sigmoid", "normed", "sig")
                    .node("Mul", "normed, sig", "silu")
                    .node("Mul", "silu, up", "gated")))
        .containsExactly(
            "p square 48",
            "mean add 48",
            "e add 6",
            "s sqrt 6",
            "r div 6",
            "n mul 48",
            "normed mul 48",
            "qc mul 48",
            "neg relu 24",
            "qs mul 48",
            "rotary add 48",
            "scores mac 288",
            "sig sigmoid 48",
            "silu mul 48",
            "gated mul 48");
  }

  @Test
  void fusedOperatorsOfOnnxRuntimeAreTheirPieces() {
    TestModel model =
        x(1, 3, 8).input("skip", 1, 3, 8).weight("g", 8).weight("b", 8).weight("bias", 8);
    model.graph.addNode(
        TestModel.nodeProto("SkipLayerNormalization", "n", "x, skip, g, b, bias", "y, , , z")
            .toBuilder()
            .setDomain("com.microsoft"));
    model.graph.addNode(
        TestModel.nodeProto("BiasGelu", "gelu", "y, bias", "h").toBuilder()
            .setDomain("com.microsoft"));
    assertThat(points(model.node("Relu", "z", "r")))
        .containsExactly(
            "n.sum add 24",
            "n.mean add 24",
            "n.variance square 24",
            "n.deviation sqrt 3",
            "n.normalize scale 24",
            "n.affine scale 24",
            "gelu gelu 24",
            "r relu 24");
  }

  @Test
  void resizingOfASegmentationHead() {
    assertThat(
            points(
                x(1, 3, 4, 4)
                    .integers("sizes", 1, 3, 32, 32)
                    .node(
                        "Resize",
                        "x, , , sizes",
                        "y",
                        text("mode", "linear"),
                        text("coordinate_transformation_mode", "half_pixel"))
                    .node("ArgMax", "y", "classes", integer("axis", 1))))
        .containsExactly("y scale 12288", "classes max 3072");
  }
}
