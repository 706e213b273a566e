package org.einloom.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which values of a graph the tensors of layers are. */
class LayerValuesTest {
  @TempDir Path folder;

  private static TypeProto type(long... shape) {
    var dimensions = TensorShapeProto.newBuilder();
    for (long extent : shape) {
      dimensions.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(extent));
    }
    return TypeProto.newBuilder()
        .setTensorType(
            TypeProto.Tensor.newBuilder()
                .setElemType(TensorProto.DataType.FLOAT_VALUE)
                .setShape(dimensions))
        .build();
  }

  private static NodeProto node(String operator, String name, List<String> inputs, String output) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .setName(name)
        .addAllInput(inputs)
        .addOutput(output)
        .build();
  }

  private static TensorProto constant(String name, long rows, long columns) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(TensorProto.DataType.FLOAT_VALUE)
        .addDims(rows)
        .addDims(columns)
        .addAllFloatData(java.util.Collections.nCopies((int) (rows * columns), 1f))
        .build();
  }

  private SequencedMap<String, SequencedMap<String, String>> layers(GraphProto.Builder graph)
      throws IOException {
    Path file = folder.resolve("m.onnx");
    Files.write(
        file,
        ModelProto.newBuilder()
            .setIrVersion(8)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
            .setGraph(graph.addInput(ValueInfoProto.newBuilder().setName("x").setType(type(4, 4))))
            .build()
            .toByteArray());
    return OnnxGraph.read(file)
        .layers(OnnxReader.read(file, OnnxOptions.DEFAULT.withCoverage(Coverage.ALL)));
  }

  /** The constant is the weight wherever it stands; of two activations the second. */
  @Test
  void products() throws IOException {
    var layers =
        layers(
            GraphProto.newBuilder()
                .addInitializer(constant("w", 4, 4))
                .addNode(node("MatMul", "right", List.of("x", "w"), "a"))
                .addNode(node("MatMul", "left", List.of("w", "x"), "b"))
                .addNode(node("MatMul", "both", List.of("a", "b"), "c"))
                .addNode(node("MatMul", "", List.of("c", "c"), "d")));
    assertThat(layers.get("right")).isEqualTo(Map.of("input", "x", "weight", "w", "output", "a"));
    assertThat(layers.get("left")).isEqualTo(Map.of("input", "x", "weight", "w", "output", "b"));
    assertThat(layers.get("both")).isEqualTo(Map.of("input", "a", "weight", "b", "output", "c"));
    // a node without a name is called after its output; one tensor is two operands
    assertThat(layers.get("d").values()).containsExactlyInAnyOrder("c", "c", "d");
  }

  /** Constants that are computed are constants. */
  @Test
  void computedConstants() throws IOException {
    var layers =
        layers(
            GraphProto.newBuilder()
                .addInitializer(constant("w", 4, 4))
                .addNode(node("Transpose", "t", List.of("w"), "wt"))
                .addNode(node("MatMul", "p", List.of("wt", "x"), "y")));
    assertThat(layers.get("p")).isEqualTo(Map.of("input", "x", "weight", "wt", "output", "y"));
  }

  /** One pass over one operand; several passes work on values that the graph has no names for. */
  @Test
  void otherOperators() throws IOException {
    var layers =
        layers(
            GraphProto.newBuilder()
                .addNode(node("Relu", "r", List.of("x"), "y"))
                .addNode(node("Softmax", "s", List.of("y"), "z")));
    assertThat(layers.get("r")).isEqualTo(Map.of("input", "x", "output", "y"));
    assertThat(layers.keySet()).noneMatch(name -> name.startsWith("s"));
  }
}
