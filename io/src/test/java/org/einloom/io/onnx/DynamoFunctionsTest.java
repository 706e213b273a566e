package org.einloom.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.einloom.io.onnx.TestModel.graph;
import static org.einloom.io.onnx.TestModel.integer;
import static org.einloom.io.onnx.TestModel.integerTensor;
import static org.einloom.io.onnx.TestModel.ints;
import static org.einloom.io.onnx.TestModel.nodeProto;
import static org.einloom.io.onnx.TestModel.real;
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
import org.einloom.workload.Workload;
import org.junit.jupiter.api.Test;

/**
 * A block of a transformer as torch.onnx.dynamo_export wrote it: modules are functions that call
 * those of torch's operators, which are functions too, and ask for ranks before they do anything.
 */
class DynamoFunctionsTest {
  private static final String TORCH = "pkg.onnxscript.torch_lib";
  private static final String COMMON = "pkg.onnxscript.torch_lib.common";
  private static final String MODULE = "pkg.torch.2.4.0";

  private static FunctionProto.Builder function(
      String domain, String name, String in, String out, NodeProto... nodes) {
    var function =
        FunctionProto.newBuilder()
            .setName(name)
            .setDomain(domain)
            .addAllInput(List.of(in.split(", ")))
            .addOutput(out)
            .addAllNode(List.of(nodes));
    for (String used : List.of("", TORCH, COMMON)) {
      function.addOpsetImport(
          OperatorSetIdProto.newBuilder().setDomain(used).setVersion(used.isEmpty() ? 18 : 1));
    }
    return function;
  }

  private static NodeProto call(
      String domain, String function, String in, String out, AttributeProto... attributes) {
    return nodeProto(function, out, in, out, attributes).toBuilder().setDomain(domain).build();
  }

  private static NodeProto n(String operator, String in, String out, AttributeProto... attributes) {
    return nodeProto(operator, out, in, out, attributes);
  }

  private static NodeProto ints1(String out, long... values) {
    return n("Constant", "", out, ints("value_ints", values));
  }

  private static NodeProto real1(String out, double value) {
    return n("Constant", "", out, real("value_float", value));
  }

  private static GraphProto.Builder branch(String out, NodeProto... nodes) {
    return GraphProto.newBuilder()
        .addAllNode(List.of(nodes))
        .addOutput(onnx.Onnx.ValueInfoProto.newBuilder().setName(out));
  }

  private static List<FunctionProto.Builder> library() {
    return List.of(
        function(
            COMMON,
            "Rank",
            "input",
            "rank",
            n("Shape", "input", "shape"),
            n("Size", "shape", "rank")),
        function(
            COMMON,
            "IsScalar",
            "input",
            "answer",
            call(COMMON, "Rank", "input", "r"),
            n("Constant", "", "zero", integer("value_int", 0)),
            n("Equal", "r, zero", "answer")),
        function(
            TORCH,
            "_aten_linear_bias",
            "x, w, b",
            "y",
            n("Transpose", "w", "t", ints("perm", 1, 0)),
            n("MatMul", "x, t", "p"),
            n("Add", "p, b", "y")),
        function(
            TORCH,
            "_aten_gelu_approximate_none",
            "self",
            "y",
            real1("root", 1.4142135),
            n("CastLike", "root, self", "rootLike"),
            n("Div", "self, rootLike", "d"),
            n("Erf", "d", "e"),
            real1("one", 1),
            n("CastLike", "one, e", "oneLike"),
            n("Add", "e, oneLike", "a"),
            n("Mul", "self, a", "m"),
            real1("half", 0.5),
            n("CastLike", "half, m", "halfLike"),
            n("Mul", "halfLike, m", "y")),
        function(
            TORCH,
            "_attention_scale",
            "query",
            "scale",
            n("Shape", "query", "shape"),
            ints1("last", -1),
            n("Gather", "shape, last", "width", integer("axis", 0)),
            n("CastLike", "width, query", "real"),
            n("Sqrt", "real", "root"),
            real1("one", 1),
            n("Div", "one, root", "scale")),
        function(
            TORCH,
            "_aten_scaled_dot_product_attention_no_mask_onnx",
            "query, key, value, scale",
            "y",
            n("Shape", "key", "last", integer("start", -1)),
            n("Shape", "key", "second", integer("start", -2), integer("end", -1)),
            n("Shape", "key", "first", integer("end", -2)),
            ints1("open", -1),
            n("Concat", "open, second, last", "matrix", integer("axis", 0)),
            n("Reshape", "key, matrix", "k3"),
            n("Transpose", "k3", "kt3", ints("perm", 0, 2, 1)),
            n("Concat", "first, last, second", "all", integer("axis", 0)),
            n("Reshape", "kt3, all", "kt"),
            n("Sqrt", "scale", "root"),
            n("Mul", "query, root", "q"),
            n("Mul", "kt, root", "k"),
            n("MatMul", "q, k", "scores"),
            n("Softmax", "scores", "soft", integer("axis", -1)),
            n("MatMul", "soft, value", "y")),
        function(
            TORCH,
            "aten_mean_dim",
            "self, dim",
            "y",
            call(COMMON, "IsScalar", "self", "scalar"),
            n(
                "If",
                "scalar",
                "y",
                graph("then_branch", branch("t", n("Identity", "self", "t"))),
                graph(
                    "else_branch",
                    branch(
                        "e",
                        n("ReduceMean", "self, dim", "e").toBuilder()
                            .addAttribute(integer("keepdims", 0))
                            .build())))),
        function(
            TORCH,
            "aten_view",
            "self, size",
            "y",
            n("Cast", "size", "size64", integer("to", 7)),
            n("Reshape", "self, size64", "y").toBuilder()
                .addAttribute(
                    AttributeProto.newBuilder()
                        .setName("allowzero")
                        .setType(AttributeType.INT)
                        .setRefAttrName("allowzero"))
                .build()));
  }

  /** Heads of 4 words: 6 of them. */
  private static FunctionProto.Builder block() {
    return function(
        MODULE,
        "Block",
        "x, g, b, wqkv, bqkv, w1, b1, w2, b2",
        "y",
        n("LayerNormalization", "x, g, b", "n", integer("axis", -1)),
        call(TORCH, "_aten_linear_bias", "n, wqkv, bqkv", "qkv"),
        n("Split", "qkv", "q", integer("axis", -1), integer("num_outputs", 3)).toBuilder()
            .clearOutput()
            .addAllOutput(List.of("q", "k", "v"))
            .build(),
        n("Shape", "x", "s0", integer("start", 0), integer("end", 1)),
        n("Shape", "x", "s1", integer("start", 1), integer("end", 2)),
        ints1("heads", 6, 4),
        n("Concat", "s0, s1, heads", "size", integer("axis", 0)),
        call(TORCH, "aten_view", "q, size", "q4"),
        n("Transpose", "q4", "qh", ints("perm", 0, 2, 1, 3)),
        call(TORCH, "aten_view", "k, size", "k4"),
        n("Transpose", "k4", "kh", ints("perm", 0, 2, 1, 3)),
        call(TORCH, "aten_view", "v, size", "v4"),
        n("Transpose", "v4", "vh", ints("perm", 0, 2, 1, 3)),
        call(TORCH, "_attention_scale", "qh", "scale"),
        call(TORCH, "_aten_scaled_dot_product_attention_no_mask_onnx", "qh, kh, vh, scale", "a"),
        n("Transpose", "a", "at", ints("perm", 0, 2, 1, 3)),
        n("Shape", "x", "back"),
        call(TORCH, "aten_view", "at, back", "joined"),
        n("Add", "x, joined", "r"),
        call(TORCH, "_aten_linear_bias", "r, w1, b1", "h"),
        call(TORCH, "_aten_gelu_approximate_none", "h", "act"),
        call(TORCH, "_aten_linear_bias", "act, w2, b2", "out"),
        n("Add", "r, out", "y"));
  }

  @Test
  void aBlockOfATransformer() {
    var model =
        new TestModel()
            .opset(18)
            .openInput("x", "s0", "s1", "24")
            .weight("g", 24)
            .weight("b", 24)
            .weight("wqkv", 72, 24)
            .weight("bqkv", 72)
            .weight("w1", 96, 24)
            .weight("b1", 96)
            .weight("w2", 24, 96)
            .weight("b2", 24);
    model.graph.addNode(call(MODULE, "Block", "x, g, b, wqkv, bqkv, w1, b1, w2, b2", "z0"));
    model.graph.addNode(call(MODULE, "Block", "z0, g, b, wqkv, bqkv, w1, b1, w2, b2", "z1"));
    model.node("Constant", "", "dim", tensor("value", integerTensor(1)));
    model.graph.addNode(call(TORCH, "aten_mean_dim", "z1, dim", "y"));
    ModelProto.Builder proto = model.build().toBuilder();
    library().forEach(proto::addFunctions);
    proto.addFunctions(block());
    Workload workload =
        OnnxReader.read(
            "f.onnx",
            new ByteArrayInputStream(proto.build().toByteArray()),
            OnnxOptions.DEFAULT.withDimension("s0", 2).withDimension("s1", 5));
    assertThat(workload.notCosted()).isEmpty();
    long block = 2 * 5 * 24 * (72 + 96 + 96) + 2 * (2 * 6 * 5 * 5 * 4);
    assertThat(workload.macs()).isEqualTo(2 * block);
    assertThat(workload.layers().getLast().einsum().computes())
        .as("the mean over positions, the branch that the rank takes")
        .isEqualTo(2 * 5 * 24);
    assertThat(workload.layers()).extracting(l -> l.name()).doesNotHaveDuplicates();
  }
}
