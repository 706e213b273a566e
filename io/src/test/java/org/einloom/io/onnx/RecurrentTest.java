package org.einloom.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.einloom.io.onnx.TestModel.floats;
import static org.einloom.io.onnx.TestModel.integer;
import static org.einloom.io.onnx.TestModel.text;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.AttributeProto.AttributeType;
import onnx.Onnx.TensorProto.DataType;
import org.einloom.workload.Layer;
import org.einloom.workload.Links;
import org.einloom.workload.Workload;
import org.einloom.workload.Workload.DistinctLayer;
import org.junit.jupiter.api.Test;

/**
 * Recurrent layers, counted by hand: 5 steps of 2 sequences of 3 inputs, states of 4 words. So
 * every state is 2 x 4 = 8 words.
 */
class RecurrentTest {
  private static final OnnxOptions ALL = OnnxOptions.DEFAULT.withCoverage(Coverage.ALL);

  private static TestModel cell(String operator, long gates, String inputs, AttributeProto... a) {
    return new TestModel()
        .input("x", 5, 2, 3)
        .weight("w", 1, gates * 4, 3)
        .weight("r", 1, gates * 4, 4)
        .weight("b", 1, 2 * gates * 4)
        .weight("p", 1, 12)
        .node(operator, "l", inputs, "y", a);
  }

  /** Repetitions, name, points and what is done at each, of the distinct layers. */
  private static List<String> layers(TestModel model) {
    Workload workload = model.read(ALL);
    assertThat(workload.notCosted()).isEmpty();
    assertThat(workload.macs()).isZero();
    var shown = new ArrayList<String>();
    for (DistinctLayer distinct : workload.distinctLayers()) {
      Layer layer = distinct.layer();
      String name = layer.name().substring(layer.name().indexOf('.') + 1);
      shown.add(
          distinct.repeats()
              + " x "
              + name
              + ": "
              + layer.operations()
              + " "
              + layer.einsum().operation());
    }
    return shown;
  }

  /** Four gates: 10 rows x 16 x 3 inputs at once; then, in each step, 2 rows x 16 x 4. */
  @Test
  void lstm() {
    TestModel model = cell("LSTM", 4, "x, w, r, b");
    assertThat(layers(model))
        .containsExactly(
            "1 x inputs: 480 mac",
            "1 x bias: 16 add",
            "5 x recurrent: 128 mac",
            "5 x gates: 24 sigmoid",
            "5 x values: 8 tanh",
            "10 x forget: 8 mul",
            "5 x cell: 8 scale",
            "5 x squashed: 8 tanh");
    // The state, o * tanh(c), is the same computation as what the cell forgets.
    Workload workload = model.read(ALL);
    assertThat(workload.layers()).hasSize(2 + 5 * 7);
    assertThat(workload.operations()).isEqualTo(480 + 16 + 5 * (128 + 24 + 5 * 8));
    assertThat(workload.layers().get(2).einsum().expression())
        .isEqualTo("output[n, m] += input[n, k] * weight[m, k]");
    assertThat(workload.layers().get(9).name()).isEqualTo("l.recurrent.t1");
  }

  @Test
  void steps() {
    TestModel model = cell("LSTM", 4, "x, w, r");
    List<Layer> layers = model.read(ALL).layers();
    assertThat(layers.subList(0, 9).stream().map(Layer::name))
        .containsExactly(
            "l.inputs",
            "l.recurrent",
            "l.gates",
            "l.values",
            "l.forget",
            "l.cell",
            "l.squashed",
            "l.state",
            "l.recurrent.t1");
  }

  @Test
  void peepholesCoupledGatesAndBounds() {
    assertThat(layers(cell("LSTM", 4, "x, w, r, , , , , p")))
        .contains("5 x peepholes: 24 scale", "5 x gates: 24 sigmoid")
        .hasSize(8);
    assertThat(layers(cell("LSTM", 4, "x, w, r", integer("input_forget", 1))))
        .contains("5 x gates: 16 sigmoid", "5 x coupled: 8 scale");
    assertThat(
            layers(
                cell(
                    "LSTM",
                    4,
                    "x, w, r",
                    AttributeProto.newBuilder()
                        .setName("clip")
                        .setType(AttributeType.FLOAT)
                        .setF(3)
                        .build())))
        .contains("5 x clip: 32 relu");
  }

  /** The reset gate before the product: two products in each step. */
  @Test
  void gruThatResetsTheState() {
    assertThat(layers(cell("GRU", 3, "x, w, r, b")))
        .containsExactly(
            "1 x inputs: 360 mac",
            "1 x bias: 12 add",
            "5 x recurrent: 64 mac",
            "5 x gates: 16 sigmoid",
            "5 x reset: 8 mul",
            "5 x recurrent.values: 32 mac",
            "5 x values: 8 tanh",
            "5 x difference: 8 add",
            "5 x state: 8 scale");
  }

  /** The reset gate behind the product, as PyTorch has it: one product and a bias of its own. */
  @Test
  void gruThatResetsTheProduct() {
    assertThat(layers(cell("GRU", 3, "x, w, r, b", integer("linear_before_reset", 1))))
        .containsExactly(
            "1 x inputs: 360 mac",
            "1 x bias: 12 add",
            "5 x recurrent: 96 mac",
            "5 x recurrent.bias: 4 add",
            "5 x gates: 16 sigmoid",
            "10 x reset: 8 scale",
            "5 x values: 8 tanh",
            "5 x difference: 8 add");
  }

  @Test
  void rnnWithAnotherActivation() {
    AttributeProto relu =
        AttributeProto.newBuilder()
            .setName("activations")
            .setType(AttributeType.STRINGS)
            .addStrings(ByteString.copyFromUtf8("Relu"))
            .build();
    assertThat(layers(cell("RNN", 1, "x, w, r, b")))
        .containsExactly(
            "1 x inputs: 120 mac", "1 x bias: 4 add", "5 x recurrent: 32 mac", "5 x state: 8 tanh");
    assertThat(layers(cell("RNN", 1, "x, w, r", relu))).contains("5 x state: 8 relu");
  }

  /** Both directions at once, each with weights of its own. */
  @Test
  void bidirectional() {
    TestModel model =
        new TestModel()
            .input("x", 5, 2, 3)
            .weight("w", 2, 16, 3)
            .weight("r", 2, 16, 4)
            .node("LSTM", "l", "x, w, r", "y", text("direction", "bidirectional"));
    assertThat(layers(model))
        .contains("1 x inputs: 960 mac", "5 x recurrent: 256 mac", "5 x gates: 48 sigmoid");
    List<Layer> layers = model.read(ALL).layers();
    assertThat(layers.get(0).einsum().expression())
        .isEqualTo("output[d, n, m] += input[n, c] * weight[d, m, c]");
    assertThat(layers.get(1).einsum().expression())
        .isEqualTo("output[d, n, m] += input[d, n, k] * weight[d, m, k]");
  }

  @Test
  void batchFirst() {
    TestModel model =
        new TestModel()
            .input("x", 2, 5, 3)
            .weight("w", 1, 12, 3)
            .weight("r", 1, 12, 4)
            .node("GRU", "l", "x, w, r", "y", integer("layout", 1));
    assertThat(layers(model)).contains("1 x inputs: 360 mac", "5 x recurrent: 64 mac");
  }

  /** What is longer than the longest sequence is not computed. */
  @Test
  void theLongestSequenceHasTheSteps() {
    assertThat(layers(cell("RNN", 1, "x, w, r, , n").integers("n", 3, 2)))
        .containsExactly("1 x inputs: 72 mac", "3 x recurrent: 32 mac", "3 x state: 8 tanh");
    assertThat(layers(cell("RNN", 1, "x, w, r, , n").typed("n", DataType.INT32_VALUE, 2)))
        .contains("5 x recurrent: 32 mac");
  }

  /** Each state is quantised as it comes; the words of its product are those of integers. */
  @Test
  void quantisedAsItRuns() {
    TestModel model =
        new TestModel()
            .input("x", 5, 2, 3)
            .weight("w", DataType.INT8, 1, 3, 16)
            .weight("r", DataType.INT8, 1, 4, 16)
            .weight("s", DataType.FLOAT, 1)
            .weight("i", DataType.INT8, 1);
    model.graph.addNode(
        TestModel.nodeProto(
                "DynamicQuantizeLSTM",
                "l",
                "x, w, r, , , , , , s, i, s, i",
                "y",
                integer("hidden_size", 4))
            .toBuilder()
            .setDomain("com.microsoft"));
    assertThat(layers(model))
        .containsExactly(
            "1 x inputs.range: 30 max",
            "1 x inputs.quantised: 30 scale",
            "1 x inputs: 480 mac",
            "5 x recurrent.range: 8 max",
            "5 x recurrent.quantised: 8 scale",
            "5 x recurrent: 128 mac",
            "5 x gates: 24 sigmoid",
            "5 x values: 8 tanh",
            "10 x forget: 8 mul",
            "5 x cell: 8 scale",
            "5 x squashed: 8 tanh");
    var product = model.read(ALL).layers().get(5).einsum();
    assertThat(product.operands().get(0).bits()).hasValue(8);
    assertThat(product.operands().get(1).bits()).hasValue(8);
    assertThat(product.output().partialBits()).hasValue(32);
    assertThat(model.shape("y")).isEqualTo(Shape.of(5, 1, 2, 4));
  }

  /** Who reads what: the next step what the step before made, and in the end all of it leaves. */
  @Test
  void stepsFeedEachOther() {
    TestModel model =
        cell("GRU", 3, "x, w, r", integer("linear_before_reset", 1)).output("y", 5, 1, 2, 4);
    Workload workload = model.read(ALL);
    List<String> names = workload.layers().stream().map(Layer::name).toList();
    assertThat(names.subList(1, 7))
        .containsExactly(
            "l.recurrent", "l.gates", "l.reset", "l.values", "l.difference", "l.state");
    assertThat(sources(workload, "l.recurrent")).containsExactly("", "");
    assertThat(sources(workload, "l.recurrent.t2")).containsExactly("l.state.t1", "");
    assertThat(sources(workload, "l.gates.t2")).containsExactly("l.inputs", "l.recurrent.t2");
    assertThat(sources(workload, "l.state.t2"))
        .containsExactly("l.gates.t2", "l.difference.t2", "l.values.t2");
    for (int i = 0; i < names.size(); i++) {
      assertThat(workload.links().layers().get(i).leaves())
          .isEqualTo(names.get(i).startsWith("l.state") ? Links.Leaves.PARTLY : Links.Leaves.NOT);
    }
  }

  private static List<String> sources(Workload workload, String layer) {
    List<String> names = workload.layers().stream().map(Layer::name).toList();
    var sources = new ArrayList<String>();
    for (Links.Source source : workload.links().layers().get(names.indexOf(layer)).operands()) {
      sources.add(source.layers().isEmpty() ? "" : names.get(source.layers().get(0)));
    }
    return sources;
  }

  @Test
  void contradictionsAreRefused() {
    assertThatThrownBy(() -> cell("LSTM", 3, "x, w, r").read(ALL))
        .hasMessageContaining("node 'l' (LSTM): its weights have shapes [1, 12, 3] and [1, 12, 4]")
        .hasMessageContaining("expected are [1, 16, 3] and [1, 16, 4]");
    assertThatThrownBy(
            () ->
                new TestModel()
                    .input("x", 1L << 40, 2, 3)
                    .weight("w", 1, 4, 3)
                    .weight("r", 1, 4, 4)
                    .node("RNN", "l", "x, w, r", "y")
                    .read(ALL))
        .hasMessageContaining("has 1099511627776 time steps; expected at most 20000");
  }

  /** What is not known is named, not guessed. */
  @Test
  void otherFunctionsAreNotCosted() {
    AttributeProto own =
        AttributeProto.newBuilder()
            .setName("activations")
            .setType(AttributeType.STRINGS)
            .addStrings(ByteString.copyFromUtf8("Magic"))
            .build();
    Workload workload =
        cell("RNN", 1, "x, w, r", own, floats("activation_alpha", 1))
            .input("z", 2, 3)
            .weight("v", 3, 4)
            .node("MatMul", "z, v", "u")
            .read(ALL);
    assertThat(workload.notCosted()).containsExactly(new Workload.NotCosted("RNN", 1));
  }
}
