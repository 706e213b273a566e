package org.einloom.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.einloom.io.onnx.TestModel.graph;
import static org.einloom.io.onnx.TestModel.integer;
import static org.einloom.io.onnx.TestModel.integerTensor;
import static org.einloom.io.onnx.TestModel.ints;
import static org.einloom.io.onnx.TestModel.nodeProto;
import static org.einloom.io.onnx.TestModel.tensor;

import java.io.ByteArrayInputStream;
import java.util.List;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.AttributeProto.AttributeType;
import onnx.Onnx.FunctionProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.Layer;
import org.einloom.workload.Workload;
import org.junit.jupiter.api.Test;

/** Functions that a model defines, as the dynamo exporter of PyTorch writes them. */
class FunctionsTest {
  private static final String TORCH = "pkg.onnxscript.torch_lib";

  private static FunctionProto.Builder function(String name, String in, String out) {
    return FunctionProto.newBuilder()
        .setName(name)
        .setDomain(TORCH)
        .addAllInput(List.of(in.split(", ")))
        .addAllOutput(List.of(out.split(", ")))
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17));
  }

  private static AttributeProto reference(String name, AttributeType type, String to) {
    return AttributeProto.newBuilder().setName(name).setType(type).setRefAttrName(to).build();
  }

  private static NodeProto call(String name, String function, String in, String out) {
    return nodeProto(function, name, in, out).toBuilder().setDomain(TORCH).build();
  }

  private static Workload read(TestModel model, FunctionProto.Builder... functions) {
    ModelProto.Builder builder = model.build().toBuilder();
    for (FunctionProto.Builder f : functions) {
      builder.addFunctions(f);
    }
    return OnnxReader.read(
        "f.onnx", new ByteArrayInputStream(builder.build().toByteArray()), OnnxOptions.DEFAULT);
  }

  private static List<String> layers(Workload workload) {
    return workload.layers().stream().map(l -> l.operator() + " " + l.name()).toList();
  }

  @Test
  void theNodesOfAFunctionStandInThePlaceOfItsCalls() {
    var linear =
        function("aten_linear", "x, w, b", "y")
            .addNode(nodeProto("Transpose", "n0", "w", "t"))
            .addNode(nodeProto("MatMul", "n1", "x, t", "p"))
            .addNode(nodeProto("Add", "n2", "p, b", "y"));
    TestModel model =
        new TestModel()
            .input("x", 4, 8)
            .weight("w1", 16, 8)
            .weight("b1", 16)
            .weight("w2", 2, 16)
            .weight("b2", 2);
    model.graph.addNode(call("fc1", "aten_linear", "x, w1, b1", "h"));
    model.graph.addNode(call("fc2", "aten_linear", "h, w2, b2", "y"));
    Workload workload = read(model, linear);
    assertThat(layers(workload))
        .containsExactly("MatMul fc1/n1", "Add fc1/n2", "MatMul fc2/n1", "Add fc2/n2");
    assertThat(workload.macs()).isEqualTo(4 * 8 * 16 + 4 * 16 * 2);
    assertThat(workload.notCosted()).isEmpty();
    assertThat(workload.parameters()).hasValue(16 * 8 + 16 + 2 * 16 + 2);
    assertThat(workload.layers().get(0).einsum().operands().get(1).role().label())
        .isEqualTo("weight");
  }

  @Test
  void attributesAreThoseOfTheCallOrTheDefault() {
    var pool =
        function("pool", "x", "y")
            .addAttribute("kernel")
            .addAttributeProto(ints("strides", 2, 2))
            .addNode(
                nodeProto("MaxPool", "", "x", "y").toBuilder()
                    .addAttribute(reference("kernel_shape", AttributeType.INTS, "kernel"))
                    .addAttribute(reference("strides", AttributeType.INTS, "strides"))
                    .addAttribute(reference("pads", AttributeType.INTS, "pads"))
                    .build());
    TestModel model = new TestModel().input("x", 1, 3, 8, 8);
    model.graph.addNode(
        call("p", "pool", "x", "y").toBuilder().addAttribute(ints("kernel", 2, 2)).build());
    assertThat(read(model, pool).layers().get(0).einsum().expression())
        .isEqualTo("output[c, p, q] += input[c, 2*p + r, 2*q + s]");
  }

  @Test
  void functionsCallFunctionsAndHoldGraphs() {
    var inner = function("inner", "a", "b").addNode(nodeProto("Relu", "", "a", "b"));
    GraphProto.Builder then =
        GraphProto.newBuilder()
            .addNode(call("", "inner", "x", "t"))
            .addOutput(TestModel.info("t", 1, 4));
    GraphProto.Builder otherwise =
        GraphProto.newBuilder()
            .addNode(nodeProto("Tanh", "", "x", "t"))
            .addOutput(TestModel.info("t", 1, 4));
    var outer =
        function("outer", "x", "y")
            .addNode(nodeProto("Constant", "", "", "c", tensor("value", integerTensor(1))))
            .addNode(
                nodeProto(
                    "If",
                    "",
                    "c",
                    "y",
                    graph("then_branch", then),
                    graph("else_branch", otherwise)));
    TestModel model = new TestModel().input("x", 4);
    model.graph.addNode(call("o", "outer", "x", "y"));
    assertThat(layers(read(model, inner, outer))).containsExactly("Relu o/t");
  }

  @Test
  void anInputThatIsReturnedAndAnOutputThatIsNotTaken() {
    var both =
        function("both", "x, m", "y, x")
            .addNode(nodeProto("Exp", "", "x", "y"))
            .addNode(nodeProto("Log", "", "x", "unused"));
    TestModel model = new TestModel().input("x", 4);
    model.graph.addNode(call("b", "both", "x", "y, z"));
    model.graph.addNode(nodeProto("Relu", "r", "z", "out"));
    model.graph.addNode(call("b", "both", "out", ""));
    assertThat(read(model, both).layers().stream().map(Layer::operator))
        .containsExactly("Exp", "Log", "Relu", "Exp", "Log");
  }

  @Test
  void whatCannotBeIsRefused() {
    var self = function("self", "x", "y").addNode(call("s", "self", "x", "y"));
    TestModel model = new TestModel().input("x", 4);
    model.graph.addNode(call("s", "self", "x", "y"));
    assertThatThrownBy(() -> read(model, self))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("function 'self' is called more than 50 deep");
    var old =
        function("self", "x", "y")
            .clearOpsetImport()
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
            .addNode(nodeProto("Softmax", "", "x", "y", integer("axis", 0)));
    assertThatThrownBy(() -> read(model, old))
        .hasMessageContaining("is written for operator set 13 and the model for 17");
    var wide = function("wide", "x", "y");
    for (int i = 0; i < 20; i++) {
      wide.addNode(call("", "wider", "x", i == 0 ? "y" : "y" + i));
    }
    var wider = function("wider", "x", "y");
    for (int i = 0; i < 200; i++) {
      wider.addNode(call("", "widest", "x", i == 0 ? "y" : "y" + i));
    }
    var widest = function("widest", "x", "y");
    for (int i = 0; i < 200; i++) {
      widest.addNode(nodeProto("Relu", "", "x", i == 0 ? "y" : "y" + i));
    }
    TestModel bomb = new TestModel().input("x", 4);
    bomb.graph.addNode(call("s", "wide", "x", "y"));
    assertThatThrownBy(() -> read(bomb, wide, wider, widest))
        .hasMessageContaining("stand for more than 500000 nodes");
  }
}
