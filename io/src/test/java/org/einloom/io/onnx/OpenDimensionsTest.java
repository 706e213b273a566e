package org.einloom.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.einloom.io.onnx.TestModel.info;

import onnx.Onnx.TensorProto.DataType;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.Workload;
import org.junit.jupiter.api.Test;

/** Extents given to dimensions by name. */
class OpenDimensionsTest {
  private static final OnnxOptions NONE = OnnxOptions.DEFAULT;

  /** Two inputs that share a dimension, and one dimension without a name. */
  private static TestModel two() {
    return new TestModel()
        .openInput("x", "batch", "tokens", "6")
        .openInput("y", "batch", "6", "0")
        .node("MatMul", "x, y", "z");
  }

  private static Einsum product(TestModel model, OnnxOptions options) {
    Workload workload = model.read(options);
    assertThat(workload.layers()).hasSize(1);
    return workload.layers().get(0).einsum();
  }

  @Test
  void namesStandForAllTheirPlaces() {
    Einsum product =
        product(
            two(),
            NONE.withDimension("batch", 3).withDimension("tokens", 5).withDimension("y:2", 7));
    assertThat(product.extent("b")).isEqualTo(3);
    assertThat(product.extent("m")).isEqualTo(5);
    assertThat(product.extent("n")).isEqualTo(7);
  }

  /** An axis may count from the end, and stands for its name wherever that is. */
  @Test
  void aPlaceStandsForItsName() {
    Einsum product =
        product(
            two(), NONE.withDimension("y:0", 3).withDimension("x:-2", 5).withDimension("y:-1", 7));
    assertThat(product.extent("b")).isEqualTo(3);
    assertThat(product.extent("m")).isEqualTo(5);
    assertThat(product.extent("n")).isEqualTo(7);
  }

  @Test
  void allThatIsOpenIsNamedAtOnce() {
    assertThatThrownBy(() -> two().read(NONE))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessage(
            "test.onnx: its inputs have dimensions without a fixed extent: 'batch' (axis 0 of 'x',"
                + " axis 0 of 'y'), 'tokens' (axis 1 of 'x'), axis 2 of 'y'; give each one: --dim"
                + " batch=N --dim tokens=N --dim y:2=N");
    assertThatThrownBy(() -> two().read(NONE.withDimension("batch", 2)))
        .hasMessageContaining("fixed extent: 'tokens' (axis 1 of 'x'), axis 2 of 'y'; give each");
  }

  @Test
  void aNameThatIsNoneIsRefusedWithTheNearest() {
    assertThatThrownBy(() -> two().read(NONE.withDimension("token", 2)))
        .hasMessage(
            "test.onnx: no dimension of a graph input is called 'token'; those with a name are"
                + " 'batch', 'tokens', others are INPUT:AXIS, of the inputs 'x', 'y'; did you mean"
                + " 'tokens'?");
    assertThatThrownBy(() -> two().read(NONE.withDimension("z:0", 2)))
        .hasMessageContaining("no dimension of a graph input is called 'z:0'");
    assertThatThrownBy(() -> two().read(NONE.withDimension("x:3", 2)))
        .hasMessageContaining("dimension 'x:3': axis 3 of a tensor of 3 ranks");
  }

  @Test
  void twoAnswersForOneDimensionAreRefused() {
    assertThatThrownBy(() -> two().read(NONE.withDimension("batch", 2).withDimension("x:0", 3)))
        .hasMessageContaining("axis 0 of 'x' is given the extents 2 and 3");
    assertThatThrownBy(() -> two().read(NONE.withShape("x", 2, 5, 6).withDimension("tokens", 4)))
        .hasMessageContaining("graph input 'x' is given a shape and another extent at axis 1");
    assertThatThrownBy(() -> NONE.withDimension("batch", 0))
        .hasMessage("dimension 'batch' is given the extent 0; expected at least 1");
  }

  /** An extent that the file fixes can be another one too, by its place. */
  @Test
  void aFixedExtentCanBeReplacedByItsPlace() {
    TestModel fixed =
        new TestModel().input("x", 2, 5, 6).weight("w", 6, 4).node("MatMul", "x, w", "y");
    assertThat(product(fixed, NONE.withDimension("x:1", 9)).extent("m")).isEqualTo(18);
  }

  @Test
  void batchIsTheBatchSizeWhereNothingIsCalledSo() {
    TestModel one = new TestModel().input("x", 1, 6).weight("w", 6, 5).node("Gemm", "x, w", "y");
    assertThat(product(one, NONE.withDimension("batch", 8)).extent("n")).isEqualTo(8);
    TestModel open =
        new TestModel().openInput("x", "N", "6").weight("w", 6, 5).node("Gemm", "x, w", "y");
    assertThat(product(open, NONE.withDimension("batch", 8)).extent("n")).isEqualTo(8);
    assertThat(product(open, NONE.withDimension("N", 8)).extent("n")).isEqualTo(8);
    TestModel four = new TestModel().input("x", 4, 6).weight("w", 6, 5).node("Gemm", "x, w", "y");
    assertThatThrownBy(() -> four.read(NONE.withDimension("batch", 8)))
        .hasMessageContaining("no graph input has an open first dimension");
    assertThatThrownBy(() -> one.read(OnnxOptions.batch(2).withDimension("batch", 8)))
        .hasMessageContaining("--batch is 2 and --dim batch=8 is the batch size, too");
    assertThatThrownBy(
            () ->
                two()
                    .read(
                        OnnxOptions.batch(2)
                            .withDimension("batch", 8)
                            .withDimension("tokens", 5)
                            .withDimension("y:2", 7)))
        .hasMessageContaining(
            "--batch is 2 and --dim batch=8 is the batch size, too; give one of them");
  }

  /** A name of several words has to be one to a shell. */
  @Test
  void whatToGiveCanBeTyped() {
    assertThatThrownBy(
            () ->
                new TestModel()
                    .openInput("x", "past length", "6")
                    .weight("w", 6, 5)
                    .node("Gemm", "x, w", "y")
                    .read(NONE))
        .hasMessageEndingWith("give it one: --dim 'past length=N'");
  }

  /** As with a batch size: what the file's constants do not take is refused. */
  @Test
  void aBatchByNameIsHeldAgainstABatchOfOne() {
    TestModel model =
        new TestModel()
            .openInput("x", "batch_size", "4", "6")
            .integers("s", 1, 4, -1, 3)
            .integers("t", -1, 6)
            .node("Reshape", "x, s", "a")
            .node("Reshape", "a, t", "b")
            .weight("w", 6, 5)
            .node("MatMul", "b, w", "y");
    assertThat(product(model, NONE.withDimension("batch_size", 1)).extent("m")).isEqualTo(4);
    assertThatThrownBy(() -> model.read(NONE.withDimension("batch_size", 8)))
        .hasMessageContaining("the batch does not stay in its place");
  }

  /** Attention grows with the square of its sequence, also where that stands first. */
  @Test
  void otherDimensionsMayGrowAsTheyLike() {
    TestModel attention =
        new TestModel()
            .openInput("x", "tokens", "6")
            .node("Transpose", "x", "t")
            .node("MatMul", "x, t", "y");
    assertThat(attention.read(NONE.withDimension("tokens", 7)).macs()).isEqualTo(7 * 7 * 6);
  }

  @Test
  void anInputWithoutAShapeTakesOneAxisByAxis() {
    TestModel model = new TestModel().weight("w", 6, 5).node("MatMul", "x, w", "y");
    model.graph.addInput(
        ValueInfoProto.newBuilder()
            .setName("x")
            .setType(
                TypeProto.newBuilder()
                    .setTensorType(
                        TypeProto.Tensor.newBuilder().setElemType(DataType.FLOAT_VALUE))));
    assertThatThrownBy(() -> model.read(NONE))
        .hasMessageContaining(
            "graph input 'x' has no shape; give it one, axis by axis: --dim x:0=N");
    assertThat(product(model, NONE.withDimension("x:0", 3).withDimension("x:1", 6)).extent("m"))
        .isEqualTo(3);
    assertThatThrownBy(() -> model.read(NONE.withDimension("x:1", 6)))
        .hasMessageContaining("axis 0 of 'x'");
  }

  /** Initialisers that are listed among the inputs, as old files do, are none. */
  @Test
  void initialisersAreNoInputs() {
    TestModel model =
        new TestModel().input("x", 2, 6).weight("w", 6, 5).node("MatMul", "x, w", "y");
    model.graph.addInput(info("w", DataType.FLOAT_VALUE, 6, 5));
    assertThatThrownBy(() -> model.read(NONE.withDimension("w:0", 3)))
        .hasMessageContaining("of the inputs 'x'");
  }
}
