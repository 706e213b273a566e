package org.einloom.io.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.AttributeProto.AttributeType;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import org.einloom.io.input.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever the bytes are: a workload or one message that begins with the file, nothing else. */
class HostileModelsTest {
  private static final long[] EXTREMES = {
    0,
    1,
    2,
    3,
    7,
    -1,
    -2,
    1024,
    1025,
    1L << 31,
    (1L << 31) - 1,
    1L << 62,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private static final List<String> OPERATORS = new Operators(new ExternalFiles(null)).names();

  private static final List<String> ATTRIBUTES =
      List.of(
          "axis",
          "axes",
          "perm",
          "pads",
          "strides",
          "dilations",
          "kernel_shape",
          "group",
          "auto_pad",
          "output_shape",
          "output_padding",
          "keepdims",
          "split",
          "num_outputs",
          "to",
          "shape",
          "value",
          "value_ints",
          "start",
          "end",
          "blocksize",
          "equation",
          "transA",
          "hidden_size",
          "layout",
          "batch_dims",
          "k",
          "scales",
          "allowzero",
          "starts",
          "ends",
          "ceil_mode",
          "broadcast",
          "fmod",
          "then_branch",
          "dtype",
          "sample_size",
          "pooled_shape");

  private static byte[] zoo(String name) throws IOException {
    try (InputStream in =
        HostileModelsTest.class.getResourceAsStream("/org/einloom/zoo/" + name + ".onnx")) {
      return in.readAllBytes();
    }
  }

  /** Reads and tells whether it is a workload; any other exception than the one allowed fails. */
  private static boolean reads(byte[] bytes, OnnxOptions options, String how) {
    try {
      OnnxReader.read("f.onnx", new ByteArrayInputStream(bytes), options);
      return true;
    } catch (InputException e) {
      assertThat(e.getMessage()).as(how).startsWith("f.onnx: ").hasSizeLessThan(1600);
      return false;
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError(how, e);
    }
  }

  @Test
  void cutOffAnywhere() throws IOException {
    byte[] whole = zoo("lenet5");
    assertThat(reads(whole, OnnxOptions.DEFAULT, "whole")).isTrue();
    int read = 0;
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      read += reads(part, OnnxOptions.DEFAULT, "cut to " + length) ? 1 : 0;
    }
    // Only what follows the graph can be missing unnoticed: the version of the operator set.
    assertThat(read).isLessThanOrEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"lenet5, 1500", "resnet18, 500", "vit_b_16, 30"})
  void bytesChanged(String name, int cases) throws IOException {
    byte[] whole = zoo(name);
    long first = System.nanoTime();
    for (int i = 0; i < cases; i++) {
      var random = random(first + i);
      byte[] bytes = whole.clone();
      for (int change = random.nextInt(6); change >= 0; change--) {
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(4)) {
          case 0 -> bytes[at] = (byte) random.nextInt(256);
          case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
          case 2 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 10), (byte) 0xff);
          default -> {
            int from = random.nextInt(bytes.length);
            int count = Math.min(20, bytes.length - Math.max(at, from));
            System.arraycopy(bytes, from, bytes, at, count);
          }
        }
      }
      reads(bytes, OnnxOptions.DEFAULT, name + " changed with seed " + (first + i));
    }
  }

  /** Every protobuf field intact, and what they say absurd. */
  @Test
  void meaningsChanged() throws IOException {
    List<ModelProto> models = new ArrayList<>();
    for (String name : List.of("lenet5", "alexnet", "resnet18")) {
      models.add(ModelProto.parseFrom(zoo(name)));
    }
    models.add(arithmetic());
    models.add(fused());
    for (ModelProto model : models) { // or their changes would tell nothing
      var stream = new ByteArrayInputStream(model.toByteArray());
      assertThat(OnnxReader.read("f.onnx", stream, OnnxOptions.DEFAULT).layers()).isNotEmpty();
    }
    long first = System.nanoTime();
    int read = 0;
    int cases = 3_000;
    for (int i = 0; i < cases; i++) {
      var random = random(first + i);
      ModelProto.Builder model = models.get(random.nextInt(models.size())).toBuilder();
      GraphProto.Builder graph = model.getGraphBuilder();
      List<String> names = names(graph);
      for (int change = random.nextInt(3); change >= 0; change--) {
        switch (random.nextInt(5)) {
          case 0 ->
              tensor(
                  graph.getInitializerBuilder(random.nextInt(graph.getInitializerCount())), random);
          case 1 ->
              graph
                  .getInputBuilder(0)
                  .getTypeBuilder()
                  .getTensorTypeBuilder()
                  .getShapeBuilder()
                  .getDimBuilder(random.nextInt(2))
                  .setDimValue(extreme(random));
          default ->
              node(graph.getNodeBuilder(random.nextInt(graph.getNodeCount())), names, random);
        }
      }
      OnnxOptions options = random.nextInt(4) == 0 ? OnnxOptions.batch(3) : OnnxOptions.DEFAULT;
      read += reads(model.build().toByteArray(), options, "seed " + (first + i)) ? 1 : 0;
    }
    assertThat(read).as("models that survive their changes").isGreaterThan(cases / 100);
  }

  /** {@link Random} itself begins alike for neighbouring seeds. */
  private static Random random(long seed) {
    return new Random(new SplittableRandom(seed).nextLong());
  }

  private static ModelProto arithmetic() throws InvalidProtocolBufferException {
    return new TestModel()
        .input("x", 2, 3, 4)
        .integers("v", 1, 2, 3, 4, 5, 6)
        .integers("s", 2, 3)
        .integers("i", -1, 0)
        .integers("ends", 9, 9)
        .integers("axes", 0, 1)
        .integers("parts", 2, 4)
        .reals("r", 1, 1, 2)
        .node("Reshape", "v, s", "m")
        .node("Transpose", "m", "t")
        .node("Slice", "t, i, ends, axes", "sl")
        .node("Concat", "m, m", "c")
        .node("Tile", "m, s", "ti")
        .node("Gather", "m, i", "g")
        .node("Shape", "x", "sh")
        .node("ConstantOfShape", "sh", "k")
        .node("Expand", "m, s", "e")
        .node("Split", "v, parts", "a, b")
        .node("Resize", "x, , r", "z")
        .node("Add", "z, z", "q")
        .weight("w", 4, 5)
        .node("MatMul", "x, w", "y")
        .build();
  }

  /** Operators that do several things, ask for several shapes, or repeat themselves. */
  private static ModelProto fused() throws InvalidProtocolBufferException {
    GraphProto.Builder body =
        GraphProto.newBuilder()
            .addInput(TestModel.info("i", 7))
            .addInput(TestModel.info("go", 9))
            .addInput(TestModel.info("h", 1, 1, 6, 32))
            .addNode(TestModel.nodeProto("Tanh", "", "h", "next"))
            .addOutput(TestModel.info("go", 9))
            .addOutput(TestModel.info("next", 1, 1, 6, 32));
    return new TestModel()
        .opset(24)
        .input("x", 1, 6, 32)
        .input("q", 1, 4, 6, 8)
        .input("k", 1, 2, 6, 8)
        .input("half", 1, 6, 16)
        .input("past", 1, 2, 5, 8)
        .input("image", 1, 4, 8, 8)
        .input("places", 1, 3, 3, 2)
        .input("rois", 5, 4)
        .integers("which", 0, 0, 0, 0, 0)
        .integers("three", 3)
        .integers("size", 4, 4)
        .integers("block", 2, 2)
        .weight("w", 32, 32)
        .weight("cos", 16, 4)
        .weight("kernel", 6, 4, 3, 3)
        .input("offsets", 1, 18, 6, 6)
        .input("columns", 1, 12, 9)
        .node("Attention", "q, k, k, , past, past", "a, present")
        .node("RotaryEmbedding", "x, cos, cos, which", "r", TestModel.integer("num_heads", 4))
        .microsoft(
            "GroupQueryAttention",
            "x, half, half, past, past, , , cos, cos",
            "g",
            TestModel.integer("num_heads", 4),
            TestModel.integer("kv_num_heads", 2),
            TestModel.integer("do_rotary", 1))
        .microsoft("MultiHeadAttention", "x, x, x", "m", TestModel.integer("num_heads", 4))
        .microsoft("FusedMatMul", "x, w", "f", TestModel.integer("transB", 1))
        .microsoft(
            "MatMulNBits", "x, w", "b", TestModel.integer("K", 32), TestModel.integer("N", 5))
        .microsoft("FusedConv", "image, kernel", "c", TestModel.text("activation", "Relu"))
        .node("GridSample", "image, places", "s")
        .node("RoiAlign", "image, rois, which", "o", TestModel.integer("sampling_ratio", 2))
        .node("DeformConv", "image, kernel, offsets", "d")
        .node("TopK", "x, three", "v, j")
        .node("Col2Im", "columns, size, block", "l")
        .node("Einsum", "x, w", "e", TestModel.text("equation", "...ij,jk->...ik"))
        .node("Loop", "three, , x", "y", TestModel.graph("body", body))
        .build();
  }

  private static List<String> names(GraphProto.Builder graph) {
    var names = new ArrayList<String>(List.of("", "nothing"));
    graph.getInputList().forEach(v -> names.add(v.getName()));
    graph.getInitializerList().forEach(v -> names.add(v.getName()));
    graph.getNodeList().forEach(n -> names.addAll(n.getOutputList()));
    return names;
  }

  private static long extreme(Random random) {
    return EXTREMES[random.nextInt(EXTREMES.length)];
  }

  private static <T> T any(List<T> list, Random random) {
    return list.get(random.nextInt(list.size()));
  }

  private static void tensor(TensorProto.Builder tensor, Random random) {
    switch (random.nextInt(4)) {
      case 0 -> tensor.addDims(extreme(random));
      case 1 -> tensor.setDataType(random.nextInt(32));
      case 2 -> {
        if (tensor.getDimsCount() > 0) {
          tensor.setDims(random.nextInt(tensor.getDimsCount()), extreme(random));
        }
      }
      default -> {
        byte[] bytes = tensor.getRawData().toByteArray();
        if (bytes.length >= 8) {
          ByteBuffer.wrap(bytes)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putLong(8 * random.nextInt(bytes.length / 8), extreme(random));
          tensor.setRawData(ByteString.copyFrom(bytes));
        }
      }
    }
  }

  private static void node(NodeProto.Builder node, List<String> names, Random random) {
    switch (random.nextInt(7)) {
      case 0 -> node.setOpType(any(OPERATORS, random));
      case 1 -> node.addInput(any(names, random));
      case 2 -> node.addOutput("o" + random.nextInt(1000));
      case 3 -> {
        if (node.getInputCount() > 0) {
          node.setInput(random.nextInt(node.getInputCount()), any(names, random));
        }
      }
      case 4 -> node.addAttribute(0, attribute(random));
      default -> {
        if (node.getAttributeCount() > 0) {
          AttributeProto.Builder a =
              node.getAttributeBuilder(random.nextInt(node.getAttributeCount()));
          if (a.getIntsCount() > 0) {
            a.setInts(random.nextInt(a.getIntsCount()), extreme(random));
          } else if (a.hasI()) {
            a.setI(extreme(random));
          } else {
            a.setType(AttributeType.forNumber(1 + random.nextInt(8)));
          }
        }
      }
    }
  }

  private static AttributeProto attribute(Random random) {
    String name = any(ATTRIBUTES, random);
    return switch (random.nextInt(4)) {
      case 0 -> TestModel.integer(name, extreme(random));
      case 1 ->
          TestModel.ints(
              name, random.longs(random.nextInt(5), 0, 14).map(i -> EXTREMES[(int) i]).toArray());
      case 2 -> TestModel.floats(name, Double.NaN, (double) extreme(random));
      default ->
          TestModel.text(
              name, any(List.of("SAME_UPPER", "SAME_LOWER", "VALID", "ij,jk", "?"), random));
    };
  }
}
