package org.einloom.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import onnx.Onnx.StringStringEntryProto;
import onnx.Onnx.TensorProto;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.Workload;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExternalFilesTest {
  @TempDir Path folder;

  @BeforeEach
  void elements() throws IOException {
    var bytes = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(0).putLong(4).putLong(6);
    Files.createDirectories(folder.resolve("net/sub"));
    Files.write(folder.resolve("outside.bin"), bytes.array());
    Files.write(folder.resolve("net/sub/inside.bin"), bytes.array());
    Files.createSymbolicLink(folder.resolve("net/link.bin"), folder.resolve("outside.bin"));
  }

  private Workload read(String location, String offset) throws IOException {
    var model = new TestModel().input("x", 24).weight("w", 6, 5);
    model.graph.addInitializer(
        TensorProto.newBuilder()
            .setName("s")
            .setDataType(ElementType.INT64)
            .addDims(2)
            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
            .addExternalData(
                StringStringEntryProto.newBuilder().setKey("location").setValue(location))
            .addExternalData(
                StringStringEntryProto.newBuilder().setKey("offset").setValue(offset)));
    Path file = folder.resolve("net/model.onnx");
    Files.write(
        file, model.node("Reshape", "r", "x, s", "z").node("Gemm", "g", "z, w", "y").bytes());
    return OnnxReader.read(file, OnnxOptions.DEFAULT);
  }

  @Test
  void elementsThatDecideAShapeAreReadFromTheModelsFolder() throws IOException {
    Workload workload = read("sub/inside.bin", "8");
    assertThat(workload.layers().get(0).einsum().extent("n")).isEqualTo(4);
    assertThat(workload.name()).isEqualTo("model");
  }

  @Test
  void nothingOutsideTheFolderIsRead() {
    for (String location :
        new String[] {"../outside.bin", "link.bin", folder.resolve("outside.bin").toString()}) {
      assertThatThrownBy(() -> read(location, "8"))
          .isInstanceOf(InvalidSpecException.class)
          .hasMessageContaining("node 'g' (Gemm)")
          .hasMessageContaining("'" + location + "', which is not below the model's folder");
    }
  }

  @Test
  void missingElementsAreNamed() {
    assertThatThrownBy(() -> read("absent.bin", "0"))
        .hasMessageContaining("node 'r' (Reshape)")
        .hasMessageContaining("tensor 's'")
        .hasMessageContaining("'absent.bin', which is not there");
    assertThatThrownBy(() -> read("sub/inside.bin", "16"))
        .hasMessageContaining("which does not hold 16 bytes there");
    assertThatThrownBy(() -> read("sub/inside.bin", "-1"))
        .hasMessageContaining("which does not hold 16 bytes there");
    assertThatThrownBy(() -> read("sub/inside.bin", "x"))
        .hasMessageContaining("offset 'x', which is no number");
    assertThatThrownBy(() -> read("a\0b", "0")).isInstanceOf(InvalidSpecException.class);
  }

  @Test
  void missingModelsAreNamed() {
    Path absent = folder.resolve("absent.onnx");
    assertThatThrownBy(() -> OnnxReader.read(absent, OnnxOptions.DEFAULT))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessage(absent + ": there is no such file");
    assertThatThrownBy(() -> OnnxReader.read(folder, OnnxOptions.DEFAULT))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessage(folder + ": is a folder; expected an ONNX file");
  }
}
