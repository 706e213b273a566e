package org.einloom.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.einloom.io.onnx.TestModel.integer;
import static org.einloom.io.onnx.TestModel.ints;
import static org.einloom.io.onnx.TestModel.text;

import java.util.List;
import java.util.stream.Collectors;
import onnx.Onnx.TensorProto.DataType;
import org.einloom.workload.TensorAccess;
import org.einloom.workload.Workload;
import org.junit.jupiter.api.Test;

/** ONNX Runtime's products with something before or after them, and operators that sample. */
class FusedProductsTest {
  private static List<String> passes(TestModel model) {
    Workload workload = model.readAll();
    assertThat(workload.notCosted()).isEmpty();
    assertThat(model.graph.getNodeCount() > 1 || workload.macs() == 0 || model.read().macs() > 0)
        .isTrue();
    return workload.layers().stream()
        .map(
            l ->
                "%s %s %d: %s"
                    .formatted(
                        l.name(),
                        l.einsum().operation(),
                        l.einsum().computes(),
                        l.einsum().tensors().stream()
                            .map(TensorAccess::words)
                            .map(String::valueOf)
                            .collect(Collectors.joining(" "))))
        .toList();
  }

  @Test
  void fusedMatMulTransposesItsOperands() {
    TestModel model =
        new TestModel()
            .input("a", 5, 2, 3)
            .input("b", 2, 7, 3)
            .microsoft("FusedMatMul", "a, b", "y", integer("transBatchA", 1), integer("transB", 1));
    assertThat(model.shape("y")).isEqualTo(Shape.of(2, 5, 7));
    assertThat(passes(model)).containsExactly("y mac 210: 30 42 70");
  }

  @Test
  void fusedConvolutionAddsAndActivates() {
    assertThat(
            passes(
                new TestModel()
                    .input("x", 1, 3, 6, 6)
                    .weight("w", 4, 3, 3, 3)
                    .weight("b", 4)
                    .input("z", 1, 4, 4, 4)
                    .microsoft("FusedConv", "x, w, b, z", "y", text("activation", "Relu"))))
        .containsExactly(
            "y.bias add 4: 4 1",
            "y.product mac 1728: 108 108 64",
            "y.sum add 64: 64 64 64",
            "y.relu relu 64: 64 64");
  }

  @Test
  void fusedGemm() {
    assertThat(
            passes(
                new TestModel()
                    .input("x", 2, 3)
                    .weight("w", 5, 3)
                    .weight("b", 5)
                    .microsoft(
                        "FusedGemm",
                        "x, w, b",
                        "y",
                        integer("transB", 1),
                        text("activation", "LeakyRelu"))))
        .containsExactly("y.bias add 5: 5 1", "y.product mac 30: 6 15 10", "y.relu relu 10: 10 10");
  }

  @Test
  void weightsOfFourBits() {
    Workload workload =
        new TestModel()
            .input("x", 1, 3, 64)
            .weight("w", DataType.UINT8, 10, 2, 16)
            .weight("s", 20)
            .microsoft(
                "MatMulNBits",
                "x, w, s",
                "y",
                integer("K", 64),
                integer("N", 10),
                integer("bits", 4),
                integer("block_size", 32))
            .readAll();
    assertThat(workload.macs()).isEqualTo(3 * 64 * 10);
    assertThat(workload.layers().get(0).einsum().operands())
        .extracting(t -> t.role() + " " + t.words() + " " + t.bits().orElse(0))
        .containsExactly("INPUT 192 0", "WEIGHT 640 4");
  }

  @Test
  void dynamicallyQuantisedProduct() {
    TestModel model =
        new TestModel()
            .input("x", 2, 3)
            .weight("w", DataType.INT8, 3, 5)
            .reals("s", 0.1)
            .weight("b", 5)
            .microsoft("DynamicQuantizeMatMul", "x, w, s, , b", "y");
    assertThat(passes(model))
        .containsExactly(
            "y.bias add 5: 5 1",
            "y.range max 6: 6 1",
            "y.scale scale 6: 6 1 6",
            "y.product mac 30: 6 15 10");
    assertThat(model.readAll().layers().get(3).einsum().operands())
        .extracting(t -> t.bits().orElse(0))
        .containsExactly(8, 8);
  }

  @Test
  void embeddingsAreRowsOfThreeTables() {
    assertThat(
            passes(
                new TestModel()
                    .typed("ids", DataType.INT32_VALUE, 2, 3)
                    .typed("seg", DataType.INT32_VALUE, 2, 3)
                    .weight("w", 1000, 4)
                    .weight("p", 16, 4)
                    .weight("s", 2, 4)
                    .weight("g", 4)
                    .weight("b", 4)
                    .microsoft("EmbedLayerNormalization", "ids, seg, w, p, s, g, b", "y, m")))
        .containsExactly(
            "y.words copy 24: 6 24 24",
            "y.positions add 24: 24 12 24",
            "y.segments add 24: 24 6 24 24",
            "y.mean add 24: 24 6",
            "y.variance square 24: 24 6 6",
            "y.deviation sqrt 6: 6 6",
            "y.normalize scale 24: 24 6 6 24",
            "y.affine scale 24: 24 4 4 24");
  }

  @Test
  void samplingOnAGridReadsFourNeighboursOfEachPlace() {
    assertThat(
            passes(
                new TestModel()
                    .input("x", 1, 3, 8, 8)
                    .input("g", 1, 2, 5, 2)
                    .node("GridSample", "x, g", "y")))
        .containsExactly("y.weights scale 40: 10 10 40", "y.sample scale 120: 120 40 30");
  }

  @Test
  void regionsOfInterestAreReadAtGivenPlaces() {
    TestModel model =
        new TestModel()
            .input("x", 1, 3, 8, 8)
            .input("rois", 5, 4)
            .typed("batch", DataType.INT64_VALUE, 5);
    assertThat(
            passes(
                model.node(
                    "RoiAlign",
                    "x, rois, batch",
                    "y",
                    integer("output_height", 2),
                    integer("output_width", 2),
                    integer("sampling_ratio", 2))))
        .containsExactly(
            "y.weights scale 320: 5 5 5 5 320", // 5 regions x 4 bins x 4 places x 4 neighbours
            "y.sample scale 960: 960 320 60");
    Workload adaptive =
        new TestModel()
            .input("x", 1, 3, 8, 8)
            .input("rois", 5, 4)
            .typed("batch", DataType.INT64_VALUE, 5)
            .node("RoiAlign", "x, rois, batch", "y")
            .node("Relu", "y", "z")
            .readAll();
    assertThat(adaptive.notCosted()).extracting(n -> n.operator()).containsExactly("RoiAlign");
  }

  @Test
  void deformableConvolution() {
    assertThat(
            passes(
                new TestModel()
                    .opset(19)
                    .input("x", 1, 4, 5, 5)
                    .weight("w", 6, 4, 3, 3)
                    .input("o", 1, 18, 3, 3)
                    .weight("b", 6)
                    .input("m", 1, 9, 3, 3)
                    .node("DeformConv", "x, w, o, b, m", "y")))
        .containsExactly(
            "y.bias add 6: 6 1",
            "y.weights scale 324: 81 81 81 324", // 9 places of each of 9 positions x 4
            "y.sample scale 1296: 1296 324 324",
            "y.product mac 1944: 324 216 54"); // 6 x 9 results of 36 MACs
  }

  @Test
  void causalConvolutionWithItsStateOrWithout() {
    TestModel model =
        new TestModel().opset(27).input("x", 1, 3, 5).weight("w", 3, 1, 4).weight("b", 3);
    assertThat(
            passes(
                model
                    .input("s", 1, 3, 3)
                    .node("CausalConvWithState", "x, w, b, s", "y, p", text("activation", "silu"))))
        .containsExactly(
            "y.bias add 3: 3 1", "y.product mac 60: 24 12 15", "y.silu silu 15: 15 15");
    assertThat(model.shape("p")).isEqualTo(Shape.of(1, 3, 3));
    assertThat(
            passes(
                new TestModel()
                    .opset(27)
                    .input("x", 1, 3, 5)
                    .weight("w", 3, 1, 4)
                    .node("CausalConvWithState", "x, w", "y")))
        .containsExactly("y.product mac 60: 15 12 15");
  }

  @Test
  void columnsAreFoldedBackIntoAnImage() {
    assertThat(
            passes(
                new TestModel()
                    .opset(18)
                    .input("x", 1, 12, 9)
                    .integers("image", 4, 4)
                    .integers("block", 2, 2)
                    .node("Col2Im", "x, image, block", "y")))
        .containsExactly("y add 108: 108 48");
  }

  /** 2 x 3 batches of 4 x 5 and 5 x 6; the batch of the second is broadcast. */
  @Test
  void anEllipsisIsAxesWithoutNames() {
    TestModel model =
        new TestModel()
            .input("x", 2, 3, 4, 5)
            .input("z", 3, 5, 6)
            .node("Einsum", "x, z", "y", text("equation", "...ij,...jk->...ik"));
    assertThat(model.shape("y")).isEqualTo(Shape.of(2, 3, 4, 6));
    assertThat(passes(model)).containsExactly("y mac 720: 120 90 144");
    assertThat(
            new TestModel()
                .input("x", 2, 4, 5)
                .input("z", 5, 6)
                .node("Einsum", "x, z", "y", text("equation", "...j,jk"))
                .shape("y"))
        .as("without a result the ellipsis comes first")
        .isEqualTo(Shape.of(2, 4, 6));
  }

  @Test
  void threeOperandsAreTwoProducts() {
    assertThat(
            passes(
                new TestModel()
                    .input("x", 2, 3)
                    .input("z", 3, 4)
                    .input("u", 4, 5)
                    .node("Einsum", "x, z, u", "y", text("equation", "ij,jk,kl->il"))))
        .containsExactly("y.product1 mac 24: 6 12 8", "y.product2 mac 40: 8 20 10");
  }

  @Test
  void theLargestOfEachRow() {
    assertThat(
            passes(
                new TestModel().input("x", 2, 100).integers("k", 5).node("TopK", "x, k", "v, i")))
        .containsExactly(
            "v.search max 600: 200 2", // 3 comparisons find a place among 5
            "v.values copy 10: 10 10",
            "v.indices copy 10: 10 10");
  }

  @Test
  void indicesOfMaximaAreASecondPass() {
    assertThat(
            passes(
                new TestModel()
                    .input("x", 1, 2, 4, 4)
                    .node("MaxPool", "x", "y, i", ints("kernel_shape", 2, 2), ints("strides", 2, 2))
                    .node(
                        "MaxUnpool",
                        "y, i",
                        "z",
                        ints("kernel_shape", 2, 2),
                        ints("strides", 2, 2))))
        .containsExactly("y.max max 32: 32 8", "y.indices compare 32: 32 8 8", "z copy 8: 8 8 8");
  }

  @Test
  void poolingByNorms() {
    assertThat(
            passes(
                new TestModel()
                    .input("x", 1, 2, 4, 4)
                    .node("LpPool", "x", "p", ints("kernel_shape", 2, 2), ints("strides", 2, 2))
                    .node("GlobalLpPool", "p", "y", integer("p", 3))))
        .containsExactly(
            "p.sum square 32: 32 8", "p.root sqrt 8: 8 8", "y.sum pow 8: 8 2", "y.pow pow 2: 2 2");
  }

  @Test
  void antialiasingWidensTheFilter() {
    assertThat(
            passes(
                new TestModel()
                    .opset(18)
                    .input("x", 1, 1, 8, 8)
                    .integers("sizes", 1, 1, 2, 8)
                    .node(
                        "Resize",
                        "x, , , sizes",
                        "y",
                        text("mode", "linear"),
                        integer("antialias", 1))))
        .containsExactly("y scale 128: 64 16"); // 2 taps x 4 of each of 16 words
  }
}
