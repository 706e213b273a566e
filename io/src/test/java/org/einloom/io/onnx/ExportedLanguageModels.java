package org.einloom.io.onnx;

import static org.einloom.io.onnx.TestModel.integer;
import static org.einloom.io.onnx.TestModel.integerTensor;
import static org.einloom.io.onnx.TestModel.ints;
import static org.einloom.io.onnx.TestModel.real;
import static org.einloom.io.onnx.TestModel.tensor;

import java.util.ArrayList;
import java.util.List;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.TensorProto.DataType;

/**
 * Decoders with keys and values of the past, as transformers, torch and ONNX Runtime write them.
 */
final class ExportedLanguageModels {
  /** Positions of this run, and of the past. */
  static final long NEW = 3;

  static final long PAST = 5;
  static final long ALL = NEW + PAST;

  private ExportedLanguageModels() {}

  /**
   * GPT-2 (Radford et al., 2019) of 12 layers, with open dimensions that its shapes are computed
   * from, as the exporter by tracing writes it.
   */
  static Exported gpt2(int opset) {
    var net = new Exported(opset);
    String ids = net.open("input_ids", DataType.INT64_VALUE, List.of("batch", "sequence"), 1, NEW);
    String mask =
        net.open("attention_mask", DataType.INT64_VALUE, List.of("batch", "total"), 1, ALL);
    var caches = new ArrayList<String>();
    for (int i = 0; i < 12; i++) {
      for (String what : List.of("key", "value")) {
        caches.add(
            net.open(
                "past_key_values." + i + "." + what,
                DataType.FLOAT_VALUE,
                List.of("batch", "12", "past_sequence", "64"),
                1,
                12,
                PAST,
                64));
      }
    }
    String past = extent(net, caches.get(0), 2);
    String fresh = extent(net, ids, 1);
    String all = scalar(net, "Add", past + ", " + fresh);
    String range = net.op("Range", past + ", " + all + ", " + number(net, 1), new long[] {NEW});
    String positions = unsqueeze(net, range, 0, 1, NEW);
    String words = net.parameter(50257, 768);
    String x = net.op("Gather", words + ", " + ids, new long[] {1, NEW, 768});
    String place =
        net.op("Gather", net.parameter(1024, 768) + ", " + positions, new long[] {1, NEW, 768});
    x = net.add(x, place);
    String open = unsqueeze(net, unsqueeze(net, mask, 1, 1, 1, ALL), 2, 1, 1, 1, ALL);
    String cast = net.same("Cast", open, integer("to", DataType.FLOAT_VALUE));
    String least = net.op("Sub", net.number(1) + ", " + cast, new long[] {1, 1, 1, ALL});
    String added = net.mul(least, net.number(-3.4e38));
    String triangle = triangle(net);
    for (int i = 0; i < 12; i++) {
      String key = caches.get(2 * i);
      x =
          net.add(
              x, gptAttention(net, net.layerNorm(x), key, caches.get(2 * i + 1), added, triangle));
      String y = geluNew(net, conv1d(net, net.layerNorm(x), 3072));
      x = net.add(x, conv1d(net, y, 768));
    }
    x = net.layerNorm(x);
    String head = net.op("Transpose", words, new long[] {768, 50257}, ints("perm", 1, 0));
    net.matMul(x, head);
    return net;
  }

  /** The lower triangle of ones that transformers keeps as a buffer. */
  private static String triangle(Exported net) {
    String name = "causal";
    net.model.weight(name, DataType.BOOL, 1, 1, 1024, 1024);
    return name;
  }

  private static String gptAttention(
      Exported net, String x, String pastKey, String pastValue, String added, String triangle) {
    List<String> qkv = net.split(conv1d(net, x, 2304), 2, 3);
    String q = heads(net, qkv.get(0));
    String k = net.concat(2, List.of(pastKey, heads(net, qkv.get(1))));
    String v = net.concat(2, List.of(pastValue, heads(net, qkv.get(2))));
    String scores = net.matMul(q, net.transpose(k, 0, 1, 3, 2));
    scores = net.same("Div", scores + ", " + net.number(8));
    // causal[:, :, total - fresh : total, :total]
    String total = extent(net, k, 2);
    String from = scalar(net, "Sub", total + ", " + extent(net, q, 2));
    String end = one(net, total);
    String rows =
        net.op(
            "Slice",
            triangle
                + ", "
                + one(net, from)
                + ", "
                + end
                + ", "
                + net.integers(2)
                + ", "
                + net.integers(1),
            new long[] {1, 1, NEW, 1024});
    String square =
        net.op(
            "Slice",
            rows
                + ", "
                + net.integers(0)
                + ", "
                + end
                + ", "
                + net.integers(3)
                + ", "
                + net.integers(1),
            new long[] {1, 1, NEW, ALL});
    scores =
        net.op("Where", square + ", " + scores + ", " + net.number(-3.4e38), net.shape(scores));
    String y = net.matMul(net.softmax(net.add(scores, added)), v);
    y = net.transpose(y, 0, 2, 1, 3);
    String shape = joined(net, List.of(extent(net, y, 0), extent(net, y, 1), number(net, 768)));
    y = net.op("Reshape", y + ", " + shape, new long[] {1, NEW, 768});
    return conv1d(net, y, 768);
  }

  private static String heads(Exported net, String x) {
    String shape =
        joined(
            net, List.of(extent(net, x, 0), extent(net, x, 1), number(net, 12), number(net, 64)));
    String split = net.op("Reshape", x + ", " + shape, new long[] {1, NEW, 12, 64});
    return net.transpose(split, 0, 2, 1, 3);
  }

  /** transformers' Conv1D: all but the last axis as rows, Gemm, and back. */
  private static String conv1d(Exported net, String x, long out) {
    long in = net.last(x);
    String shape = joined(net, List.of(extent(net, x, 0), extent(net, x, 1), number(net, out)));
    String rows = net.op("Reshape", x + ", " + net.integers(-1, in), new long[] {NEW, in});
    net.counts(NEW * in * out);
    String y =
        net.op(
            "Gemm",
            rows + ", " + net.parameter(in, out) + ", " + net.parameter(out),
            new long[] {NEW, out});
    return net.op("Reshape", y + ", " + shape, new long[] {1, NEW, out});
  }

  /** {@code 0.5 * x * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x^3)))}. */
  private static String geluNew(Exported net, String x) {
    String half = net.mul(x, net.number(0.5));
    String cube = net.same("Pow", x + ", " + net.number(3));
    String inner = net.add(x, net.mul(cube, net.number(0.044715)));
    String tanh = net.same("Tanh", net.mul(inner, net.number(0.79788456)));
    return net.mul(half, net.add(tanh, net.number(1)));
  }

  /** One extent of a value, as a graph computes it: {@code Shape} of two ends since set 15. */
  private static String extent(Exported net, String x, int axis) {
    if (net.opset >= 15) {
      String cut =
          net.op("Shape", x, new long[] {1}, integer("start", axis), integer("end", axis + 1));
      return squeeze(net, cut);
    }
    String shape = net.op("Shape", x, new long[] {net.shape(x).length});
    return net.op("Gather", shape + ", " + number(net, axis), new long[0], integer("axis", 0));
  }

  private static String squeeze(Exported net, String x) {
    return net.opset < 13
        ? net.op("Squeeze", x, new long[0], ints("axes", 0))
        : net.op("Squeeze", x + ", " + net.integers(0), new long[0]);
  }

  private static String number(Exported net, long value) {
    return net.op(
        "Constant",
        "",
        new long[0],
        tensor("value", integerTensor(value).toBuilder().clearDims().build()));
  }

  private static String scalar(Exported net, String operator, String inputs) {
    return net.op(operator, inputs, new long[0]);
  }

  private static String one(Exported net, String scalar) {
    return unsqueeze(net, scalar, 0, 1);
  }

  private static String joined(Exported net, List<String> scalars) {
    return net.concat(0, scalars.stream().map(s -> one(net, s)).toList());
  }

  private static String unsqueeze(Exported net, String x, long axis, long... shape) {
    return net.opset < 13
        ? net.op("Unsqueeze", x, shape, ints("axes", axis))
        : net.op("Unsqueeze", x + ", " + net.integers(axis), shape);
  }

  /** How a decoder layer is written. */
  enum Style {
    /** By torch's exporters, in primitive operators. */
    DECOMPOSED,
    /** In operators of set 23. */
    STANDARD,
    /** By ONNX Runtime's builder of generative models, with weights of 4 bits. */
    ONNX_RUNTIME
  }

  /**
   * A layer of Llama 3 8B (arXiv:2407.21783, table 3): 32 query heads to 8 of keys and values of
   * 128 words, SwiGLU of 14336.
   */
  static Exported llama(int opset, Style style) {
    var net = new Exported(opset);
    String x = net.open("hidden", DataType.FLOAT_VALUE, List.of("s0", "s1", "4096"), 1, NEW, 4096);
    String ids = net.open("position_ids", DataType.INT64_VALUE, List.of("s0", "s1"), 1, NEW);
    List<String> cache = List.of("s0", "8", "s2", "128");
    String pastKey = net.open("past_key", DataType.FLOAT_VALUE, cache, 1, 8, PAST, 128);
    String pastValue = net.open("past_value", DataType.FLOAT_VALUE, cache, 1, 8, PAST, 128);
    String n = rms(net, x, style);
    String q = product(net, n, 4096, style);
    String k = product(net, n, 1024, style);
    String v = product(net, n, 1024, style);
    String y =
        switch (style) {
          case DECOMPOSED -> decomposed(net, q, k, v, pastKey, pastValue, ids);
          case STANDARD -> standard(net, q, k, v, pastKey, pastValue, ids);
          case ONNX_RUNTIME -> onnxRuntime(net, q, k, v, pastKey, pastValue);
        };
    x = net.add(x, product(net, y, 4096, style));
    n = rms(net, x, style);
    String gate = net.silu(product(net, n, 14336, style));
    net.add(x, product(net, net.mul(gate, product(net, n, 14336, style)), 4096, style));
    return net;
  }

  private static String product(Exported net, String x, long out, Style style) {
    if (style != Style.ONNX_RUNTIME) {
      return net.linear(x, out, false);
    }
    long in = net.last(x);
    net.counts(NEW * in * out);
    net.parameter(in, out); // the file has it packed
    String packed = "packed" + net.buffer();
    net.model.weight(packed, DataType.UINT8, out, in / 32, 16);
    return microsoft(
        net,
        "MatMulNBits",
        x + ", " + packed + ", " + net.buffer(out * in / 32),
        new long[] {1, NEW, out},
        integer("K", in),
        integer("N", out),
        integer("bits", 4),
        integer("block_size", 32));
  }

  private static String microsoft(
      Exported net, String operator, String inputs, long[] shape, AttributeProto... attributes) {
    String result = net.op(operator, inputs, shape, attributes);
    int last = net.model.graph.getNodeCount() - 1;
    net.model.graph.setNode(
        last, net.model.graph.getNode(last).toBuilder().setDomain("com.microsoft"));
    return result;
  }

  private static String rms(Exported net, String x, Style style) {
    String scale = net.parameter(4096);
    if (style != Style.DECOMPOSED) {
      return net.same(
          style == Style.STANDARD ? "RMSNormalization" : "SimplifiedLayerNormalization",
          x + ", " + scale,
          integer("axis", -1),
          real("epsilon", 1e-5));
    }
    String squares = net.same("Pow", x + ", " + net.number(2));
    long[] one = {1, NEW, 1};
    String mean =
        net.opset < 18
            ? net.op("ReduceMean", squares, one, ints("axes", -1))
            : net.op("ReduceMean", squares + ", " + net.integers(-1), one, integer("keepdims", 1));
    String root = net.same("Sqrt", net.add(mean, net.number(1e-5)));
    String normal = net.mul(x, net.same("Reciprocal", root));
    return net.op("Mul", scale + ", " + normal, net.shape(x));
  }

  private static String split(Exported net, String x, long heads) {
    String shape =
        joined(
            net,
            List.of(extent(net, x, 0), extent(net, x, 1), number(net, heads), number(net, 128)));
    String r = net.op("Reshape", x + ", " + shape, new long[] {1, NEW, heads, 128});
    return net.transpose(r, 0, 2, 1, 3);
  }

  private static String decomposed(
      Exported net, String q, String k, String v, String pastKey, String pastValue, String ids) {
    // inverse frequencies times positions, a product with one term
    String open = unsqueeze(net, ids, 1, 1, 1, NEW);
    String real = net.same("Cast", open, integer("to", DataType.FLOAT_VALUE));
    String angles = net.transpose(net.matMul(net.buffer(1, 64, 1), real), 0, 2, 1);
    String both = net.concat(2, List.of(angles, angles));
    String cos = unsqueeze(net, net.same("Cos", both), 1, 1, 1, NEW, 128);
    String sin = unsqueeze(net, net.same("Sin", both), 1, 1, 1, NEW, 128);
    String query = rotated(net, split(net, q, 32), cos, sin);
    String key = net.concat(2, List.of(pastKey, rotated(net, split(net, k, 8), cos, sin)));
    String value = net.concat(2, List.of(pastValue, split(net, v, 8)));
    String scores = net.matMul(query, net.transpose(repeated(net, key), 0, 1, 3, 2));
    scores = net.mul(scores, net.number(0.08838835));
    scores = net.add(scores, causal(net));
    String y = net.matMul(net.softmax(scores), repeated(net, value));
    return net.op(
        "Reshape",
        net.transpose(y, 0, 2, 1, 3) + ", " + net.integers(0, 0, -1),
        new long[] {1, NEW, 4096});
  }

  private static String rotated(Exported net, String x, String cos, String sin) {
    String low = net.slice(x, 3, 0, 64);
    String high = net.same("Neg", net.slice(x, 3, 64, Long.MAX_VALUE));
    String other = net.concat(3, List.of(high, low));
    return net.add(net.mul(x, cos), net.mul(other, sin));
  }

  /** Every head of keys or values four times. */
  private static String repeated(Exported net, String x) {
    String five = unsqueeze(net, x, 2, 1, 8, 1, ALL, 128);
    String wide =
        net.op(
            "Expand",
            five + ", " + net.integers(1, 8, 4, ALL, 128),
            new long[] {1, 8, 4, ALL, 128});
    return net.reshape(wide, 1, 32, ALL, 128);
  }

  /** Later positions hidden: made of shapes alone. */
  private static String causal(Exported net) {
    String full =
        net.op(
            "ConstantOfShape",
            net.integers(NEW, ALL),
            new long[] {NEW, ALL},
            tensor("value", integerTensor(1)));
    String upper =
        net.op(
            "Trilu",
            full + ", " + number(net, PAST + 1),
            new long[] {NEW, ALL},
            integer("upper", 1));
    String real = net.same("Cast", upper, integer("to", DataType.FLOAT_VALUE));
    String least = net.mul(real, net.number(-3.4e38));
    return unsqueeze(net, unsqueeze(net, least, 0, 1, NEW, ALL), 1, 1, 1, NEW, ALL);
  }

  private static String standard(
      Exported net, String q, String k, String v, String pastKey, String pastValue, String ids) {
    String tables = net.buffer(8192, 64) + ", " + net.buffer(8192, 64) + ", " + ids;
    String query = net.same("RotaryEmbedding", q + ", " + tables, integer("num_heads", 32));
    String key = net.same("RotaryEmbedding", k + ", " + tables, integer("num_heads", 8));
    net.counts(2 * 32 * NEW * ALL * 128);
    return net.op(
        "Attention",
        query + ", " + key + ", " + v + ", , " + pastKey + ", " + pastValue,
        new long[] {1, NEW, 4096},
        integer("q_num_heads", 32),
        integer("kv_num_heads", 8),
        integer("is_causal", 1));
  }

  private static String onnxRuntime(
      Exported net, String q, String k, String v, String pastKey, String pastValue) {
    String lengths = net.open("seqlens_k", DataType.INT32_VALUE, List.of("s0"), 1);
    String total = net.open("total_sequence_length", DataType.INT32_VALUE, List.of());
    net.counts(2 * 32 * NEW * ALL * 128);
    return microsoft(
        net,
        "GroupQueryAttention",
        String.join(
            ", ",
            q,
            k,
            v,
            pastKey,
            pastValue,
            lengths,
            total,
            net.buffer(8192, 64),
            net.buffer(8192, 64)),
        new long[] {1, NEW, 4096},
        integer("num_heads", 32),
        integer("kv_num_heads", 8),
        integer("do_rotary", 1));
  }
}
