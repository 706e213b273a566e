package org.einloom.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.einloom.io.onnx.TestModel.graph;
import static org.einloom.io.onnx.TestModel.info;
import static org.einloom.io.onnx.TestModel.integer;
import static org.einloom.io.onnx.TestModel.nodeProto;

import onnx.Onnx.GraphProto;
import org.einloom.workload.Layer;
import org.einloom.workload.Workload;
import org.einloom.workload.Workload.NotCosted;
import org.junit.jupiter.api.Test;

/** An {@code If} whose condition only data knows. */
class BranchesTest {
  private static final OnnxOptions ALL = OnnxOptions.DEFAULT.withCoverage(Coverage.ALL);

  private static GraphProto.Builder branch(String operator, String inputs, String output) {
    return GraphProto.newBuilder()
        .addNode(nodeProto(operator, output, inputs, output))
        .addOutput(info(output, ElementType.FLOAT));
  }

  private static TestModel model(GraphProto.Builder yes, GraphProto.Builder no) {
    return new TestModel()
        .input("x", 4, 6)
        .input("condition", 1)
        .weight("w", 6, 5)
        .weight("v", 6, 7)
        .node("If", "condition", "y", graph("then_branch", yes), graph("else_branch", no));
  }

  @Test
  void theBranchWithMoreMacsIsCostedAndTheChoiceIsNamed() {
    TestModel model =
        model(branch("Gemm", "x, w", "t"), branch("Gemm", "x, v", "e")).node("Relu", "y", "z");
    Workload workload = model.read(ALL);
    assertThat(workload.layers().stream().map(Layer::name)).containsExactly("e", "z");
    assertThat(workload.macs()).isEqualTo(4 * 6 * 7);
    assertThat(workload.notCosted()).containsExactly(new NotCosted(Branches.NAME, 1));
    assertThat(model.shape("z")).isEqualTo(Shape.of(4, 7));
  }

  @Test
  void operationsDecideBetweenEqualMacs() {
    Workload workload =
        model(branch("Relu", "x", "t"), branch("Softmax", "x", "e"))
            .node("Gemm", "x, w", "z")
            .read(ALL);
    assertThat(workload.layers().stream().map(Layer::operator))
        .contains("Softmax")
        .doesNotContain("Relu");
  }

  /** The then branch squeezes a rank of 4, which is an error where it is reached. */
  @Test
  void aBranchThatCannotBeIsNotTaken() {
    GraphProto.Builder squeeze =
        GraphProto.newBuilder()
            .addNode(nodeProto("Squeeze", "t", "x, zero", "t"))
            .addOutput(info("t", ElementType.FLOAT));
    TestModel model =
        model(squeeze, branch("Identity", "x", "e")).integers("zero", 0).node("Gemm", "y, w", "z");
    assertThat(model.read(ALL).macs()).isEqualTo(4 * 6 * 5);
    assertThat(model.shape("y")).isEqualTo(Shape.of(4, 6));
  }

  /** Whoever starts the layers compares one number and another; only data is compared by a pass. */
  @Test
  void whatOnlyDecidesIsNoLayer() {
    TestModel scalar =
        model(branch("Relu", "x", "t"), branch("Exp", "x", "e"))
            .input("rate")
            .reals("wide", 1)
            .node("Greater", "rate, wide", "is")
            .node("Not", "is", "not")
            .node(
                "If",
                "not",
                "z",
                graph("then_branch", branch("Tanh", "x", "tt")),
                graph("else_branch", branch("Exp", "x", "ee")));
    assertThat(scalar.read(ALL).layers().stream().map(Layer::operator))
        .doesNotContain("Greater", "Not");
    TestModel used = scalar.node("Cast", "is", "c", integer("to", 1)).node("Add", "x, c", "s");
    assertThat(used.read(ALL).layers().stream().map(Layer::operator))
        .contains("Greater")
        .doesNotContain("Not");
    TestModel data =
        model(branch("Relu", "x", "t"), branch("Exp", "x", "e"))
            .node("ReduceMax", "x", "peak", integer("keepdims", 0))
            .node(
                "If",
                "peak",
                "z",
                graph("then_branch", branch("Tanh", "x", "tt")),
                graph("else_branch", branch("Exp", "x", "ee")));
    assertThat(data.read(ALL).layers().stream().map(Layer::operator)).contains("ReduceMax");
  }

  /** Where nothing is computed in either, nothing says which shape it is. */
  @Test
  void shapesThatOnlyDataChoosesAreUnknown() {
    TestModel model =
        model(branch("Transpose", "x", "t"), branch("Identity", "x", "e"))
            .node("Gemm", "x, w", "z");
    assertThat(model.value("y").shape()).isNull();
    assertThat(model.value("y").why()).isEqualTo("data decides which branch makes it");
  }

  @Test
  void ifNeitherCanBeReadBothAreNamed() {
    GraphProto.Builder wrong = branch("Gemm", "x, x", "t");
    Workload workload =
        model(wrong, branch("Gemm", "w, w", "e")).node("Gemm", "x, w", "z").read(ALL);
    assertThat(workload.notCosted())
        .containsExactly(new NotCosted("Gemm inside If", 2), new NotCosted("If", 1));
  }
}
