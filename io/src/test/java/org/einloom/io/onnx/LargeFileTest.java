package org.einloom.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorProto.DataType;
import org.einloom.workload.Workload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that holds its weights, read in a process with less memory than they take. */
class LargeFileTest {
  /** {@code -Xmx} of the process that reads. */
  private static final String HEAP = "24m";

  /** Rows and columns of the one weight: 200 MB of floats. */
  private static final long ROWS = 5_000;

  private static final long COLUMNS = 10_000;

  @TempDir Path folder;

  @Test
  void weightsNeverEnterMemory() throws IOException, InterruptedException {
    Path file = folder.resolve("large.onnx");
    write(file);
    assertThat(Files.size(file)).isGreaterThan(ROWS * COLUMNS * 4);
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP,
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                LargeFileTest.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    int exitCode = process.waitFor();
    String said = Files.readString(log);
    assertThat(exitCode).as(said).isZero();
    assertThat(said)
        .contains("macs " + 2 * ROWS * COLUMNS)
        .contains("parameters " + ROWS * COLUMNS);
  }

  /** What the process with little memory does. */
  public static void main(String[] arguments) {
    Workload workload = OnnxReader.read(Path.of(arguments[0]), OnnxOptions.DEFAULT);
    System.out.println("macs " + workload.macs());
    System.out.println("parameters " + workload.parameters().orElse(0));
  }

  /**
   * A product of 2 x 5000 and 5000 x 10000, weights inside the file as they are in those of
   * exporters. They are zeros that no disk has to hold.
   */
  private static void write(Path file) throws IOException {
    ModelProto model = new TestModel().input("x", 2, ROWS).node("MatMul", "x, w", "y").build();
    TensorProto head =
        TensorProto.newBuilder()
            .setName("w")
            .setDataType(DataType.FLOAT_VALUE)
            .addDims(ROWS)
            .addDims(COLUMNS)
            .build();
    int raw = Math.toIntExact(ROWS * COLUMNS * 4);
    int tensor =
        head.getSerializedSize()
            + CodedOutputStream.computeTagSize(TensorProto.RAW_DATA_FIELD_NUMBER)
            + CodedOutputStream.computeUInt32SizeNoTag(raw)
            + raw;
    int graph =
        model.getGraph().getSerializedSize()
            + CodedOutputStream.computeTagSize(GraphProto.INITIALIZER_FIELD_NUMBER)
            + CodedOutputStream.computeUInt32SizeNoTag(tensor)
            + tensor;
    try (OutputStream stream = Files.newOutputStream(file)) {
      var out = CodedOutputStream.newInstance(stream);
      model.toBuilder().clearGraph().build().writeTo(out);
      out.writeTag(ModelProto.GRAPH_FIELD_NUMBER, 2);
      out.writeUInt32NoTag(graph);
      model.getGraph().writeTo(out);
      out.writeTag(GraphProto.INITIALIZER_FIELD_NUMBER, 2);
      out.writeUInt32NoTag(tensor);
      head.writeTo(out);
      out.writeTag(TensorProto.RAW_DATA_FIELD_NUMBER, 2);
      out.writeUInt32NoTag(raw);
      out.flush();
    }
    try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(sparse.length() + raw);
    }
  }
}
