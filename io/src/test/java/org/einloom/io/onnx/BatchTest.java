package org.einloom.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.einloom.io.onnx.TestModel.ints;

import java.util.OptionalLong;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.Workload;
import org.junit.jupiter.api.Test;

class BatchTest {
  private static final OnnxOptions EIGHT = OnnxOptions.batch(8);

  private static long rows(Workload workload) {
    return workload.layers().get(0).einsum().extent("n");
  }

  @Test
  void takesThePlaceOfOneOrOfASymbol() {
    TestModel fixed = new TestModel().input("x", 1, 6).weight("w", 6, 5).node("Gemm", "x, w", "y");
    assertThat(rows(fixed.read())).isEqualTo(1);
    assertThat(rows(fixed.read(EIGHT))).isEqualTo(8);
    TestModel open =
        new TestModel().openInput("x", "batch", "6").weight("w", 6, 5).node("Gemm", "x, w", "y");
    assertThat(rows(open.read(EIGHT))).isEqualTo(8);
    assertThat(rows(open.read(OnnxOptions.batch(1)))).isEqualTo(1);
  }

  @Test
  void anotherInputMayNameTheSameSymbol() {
    TestModel model =
        new TestModel()
            .openInput("state", "2", "batch", "6")
            .openInput("x", "batch", "6")
            .weight("w", 6, 5)
            .node("MatMul", "state, w", "y");
    assertThat(model.read(EIGHT).layers().get(0).einsum().extent("m")).isEqualTo(16);
  }

  @Test
  void anOpenBatchNeedsASize() {
    TestModel model =
        new TestModel().openInput("x", "batch", "6").weight("w", 6, 5).node("Gemm", "x, w", "y");
    assertThatThrownBy(model::read)
        .isInstanceOf(InvalidSpecException.class)
        .hasMessage(
            "test.onnx: its inputs have dimensions without a fixed extent: 'batch' (axis 0 of 'x');"
                + " give it one: --dim batch=N");
  }

  @Test
  void otherOpenDimensionsNeedAShape() {
    TestModel model =
        new TestModel()
            .openInput("x", "batch", "tokens", "6")
            .weight("w", 6, 5)
            .node("MatMul", "x, w", "y");
    assertThatThrownBy(() -> model.read(EIGHT))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessage(
            "test.onnx: its inputs have dimensions without a fixed extent: 'tokens' (axis 1 of 'x');"
                + " give it one: --dim tokens=N");
    assertThat(
            model
                .read(OnnxOptions.DEFAULT.withShape("x", 2, 10, 6))
                .layers()
                .get(0)
                .einsum()
                .extent("m"))
        .isEqualTo(20);
    assertThatThrownBy(() -> model.read(OnnxOptions.DEFAULT.withShape("x", 2, 10)))
        .hasMessage("test.onnx: graph input 'x' is given the shape [2, 10]; expected 3 extents");
    assertThatThrownBy(() -> model.read(OnnxOptions.DEFAULT.withShape("z", 2)))
        .hasMessage("test.onnx: a shape is given for input 'z'; the graph's inputs are [x]");
  }

  @Test
  void aFixedBatchIsNotReplaced() {
    TestModel model = new TestModel().input("x", 4, 6).weight("w", 6, 5).node("Gemm", "x, w", "y");
    assertThatThrownBy(() -> model.read(EIGHT))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("leave the batch size out");
    assertThat(rows(model.read(OnnxOptions.batch(4)))).isEqualTo(4);
  }

  /** The file's own shapes were made for its own batch. */
  @Test
  void theFilesOwnShapesDoNotHoldForAnotherBatch() {
    TestModel model =
        new TestModel()
            .input("x", 1, 6)
            .weight("w", 6, 5)
            .node("Mystery", "m", "x", "z")
            .valueInfo("z", 1, 6)
            .node("Gemm", "z, w", "y");
    assertThat(rows(model.read())).isEqualTo(1);
    assertThatThrownBy(() -> model.read(EIGHT))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("node 'm' (Mystery)");
  }

  private static TestModel reshaped(long[] input, long[] first, long[] second) {
    return new TestModel()
        .input("x", input)
        .integers("s", first)
        .integers("t", second)
        .node("Reshape", "x, s", "a")
        .node("Reshape", "a, t", "b")
        .weight("w", 6, 5)
        .node("MatMul", "b, w", "y");
  }

  private static long[] of(long... sizes) {
    return sizes;
  }

  @Test
  void reshapesMayMergeAndSplitTheBatch() {
    TestModel merging = reshaped(of(1, 4, 6), of(-1, 6), of(-1, 4, 6));
    assertThat(merging.read(EIGHT).macs()).isEqualTo(8 * merging.read().macs());
    TestModel inside =
        new TestModel()
            .input("x", 1, 4, 6)
            .node("Transpose", "x", "x0", ints("perm", 1, 0, 2))
            .integers("s", -1, 6)
            .integers("t", 4, -1, 6)
            .node("Reshape", "x0, s", "a")
            .node("Reshape", "a, t", "b")
            .weight("w", 6, 5)
            .node("MatMul", "b, w", "y");
    assertThat(inside.read(EIGHT).macs()).isEqualTo(8 * inside.read().macs());
  }

  /** With a batch of 8, -1 would become 32 instead of 4: the same MACs, another network. */
  @Test
  void aReshapeThatTakesUpTheBatchElsewhereIsRefused() {
    TestModel model = reshaped(of(1, 4, 6), of(1, -1, 2, 3), of(1, -1, 6));
    assertThat(model.read().macs()).isEqualTo(4 * 6 * 5);
    TestModel wrong = reshaped(of(1, 4, 6), of(1, 4, -1, 3), of(-1, 6));
    assertThat(wrong.read().macs()).isEqualTo(4 * 6 * 5);
    assertThatThrownBy(() -> wrong.read(EIGHT))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageStartingWith(
            "test.onnx: node 'a' (Reshape): makes [1, 4, 16, 3] of [8, 4, 6] with a batch of 8, and"
                + " [1, 4, 2, 3] of [1, 4, 6] with a batch of 1: the batch does not stay in its"
                + " place; with a batch of 1 the file reads well");
  }

  @Test
  void aBatchIsPositive() {
    assertThatThrownBy(() -> new OnnxOptions(OptionalLong.of(0)))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessage("the batch size is 0; expected at least 1");
  }
}
