package org.einloom.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.einloom.io.onnx.TestModel.graph;
import static org.einloom.io.onnx.TestModel.integer;

import java.util.Arrays;
import java.util.List;
import onnx.Onnx.GraphProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto.DataType;
import onnx.Onnx.ValueInfoProto;
import org.einloom.io.input.InputException;
import org.einloom.workload.Workload;
import org.junit.jupiter.api.Test;

/** Loops whose number of steps is known are their steps, one after the other. */
class OnnxLoopsTest {
  private static GraphProto.Builder body(String inputs, String outputs, NodeProto... nodes) {
    var graph = GraphProto.newBuilder().setName("body").addAllNode(Arrays.asList(nodes));
    for (String name : inputs.split(", ")) {
      graph.addInput(ValueInfoProto.newBuilder().setName(name));
    }
    for (String name : outputs.split(", ")) {
      graph.addOutput(ValueInfoProto.newBuilder().setName(name));
    }
    return graph;
  }

  private static NodeProto node(String operator, String inputs, String outputs) {
    return TestModel.nodeProto(operator, outputs.split(", ")[0], inputs, outputs);
  }

  private static List<String> points(Workload workload) {
    assertThat(workload.notCosted()).isEmpty();
    return workload.layers().stream()
        .map(l -> l.name() + " " + l.einsum().operation() + " " + l.einsum().computes())
        .toList();
  }

  private static TestModel repeated() {
    return new TestModel()
        .input("x", 2, 4)
        .weight("w", 4, 4)
        .scalar("three", 3)
        .node(
            "Loop",
            "three, , x",
            "y, all",
            graph(
                "body",
                body(
                    "i, go, h",
                    "go2, next, next",
                    node("Identity", "go", "go2"),
                    node("MatMul", "h, w", "m"),
                    node("Relu", "m", "next"))));
  }

  @Test
  void stepsOfALoopAreLayers() {
    TestModel model = repeated().node("Tanh", "y", "end").node("Abs", "all", "abs");
    assertThat(points(model.readAll()))
        .containsExactly(
            "y.t0/m mac 32",
            "y.t0/next relu 8",
            "y.t1/m mac 32",
            "y.t1/next relu 8",
            "y.t2/m mac 32",
            "y.t2/next relu 8",
            "end tanh 8",
            "abs relu 24");
    assertThat(model.shape("all")).isEqualTo(Shape.of(3, 2, 4));
    assertThat(model.read().macs()).as("with products alone").isEqualTo(96);
    assertThat(model.readAll().links().layers().get(2).operands().get(0).layers())
        .as("the second step reads what the first has made")
        .containsExactly(1);
  }

  /** A condition that the number of the step decides: it runs for 0, 1 and 2. */
  @Test
  void aConditionMayEndIt() {
    assertThat(
            points(
                new TestModel()
                    .input("x", 5)
                    .scalar("ten", 10)
                    .scalar("two", 2)
                    .node(
                        "Loop",
                        "ten, , x",
                        "y",
                        graph(
                            "body",
                            body(
                                "i, go, h",
                                "go2, next",
                                node("Less", "i, two", "go2"),
                                node("Exp", "h", "next"))))
                    .readAll()))
        .containsExactly("y.t0/next exp 5", "y.t1/next exp 5", "y.t2/next exp 5");
  }

  /** What grows from step to step is as large in each as it is there. */
  @Test
  void extentsMayDependOnTheStep() {
    assertThat(
            points(
                new TestModel()
                    .input("x", 5)
                    .scalar("three", 3)
                    .integers("zero", 0)
                    .node(
                        "Loop",
                        "three, , x",
                        "y",
                        graph(
                            "body",
                            body(
                                "i, go, h",
                                "go, next",
                                TestModel.nodeProto(
                                    "Concat", "joined", "h, x", "joined", integer("axis", 0)),
                                node("Exp", "joined", "next"))))
                    .readAll()))
        .containsExactly("y.t0/next exp 10", "y.t1/next exp 15", "y.t2/next exp 20");
  }

  @Test
  void aScanRunsOverAnAxis() {
    TestModel model =
        new TestModel()
            .input("h0", 2, 4)
            .input("xs", 6, 2, 4)
            .weight("w", 4, 4)
            .node(
                "Scan",
                "h0, xs",
                "last, all",
                integer("num_scan_inputs", 1),
                graph(
                    "body",
                    body(
                        "h, x",
                        "next, next",
                        node("MatMul", "h, w", "m"),
                        node("Add", "m, x", "a"),
                        node("Tanh", "a", "next"))));
    Workload workload = model.readAll();
    assertThat(workload.notCosted()).isEmpty();
    assertThat(workload.macs()).isEqualTo(6 * 32);
    assertThat(workload.operations()).isEqualTo(6 * (8 + 8));
    assertThat(model.shape("all")).isEqualTo(Shape.of(6, 2, 4));
    assertThat(model.shape("last")).isEqualTo(Shape.of(2, 4));
  }

  @Test
  void whatDataDecidesIsNamed() {
    Workload workload =
        new TestModel()
            .typed("n", DataType.INT64_VALUE)
            .input("x", 5)
            .node("Exp", "x", "e")
            .node(
                "Loop",
                "n, , e",
                "y",
                graph(
                    "body",
                    body(
                        "i, go, h",
                        "go2, next",
                        node("Identity", "go", "go2"),
                        node("Exp", "h", "next"))))
            .readAll();
    assertThat(workload.notCosted())
        .extracting(n -> n.operator() + " " + n.count())
        .containsExactly("Exp inside Loop 1", "Identity inside Loop 1", "Loop 1");
    assertThat(workload.layers()).hasSize(1);
  }

  @Test
  void aLoopThatNeverEndsIsNamed() {
    Workload workload =
        new TestModel()
            .input("x", 5)
            .scalar("many", Long.MAX_VALUE)
            .node("Exp", "x", "e")
            .node("Loop", "many, , e", "y", graph("body", body("i, go, h", "go, h")))
            .readAll();
    assertThat(workload.notCosted()).extracting(n -> n.operator()).containsExactly("Loop");
  }

  @Test
  void contradictionsAreErrors() {
    assertThatThrownBy(
            () ->
                new TestModel()
                    .input("x", 5)
                    .scalar("two", 2)
                    .node("Loop", "two, , x", "y", graph("body", body("i, go", "go, i")))
                    .readAll())
        .isInstanceOf(InputException.class)
        .hasMessageContaining("its body takes 2 values and makes 2");
  }
}
