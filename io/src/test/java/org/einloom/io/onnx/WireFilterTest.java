package org.einloom.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Collections;
import java.util.List;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.StringStringEntryProto;
import onnx.Onnx.TensorProto;
import org.einloom.workload.InvalidSpecException;
import org.junit.jupiter.api.Test;

class WireFilterTest {
  private static ModelProto filter(byte[] bytes) throws IOException {
    return ModelProto.parseFrom(WireFilter.filter(new ByteArrayInputStream(bytes)));
  }

  @Test
  void keepsTheGraphAsItIs() throws IOException {
    ModelProto model =
        new TestModel()
            .input("x", 1, 3, 8, 8)
            .openInput("z", "batch", "4")
            .integers("s", 1, 2)
            .reals("r", 0.5)
            .weight("w", 4, 3, 3, 3)
            .node("Conv", "c", "x, w", "y", TestModel.ints("strides", 2, 2))
            .output("y", 1, 4, 3, 3)
            .build();
    assertThat(filter(model.toByteArray())).isEqualTo(model);
  }

  @Test
  void leavesDocumentationMetadataAndManyElementsBehind() throws IOException {
    var tensor = TensorProto.newBuilder().setName("w").setDataType(1).addDims(5000);
    for (int i = 0; i < 5000; i++) {
      tensor.addFloatData(i);
    }
    ModelProto model =
        ModelProto.newBuilder()
            .setDocString("about")
            .addMetadataProps(StringStringEntryProto.newBuilder().setKey("k").setValue("v"))
            .setGraph(
                GraphProto.newBuilder()
                    .setDocString("about")
                    .addNode(NodeProto.newBuilder().setOpType("Relu").setDocString("about"))
                    .addInitializer(tensor))
            .build();
    ModelProto kept = filter(model.toByteArray());
    assertThat(kept.getGraph().getNode(0).getOpType()).isEqualTo("Relu");
    assertThat(kept.getGraph().getInitializer(0).getDims(0)).isEqualTo(5000);
    assertThat(kept.getGraph().getInitializer(0).getFloatDataCount()).isZero();
    assertThat(kept.toString()).doesNotContain("about", "metadata");
  }

  /** A network of 350 MB: its weights are passed over, not held. */
  @Test
  void weightsNeverEnterMemory() throws IOException {
    int weightBytes = 350 << 20;
    byte[] tensorHead =
        TensorProto.newBuilder()
            .setName("w")
            .setDataType(1)
            .addDims(weightBytes / 4 / 1024)
            .addDims(1024)
            .build()
            .toByteArray();
    byte[] rawHead = header(9, weightBytes);
    byte[] graphHead = header(5, tensorHead.length + rawHead.length + weightBytes);
    ModelProto rest =
        new TestModel()
            .input("x", 1, 1024)
            .node("Gemm", "x, w", "y", TestModel.integer("transB", 1))
            .build();
    byte[] graph = rest.getGraph().toByteArray();
    byte[] modelHead =
        header(
            7, graph.length + graphHead.length + tensorHead.length + rawHead.length + weightBytes);
    InputStream stream =
        new SequenceInputStream(
            Collections.enumeration(
                List.of(
                    new ByteArrayInputStream(modelHead),
                    new ByteArrayInputStream(graphHead),
                    new ByteArrayInputStream(tensorHead),
                    new ByteArrayInputStream(rawHead),
                    new Zeros(weightBytes),
                    new ByteArrayInputStream(graph))));
    byte[] kept = WireFilter.filter(stream);
    assertThat(kept).hasSizeLessThan(1000);
    assertThat(ModelProto.parseFrom(kept).getGraph().getInitializer(0).getDimsList())
        .containsExactly((long) weightBytes / 4 / 1024, 1024L);
  }

  private static byte[] header(int field, int length) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var out = CodedOutputStream.newInstance(bytes);
    out.writeTag(field, 2);
    out.writeUInt32NoTag(length);
    out.flush();
    return bytes.toByteArray();
  }

  /** That many zeros. */
  private static final class Zeros extends InputStream {
    private long left;

    Zeros(long count) {
      left = count;
    }

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      int count = (int) Math.min(left, length);
      left -= count;
      return count == 0 ? -1 : count;
    }
  }

  @Test
  void aBombOfEmptyNodesIsRefused() {
    byte[] nodes = new byte[2 * (WireFilter.MAX_FIELDS + 1)];
    for (int i = 0; i < nodes.length; i += 2) {
      nodes[i] = 0x0a; // field 1 of a graph: a node of length 0
    }
    assertThatThrownBy(() -> filter(model(nodes)))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("more than 2000000 fields");
  }

  private static byte[] model(byte[] graph) throws IOException {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(header(7, graph.length));
    bytes.writeBytes(graph);
    return bytes.toByteArray();
  }

  @Test
  void deepNestingIsRefused() {
    var graph = GraphProto.newBuilder();
    for (int i = 0; i < 40; i++) {
      graph =
          GraphProto.newBuilder()
              .addNode(
                  NodeProto.newBuilder()
                      .setOpType("If")
                      .addAttribute(AttributeProto.newBuilder().setName("b").setG(graph)));
    }
    byte[] bytes = ModelProto.newBuilder().setGraph(graph).build().toByteArray();
    assertThatThrownBy(() -> filter(bytes))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("nested more than 20 deep");
  }

  @Test
  void aLengthThatTheFileDoesNotHaveIsRefused() {
    // A node name of 1 GiB that is not there must not be allocated.
    byte[] bytes = {
      0x3a, 0x0a, 0x0a, 0x08, 0x1a, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 0x04
    };
    assertThatThrownBy(() -> filter(bytes)).isInstanceOf(InvalidSpecException.class);
  }

  @Test
  void aNameOfManyMegabytesIsRefused() {
    byte[] name = new byte[WireFilter.MAX_KEPT_BYTES + 1];
    assertThatThrownBy(
            () -> {
              var graph = new ByteArrayOutputStream();
              graph.writeBytes(header(2, name.length));
              graph.writeBytes(name);
              filter(model(graph.toByteArray()));
            })
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("takes more than 64 MiB");
  }

  @Test
  void groupsAreRefused() {
    byte[] bytes = {0x0b, 0x0c};
    assertThatThrownBy(() -> filter(bytes))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("not a complete ONNX file");
  }
}
