package org.einloom.cli;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;

/** Models and arrays that are small enough to count by hand. */
final class SmallModels {
  private SmallModels() {}

  /** A convolution of two kernels of 2 x 2, then what is above 0 of it. */
  static GraphProto.Builder convRelu() {
    return GraphProto.newBuilder()
        .setName("conv_relu")
        .addInput(value("x", 1, 1, 3, 3))
        .addOutput(value("y", 1, 2, 2, 2))
        .addInitializer(tensor("w", List.of(2L, 1L, 2L, 2L), 1, 0, 0, 1, -1, 1, 0, 0))
        .addNode(node("Conv", "conv", List.of("x", "w"), "c"))
        .addNode(node("Relu", "relu", List.of("c"), "y"));
  }

  /** Rows of any number times a matrix that is transposed first. */
  static GraphProto.Builder matMul() {
    return GraphProto.newBuilder()
        .setName("matmul")
        .addInput(value("a", -1, 2))
        .addOutput(value("p", -1, 3))
        .addInitializer(tensor("b", List.of(3L, 2L), 1, 2, 0, -1, 3, 0))
        .addNode(
            node("Transpose", "turn", List.of("b"), "bt").toBuilder()
                .addAttribute(
                    AttributeProto.newBuilder()
                        .setName("perm")
                        .setType(AttributeProto.AttributeType.INTS)
                        .addInts(1)
                        .addInts(0)))
        .addNode(node("MatMul", "product", List.of("a", "bt"), "p"));
  }

  static Path save(Path file, GraphProto.Builder graph) throws IOException {
    ModelProto model =
        ModelProto.newBuilder()
            .setIrVersion(8)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
            .setGraph(graph)
            .build();
    return Files.write(file, model.toByteArray());
  }

  static NodeProto node(String operator, String name, List<String> inputs, String output) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .setName(name)
        .addAllInput(inputs)
        .addOutput(output)
        .build();
  }

  static TensorProto tensor(String name, List<Long> shape, float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float v : values) {
      bytes.putFloat(v);
    }
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(TensorProto.DataType.FLOAT_VALUE)
        .addAllDims(shape)
        .setRawData(ByteString.copyFrom(bytes.flip()))
        .build();
  }

  /** A negative extent is one that is left open, called {@code rows}. */
  static ValueInfoProto value(String name, long... shape) {
    var dimensions = TensorShapeProto.newBuilder();
    for (long extent : shape) {
      var d = TensorShapeProto.Dimension.newBuilder();
      dimensions.addDim(extent < 0 ? d.setDimParam("rows") : d.setDimValue(extent));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(TensorProto.DataType.FLOAT_VALUE)
                        .setShape(dimensions)))
        .build();
  }

  /** As numpy.save writes it. */
  static Path npy(Path file, List<Integer> shape, float... values) throws IOException {
    String header =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%s), }\n"
            .formatted(shape.stream().map(n -> n + ",").collect(Collectors.joining(" ")));
    byte[] text = header.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer out =
        ByteBuffer.allocate(10 + text.length + 4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    out.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) text.length);
    out.put(text);
    for (float v : values) {
      out.putFloat(v);
    }
    return Files.write(file, Arrays.copyOf(out.array(), out.position()));
  }
}
