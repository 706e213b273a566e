package org.einloom.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.einloom.io.onnx.TestModel.integer;
import static org.einloom.io.onnx.TestModel.ints;
import static org.einloom.io.onnx.TestModel.text;

import com.google.protobuf.ByteString;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.TensorProto;
import org.einloom.io.input.InputException;
import org.junit.jupiter.api.Test;

/**
 * What a user reads about each kind of mistake, as a golden file: {@code bad-models.txt} has one
 * line per case, its name and the message.
 */
class BadModelsTest {
  private static final String GOLDEN = "bad-models.txt";

  private final Map<String, byte[]> cases = new LinkedHashMap<>();

  private void bad(String name, TestModel model) {
    cases.put(name, model.bytes());
  }

  private static TestModel conv(long[] input, long[] kernel, AttributeProto... attributes) {
    return new TestModel()
        .input("x", input)
        .weight("w", kernel)
        .node("Conv", "conv", "x, w", "y", attributes);
  }

  private static long[] of(long... sizes) {
    return sizes;
  }

  private static TestModel image() {
    return new TestModel().input("x", 1, 3, 8, 8).weight("w", 4, 3, 3, 3);
  }

  @Test
  void messages() throws IOException {
    files();
    convolutions();
    products();
    values();
    graphs();
    var actual = new StringBuilder();
    cases.forEach(
        (name, bytes) -> actual.append(name).append(": ").append(message(bytes)).append('\n'));
    assertThat(actual.toString()).isEqualTo(golden());
  }

  private void files() {
    byte[] whole = image().node("Conv", "x, w", "y").bytes();
    cases.put("empty file", new byte[0]);
    cases.put("text", "workload:\n  name: demo\n".getBytes(StandardCharsets.UTF_8));
    cases.put("random bytes", new byte[] {0x12, 0x34, (byte) 0xff, 0x00, 0x77});
    cases.put("cut off", Arrays.copyOf(whole, whole.length - 7));
    cases.put("no nodes", new TestModel().input("x", 1).bytes());
    bad("nothing costed", new TestModel().input("x", 1).node("NonZero", "x", "y"));
  }

  private void convolutions() {
    bad("kernel larger than input", conv(of(1, 3, 5, 5), of(4, 3, 7, 7)));
    bad("stride 0", conv(of(1, 3, 8, 8), of(4, 3, 3, 3), ints("strides", 0, 1)));
    bad("too few strides", conv(of(1, 3, 8, 8), of(4, 3, 3, 3), ints("strides", 1)));
    bad("negative pad", conv(of(1, 3, 8, 8), of(4, 3, 3, 3), ints("pads", -1, 0, 0, 0)));
    bad("huge dilation", conv(of(1, 3, 8, 8), of(4, 3, 3, 3), ints("dilations", 1L << 40, 1)));
    bad("groups do not divide", conv(of(1, 3, 8, 8), of(4, 3, 3, 3), integer("group", 2)));
    bad("channels do not fit", conv(of(1, 3, 8, 8), of(4, 5, 3, 3)));
    bad(
        "kernel_shape contradicts",
        conv(of(1, 3, 8, 8), of(4, 3, 3, 3), ints("kernel_shape", 5, 5)));
    bad("auto_pad", conv(of(1, 3, 8, 8), of(4, 3, 3, 3), text("auto_pad", "SAME")));
    bad("attribute type", conv(of(1, 3, 8, 8), of(4, 3, 3, 3), text("strides", "2")));
    bad("five spatial axes", conv(of(1, 3, 2, 2, 2, 2, 2), of(4, 3, 1, 1, 1, 1, 1)));
    bad("negative extent", conv(of(1, 3, 8, 8), of(4, 3, -3, 3)));
    bad("too many elements", conv(of(1, 1L << 62, 8, 8), of(4, 3, 3, 3)));
    bad("iteration space too large", conv(of(1, 64, 1L << 28, 1L << 27), of(4, 64, 3, 3)));
    bad("groups of outputs", conv(of(1, 4, 8, 8), of(3, 2, 3, 3), integer("group", 2)));
  }

  private void products() {
    bad(
        "inner extents",
        new TestModel().input("x", 2, 6).weight("w", 5, 6).node("Gemm", "fc", "x, w", "y"));
    bad(
        "ranks",
        new TestModel().input("x", 2, 6, 1).weight("w", 6, 5).node("Gemm", "fc", "x, w", "y"));
    bad(
        "batches",
        new TestModel().input("x", 2, 3, 4).input("z", 3, 4, 5).node("MatMul", "mm", "x, z", "y"));
    bad("one operand", new TestModel().input("x", 2, 6).node("MatMul", "mm", "x", "y"));
  }

  private void values() {
    var wrongBytes = image();
    wrongBytes.graph.addInitializer(
        TensorProto.newBuilder()
            .setName("s")
            .setDataType(ElementType.INT64)
            .addDims(4)
            .setRawData(ByteString.copyFrom(new byte[12])));
    bad("wrong number of bytes", wrongBytes.node("Conv", "x, w", "y"));
    var external = image();
    external.graph.addInitializer(
        TensorProto.newBuilder()
            .setName("s")
            .setDataType(ElementType.INT64)
            .addDims(4)
            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
            .addExternalData(
                onnx.Onnx.StringStringEntryProto.newBuilder()
                    .setKey("location")
                    .setValue("weights.bin")));
    bad("missing value", external.node("Reshape", "r", "x, s", "z").node("Conv", "c", "z, w", "y"));
    bad(
        "reshape",
        image()
            .integers("s", 1, 5, -1)
            .node("Reshape", "r", "x, s", "z")
            .node("Conv", "z, w", "y"));
    bad(
        "unknown operator",
        image().node("NonMaxSuppression", "nms", "x", "z").node("Conv", "c", "z, w", "y"));
  }

  private void graphs() {
    bad("circle", image().node("Relu", "a", "d", "b").node("Tanh", "c", "b", "d"));
    bad("own result", image().node("Relu", "a", "b", "b"));
    bad("missing input", image().node("Conv", "c", "x, v", "y"));
    bad("made twice", image().node("Relu", "r", "x", "y").node("Conv", "c", "x, w", "y"));
    bad("named as a weight", image().node("Relu", "r", "x", "w").node("Conv", "c", "x, w", "y"));
    bad("two initialisers", image().weight("w", 1).node("Conv", "c", "x, w", "y"));
    bad(
        "open extent",
        new TestModel().openInput("x", "1", "3", "height", "8").node("Relu", "x", "y"));
    bad(
        "axis",
        image().node("Softmax", "x", "z").node("Flatten", "f", "z", "y", integer("axis", 9)));
    bad("escape sequence", image().node("Conv", "a\u001b[31mb", "x, v", "y"));
  }

  private static String message(byte[] bytes) {
    try {
      OnnxReader.read("net.onnx", new ByteArrayInputStream(bytes), OnnxOptions.DEFAULT);
      return "is read";
    } catch (InputException e) {
      return e.getMessage();
    }
  }

  private static String golden() throws IOException {
    try (InputStream in = BadModelsTest.class.getResourceAsStream(GOLDEN)) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
