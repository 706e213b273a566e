package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorProto.DataType;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TensorShapeProto.Dimension;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The widths of a quantised network, from the file to the result. */
class QuantisedNetworkTest {
  @TempDir Path folder;

  private static TensorProto tensor(String name, DataType type, long... sizes) {
    var tensor = TensorProto.newBuilder().setName(name).setDataType(type.getNumber());
    for (long size : sizes) {
      tensor.addDims(size);
    }
    return tensor.setDataLocation(TensorProto.DataLocation.EXTERNAL).build();
  }

  /** One {@code QLinearMatMul} of 8 x 16 and 16 x 4 whose rows are open. */
  private String model() throws IOException {
    var shape =
        TensorShapeProto.newBuilder()
            .addDim(Dimension.newBuilder().setDimParam("rows"))
            .addDim(Dimension.newBuilder().setDimValue(16));
    var type =
        TypeProto.newBuilder()
            .setTensorType(
                TypeProto.Tensor.newBuilder().setElemType(DataType.UINT8_VALUE).setShape(shape));
    var graph =
        GraphProto.newBuilder()
            .addInput(ValueInfoProto.newBuilder().setName("x").setType(type))
            .addInitializer(tensor("w", DataType.INT8, 16, 4))
            .addInitializer(tensor("s", DataType.FLOAT))
            .addInitializer(tensor("u", DataType.UINT8))
            .addNode(
                NodeProto.newBuilder()
                    .setOpType("QLinearMatMul")
                    .setName("fc")
                    .addAllInput(List.of("x", "s", "u", "w", "s", "u", "s", "u"))
                    .addOutput("y"));
    Path file = folder.resolve("net.onnx");
    Files.write(
        file,
        ModelProto.newBuilder()
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
            .setGraph(graph)
            .build()
            .toByteArray());
    return file.toString();
  }

  @Test
  void anOpenFileIsValidWithItsExtents() throws IOException {
    assertThat(Cli.run("validate", model()).refused()).contains("--dim rows=N");
    assertThat(Cli.run("validate", model(), "--dim", "rows=8").succeeded().out())
        .contains("the workload 'net', 1 layer, 512 MACs");
  }

  @Test
  void theWorkloadShowsThem() throws IOException {
    assertThat(Cli.run("workload", model()).refused()).contains("give it one: --dim rows=N");
    assertThat(Cli.run("workload", model(), "--dim", "rows=8").succeeded().out())
        .contains("fc     QLinearMatMul  1   512  m8 n4 k16")
        .contains("widths that the file sets")
        .contains("  input 8 b, weight 8 b, output 8 b, partial 32 b  (1)");
    JsonNode json =
        JsonMapper.shared()
            .readTree(Cli.run("workload", model(), "--dim", "rows=8", "--json", "-").out());
    assertThat(json.at("/layers/0/bits").toString())
        .isEqualTo("{\"input\":8,\"weight\":8,\"output\":8,\"partial\":32}");
  }

  /** The architecture has 16 bits for all. */
  @Test
  void theyHoldInsteadOfTheArchitectures() throws IOException {
    String[] plain = {"map", model(), "--dim", "rows=8", "--arch", "eyeriss"};
    assertThat(Cli.run(plain).succeeded().out().replaceAll("\\s+", " "))
        .contains("words: input 8 b; weight 8 b; output 8 b, partial 32 b");
  }

  @Test
  void theCommandLineHasTheLastWord() throws IOException {
    assertThat(
            Cli.run(
                    "map",
                    model(),
                    "--dim",
                    "rows=8",
                    "--arch",
                    "eyeriss",
                    "--bits",
                    "weight=4",
                    "--bits",
                    "partial=20")
                .succeeded()
                .out()
                .replaceAll("\\s+", " "))
        .contains("words: input 8 b; weight 4 b; output 8 b, partial 20 b");
  }
}
