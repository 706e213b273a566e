package org.einloom.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.einloom.io.onnx.TestModel.graph;
import static org.einloom.io.onnx.TestModel.info;
import static org.einloom.io.onnx.TestModel.integer;
import static org.einloom.io.onnx.TestModel.nodeProto;

import onnx.Onnx.GraphProto;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.Layer;
import org.einloom.workload.Workload;
import org.einloom.workload.Workload.NotCosted;
import org.junit.jupiter.api.Test;

class GraphWalkTest {
  private static TestModel withWeight() {
    return new TestModel().input("x", 4, 6).weight("w", 6, 6);
  }

  @Test
  void layersHaveTheNodesNamesElseTheirOutputsMadeUnique() {
    Workload workload =
        withWeight()
            .node("Gemm", "fc", "x, w", "a")
            .node("Gemm", "fc", "a, w", "b")
            .node("Gemm", "", "b, w", "c")
            .node("Gemm", "fc", "c, w", "d")
            .read();
    assertThat(workload.layers().stream().map(Layer::name))
        .containsExactly("fc", "fc#2", "c", "fc#3");
    assertThat(workload.distinctLayers()).hasSize(1);
    assertThat(workload.name()).isEqualTo("test");
  }

  @Test
  void namesAreOneLineOfSafeCharacters() {
    Workload workload = withWeight().node("Gemm", "a\nb\u001b[2J\u202e", "x, w", "y").read();
    assertThat(workload.layers().get(0).name()).isEqualTo("aU+000AbU+001B[2JU+202E");
  }

  @Test
  void nodesInDisorderAreSorted() {
    Workload workload =
        withWeight()
            .node("Gemm", "second", "a, w", "b")
            .node("Relu", "act", "z", "a")
            .node("Gemm", "first", "x, w", "z")
            .read();
    assertThat(workload.layers().stream().map(Layer::name)).containsExactly("first", "second");
  }

  @Test
  void operatorsWithoutCostAreNamedAndCounted() {
    Workload workload =
        withWeight()
            .node("Relu", "x", "a")
            .node("Relu", "a", "b")
            .node("Shape", "b", "s")
            .weight("bias", 6)
            .node("Gemm", "b, w, bias", "y")
            .read();
    assertThat(workload.notCosted())
        .containsExactly(
            new NotCosted("Bias", 1), new NotCosted("Relu", 2)); // a shape costs nothing
  }

  @Test
  void anUnknownOperatorIsNoErrorWhereNothingCostedNeedsIt() {
    TestModel model = withWeight();
    model.node("Gemm", "x, w", "y").node("Mystery", "y", "z").node("Relu", "z", "r");
    assertThat(model.read().notCosted())
        .containsExactly(new NotCosted("Mystery", 1), new NotCosted("Relu", 1));
    assertThat(model.value("r").shape()).isNull();
  }

  @Test
  void theFilesOwnShapesHelpBehindAnUnknownOperator() {
    TestModel model = withWeight().node("Mystery", "x", "z").valueInfo("z", 5, 6);
    assertThat(model.node("Gemm", "z, w", "y").einsum().extent("n")).isEqualTo(5);
  }

  @Test
  void otherDomainsAreNotTheStandardOne() {
    TestModel model = withWeight();
    var fused = nodeProto("Gemm", "g", "x, w", "z").toBuilder().setDomain("com.example");
    model.graph.addNode(fused);
    model.node("Gemm", "x, w", "y");
    Workload workload = model.read();
    assertThat(workload.layers()).hasSize(1);
    assertThat(workload.notCosted()).containsExactly(new NotCosted("com.example::Gemm", 1));
  }

  private static GraphProto.Builder branch(String operator, String input, String output) {
    return GraphProto.newBuilder()
        .addNode(nodeProto(operator, "inner", input, output))
        .addOutput(info(output, ElementType.FLOAT));
  }

  /** How PyTorch exports squeeze: an If on a shape that is known here. */
  @Test
  void anIfWithAKnownConditionIsItsBranch() {
    TestModel model =
        withWeight()
            .scalar("zero", 0)
            .scalar("one", 1)
            .node("Shape", "x", "s")
            .node("Gather", "s, zero", "rows")
            .node("Equal", "rows, one", "is")
            .node(
                "If",
                "is",
                "y",
                graph("then_branch", branch("Squeeze", "x", "t")),
                graph("else_branch", branch("Gemm", "x, w", "e")));
    assertThat(model.shape("y")).isEqualTo(Shape.of(4, 6));
    assertThat(model.read().layers().get(0).name()).isEqualTo("inner");
  }

  @Test
  void whatRunsInsideALoopIsNamed() {
    TestModel model =
        withWeight()
            .input("condition", 1)
            .node("Loop", ", condition", "y", graph("body", branch("Relu", "x", "t")))
            .node("Gemm", "x, w", "z");
    assertThat(model.read(OnnxOptions.DEFAULT.withCoverage(Coverage.PRODUCTS)).notCosted())
        .containsExactly(new NotCosted("Loop", 1), new NotCosted("Relu inside Loop", 1));
  }

  @Test
  void whyAShapeIsUnknownGoesBackToTheFirstNode() {
    TestModel model =
        withWeight()
            .node("NonZero", "where", "x", "i")
            .node("Cast", "cast", "i", "f", integer("to", 1))
            .node("Transpose", "turn", "f", "t")
            .node("Gemm", "fc", "t, w", "y");
    assertThatThrownBy(model::read)
        .isInstanceOf(InvalidSpecException.class)
        .hasMessage(
            "test.onnx: node 'fc' (Gemm): the shape of an operand is unknown: node 'where' (NonZero):"
                + " graph input 'x' is known only when the network runs");
  }

  @Test
  void initialisersThatAreAlsoInputsAreConstants() {
    Workload workload =
        withWeight().input("w", 6, 6).node("Gemm", "w, x", "z", integer("transB", 1)).read();
    assertThat(workload.layers().get(0).einsum().expression())
        .isEqualTo("output[m, n] += input[n, c] * weight[m, c]");
  }
}
