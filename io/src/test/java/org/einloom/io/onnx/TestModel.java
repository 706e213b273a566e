package org.einloom.io.onnx;

import com.google.protobuf.ByteString;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.AttributeProto.AttributeType;
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
import org.einloom.workload.Einsum;
import org.einloom.workload.Workload;

/** A small ONNX model under construction. */
final class TestModel {
  final GraphProto.Builder graph = GraphProto.newBuilder().setName("test");
  private long opset = 17;

  TestModel opset(long version) {
    opset = version;
    return this;
  }

  TestModel input(String name, long... sizes) {
    graph.addInput(info(name, DataType.FLOAT_VALUE, sizes));
    return this;
  }

  TestModel typed(String name, int type, long... sizes) {
    graph.addInput(info(name, type, sizes));
    return this;
  }

  /** An input with symbolic dimensions where the text is no number. */
  TestModel openInput(String name, String... dimensions) {
    return openTyped(name, DataType.FLOAT_VALUE, dimensions);
  }

  /** One of another element type. */
  TestModel openTyped(String name, int type, String... dimensions) {
    var shape = TensorShapeProto.newBuilder();
    for (String d : dimensions) {
      shape.addDim(
          d.matches("-?\\d+")
              ? Dimension.newBuilder().setDimValue(Long.parseLong(d))
              : Dimension.newBuilder().setDimParam(d));
    }
    graph.addInput(
        ValueInfoProto.newBuilder()
            .setName(name)
            .setType(
                TypeProto.newBuilder()
                    .setTensorType(
                        TypeProto.Tensor.newBuilder().setElemType(type).setShape(shape))));
    return this;
  }

  TestModel output(String name, long... sizes) {
    graph.addOutput(info(name, DataType.FLOAT_VALUE, sizes));
    return this;
  }

  TestModel valueInfo(String name, long... sizes) {
    graph.addValueInfo(info(name, DataType.FLOAT_VALUE, sizes));
    return this;
  }

  static ValueInfoProto info(String name, int type, long... sizes) {
    var shape = TensorShapeProto.newBuilder();
    for (long size : sizes) {
      shape.addDim(Dimension.newBuilder().setDimValue(size));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(type).setShape(shape)))
        .build();
  }

  /** A floating-point initialiser without its elements. */
  TestModel weight(String name, long... sizes) {
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(DataType.FLOAT_VALUE)
            .addAllDims(Arrays.stream(sizes).boxed().toList())
            .setDataLocation(TensorProto.DataLocation.EXTERNAL));
    return this;
  }

  /** An initialiser of that element type without its elements. */
  TestModel weight(String name, DataType type, long... sizes) {
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(type.getNumber())
            .addAllDims(Arrays.stream(sizes).boxed().toList())
            .setDataLocation(TensorProto.DataLocation.EXTERNAL));
    return this;
  }

  /** A vector of integers as an initialiser. */
  TestModel integers(String name, long... values) {
    graph.addInitializer(integerTensor(values).toBuilder().setName(name));
    return this;
  }

  TestModel reals(String name, double... values) {
    var tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(DataType.FLOAT_VALUE)
            .addDims(values.length);
    for (double v : values) {
      tensor.addFloatData((float) v);
    }
    graph.addInitializer(tensor);
    return this;
  }

  TestModel scalar(String name, long value) {
    graph.addInitializer(integerTensor(value).toBuilder().clearDims().setName(name));
    return this;
  }

  static TensorProto integerTensor(long... values) {
    var bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    Arrays.stream(values).forEach(bytes::putLong);
    return TensorProto.newBuilder()
        .setDataType(DataType.INT64_VALUE)
        .addDims(values.length)
        .setRawData(ByteString.copyFrom(bytes.array()))
        .build();
  }

  /** A node called after its first output. */
  TestModel node(String operator, String inputs, String outputs, AttributeProto... attributes) {
    return node(operator, names(outputs).get(0), inputs, outputs, attributes);
  }

  TestModel node(
      String operator, String name, String inputs, String outputs, AttributeProto... attributes) {
    graph.addNode(nodeProto(operator, name, inputs, outputs, attributes));
    return this;
  }

  /** A node of ONNX Runtime's own operators. */
  TestModel microsoft(
      String operator, String inputs, String outputs, AttributeProto... attributes) {
    graph.addNode(
        nodeProto(operator, names(outputs).get(0), inputs, outputs, attributes).toBuilder()
            .setDomain("com.microsoft"));
    return this;
  }

  static NodeProto nodeProto(
      String operator, String name, String inputs, String outputs, AttributeProto... attributes) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .setName(name)
        .addAllInput(names(inputs))
        .addAllOutput(names(outputs))
        .addAllAttribute(List.of(attributes))
        .build();
  }

  private static List<String> names(String list) {
    return list.isEmpty() ? List.of() : Arrays.asList(list.split(" *, *", -1));
  }

  static AttributeProto ints(String name, long... values) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.INTS)
        .addAllInts(Arrays.stream(values).boxed().toList())
        .build();
  }

  static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value).build();
  }

  static AttributeProto real(String name, double value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.FLOAT)
        .setF((float) value)
        .build();
  }

  static AttributeProto floats(String name, double... values) {
    var attribute = AttributeProto.newBuilder().setName(name).setType(AttributeType.FLOATS);
    Arrays.stream(values).forEach(v -> attribute.addFloats((float) v));
    return attribute.build();
  }

  static AttributeProto text(String name, String value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(value))
        .build();
  }

  static AttributeProto tensor(String name, TensorProto value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.TENSOR)
        .setT(value)
        .build();
  }

  static AttributeProto graph(String name, GraphProto.Builder value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.GRAPH)
        .setG(value)
        .build();
  }

  ModelProto build() {
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
        .setGraph(graph)
        .build();
  }

  byte[] bytes() {
    return build().toByteArray();
  }

  /** Its products alone. */
  Workload read() {
    return read(OnnxOptions.DEFAULT.withCoverage(Coverage.PRODUCTS));
  }

  /** All of its operators. */
  Workload readAll() {
    return read(OnnxOptions.DEFAULT);
  }

  Workload read(OnnxOptions options) {
    return OnnxReader.read("test.onnx", new ByteArrayInputStream(bytes()), options);
  }

  /** The only layer. */
  Einsum einsum() {
    Workload workload = read();
    if (workload.layers().size() != 1) {
      throw new AssertionError("expected one layer: " + workload.layers());
    }
    return workload.layers().get(0).einsum();
  }

  /** What is known of a value. */
  Value value(String name) {
    Value value =
        new OnnxImport(build(), new ExternalFiles(null))
            .walk(OnnxOptions.DEFAULT)
            .values()
            .find(name);
    if (value == null) {
      throw new AssertionError("no value " + name);
    }
    return value;
  }

  Shape shape(String name) {
    Value value = value(name);
    if (value.shape() == null) {
      throw new AssertionError("shape of " + name + " is unknown: " + value.why());
    }
    return value.shape();
  }
}
