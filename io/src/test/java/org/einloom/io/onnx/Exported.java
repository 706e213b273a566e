package org.einloom.io.onnx;

import static org.einloom.io.onnx.TestModel.integer;
import static org.einloom.io.onnx.TestModel.ints;
import static org.einloom.io.onnx.TestModel.real;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import onnx.Onnx.AttributeProto;

/**
 * A network as PyTorch's exporters write it, under construction. It counts for itself, from the
 * shapes that it was told, what PyTorch counts: multiply-accumulates of products (as
 * torch.utils.flop_counter does, halved) and parameters of the modules, also those of batch
 * normalisation that an exporter folds into convolutions.
 */
final class Exported {
  final TestModel model = new TestModel();

  /** The version of the operator set: what operators there are, and what is an input. */
  final int opset;

  private final Map<String, long[]> shapes = new HashMap<>();
  private long macs;
  private long parameters;
  private int values;

  Exported(int opset) {
    this.opset = opset;
    model.opset(opset);
  }

  long macs() {
    return macs;
  }

  long parameters() {
    return parameters;
  }

  long[] shape(String value) {
    return shapes.get(value).clone();
  }

  long channels(String value) {
    return shapes.get(value)[1];
  }

  long last(String value) {
    long[] shape = shapes.get(value);
    return shape[shape.length - 1];
  }

  private String fresh(String base, long... shape) {
    String name = base + "_" + values++;
    shapes.put(name, shape);
    return name;
  }

  String input(String name, long... shape) {
    model.input(name, shape);
    shapes.put(name, shape);
    return name;
  }

  /** An input of that element type whose extents the file calls by names. */
  String open(String name, int type, List<String> dimensions, long... shape) {
    model.openTyped(name, type, dimensions.toArray(new String[0]));
    shapes.put(name, shape);
    return name;
  }

  /** A product that was added without {@link #linear} or {@link #matMul}. */
  void counts(long multiplyAccumulates) {
    macs += multiplyAccumulates;
  }

  /** A parameter that PyTorch counts. */
  String parameter(long... shape) {
    parameters += Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    return buffer(shape);
  }

  /** A constant that it does not count. */
  String buffer(long... shape) {
    String name = fresh("w", shape);
    model.weight(name, shape);
    return name;
  }

  String integers(long... values) {
    String name = fresh("i", values.length);
    model.integers(name, values);
    return name;
  }

  String number(double value) {
    String name = fresh("c");
    model.reals(name, value);
    return name;
  }

  /** Any operator, with the shape of its result. */
  String op(String operator, String inputs, long[] shape, AttributeProto... attributes) {
    String name = fresh("/" + operator, shape);
    model.node(operator, inputs, name, attributes);
    return name;
  }

  /** One whose result has the shape of its first input. */
  String same(String operator, String inputs, AttributeProto... attributes) {
    return op(operator, inputs, shape(inputs.split(", ")[0]), attributes);
  }

  /** A convolution of a square kernel; {@code norm} is behind it and folded into it. */
  String conv(String x, long out, long kernel, long stride, long groups, boolean norm) {
    return conv(x, out, kernel, stride, kernel / 2, groups, norm, !norm);
  }

  String conv(
      String x,
      long out,
      long kernel,
      long stride,
      long pad,
      long groups,
      boolean norm,
      boolean bias) {
    long[] in = shape(x);
    long h = (in[2] + 2 * pad - kernel) / stride + 1;
    long w = (in[3] + 2 * pad - kernel) / stride + 1;
    String weight = parameter(out, in[1] / groups, kernel, kernel);
    parameters += norm ? 2 * out : bias ? out : 0;
    String inputs = norm || bias ? x + ", " + weight + ", " + buffer(out) : x + ", " + weight;
    macs += in[0] * out * h * w * (in[1] / groups) * kernel * kernel;
    return op(
        "Conv",
        inputs,
        new long[] {in[0], out, h, w},
        integer("group", groups),
        ints("dilations", 1, 1),
        ints("kernel_shape", kernel, kernel),
        ints("pads", pad, pad, pad, pad),
        ints("strides", stride, stride));
  }

  /** A normalisation that stands before its convolution, and stays. */
  String batchNorm(String x) {
    long c = channels(x);
    parameters += 2 * c;
    return same(
        "BatchNormalization",
        x + ", " + buffer(c) + ", " + buffer(c) + ", " + buffer(c) + ", " + buffer(c),
        real("epsilon", 1e-5));
  }

  String maxPool(String x, long kernel, long stride, long pad, boolean ceil) {
    long[] in = shape(x);
    long h = pooled(in[2], kernel, stride, pad, ceil);
    long w = pooled(in[3], kernel, stride, pad, ceil);
    return op(
        "MaxPool",
        x,
        new long[] {in[0], in[1], h, w},
        integer("ceil_mode", ceil ? 1 : 0),
        ints("dilations", 1, 1),
        ints("kernel_shape", kernel, kernel),
        ints("pads", pad, pad, pad, pad),
        ints("strides", stride, stride));
  }

  private static long pooled(long in, long kernel, long stride, long pad, boolean ceil) {
    long room = in + 2 * pad - kernel;
    long out = (ceil ? Math.ceilDiv(room, stride) : room / stride) + 1;
    return ceil && (out - 1) * stride >= in + pad ? out - 1 : out;
  }

  /** The mean of every channel, in two axes of extent 1. */
  String globalMean(String x) {
    long[] in = shape(x);
    long[] out = {in[0], in[1], 1, 1};
    return opset < 18
        ? op("GlobalAveragePool", x, out)
        : op("ReduceMean", x + ", " + integers(-1, -2), out, integer("keepdims", 1));
  }

  String flatten(String x) {
    long[] in = shape(x);
    long[] out = {in[0], in[1]};
    return opset < 18
        ? op("Flatten", x, out, integer("axis", 1))
        : op("Reshape", x + ", " + integers(out), out, integer("allowzero", 1));
  }

  /** A linear layer of a matrix: Gemm; of more ranks: MatMul and Add. */
  String linear(String x, long out, boolean bias) {
    long[] in = shape(x);
    long k = in[in.length - 1];
    long[] to = in.clone();
    to[in.length - 1] = out;
    macs += Arrays.stream(in).reduce(1, (a, b) -> a * b) * out;
    if (in.length == 2) {
      String inputs = x + ", " + parameter(out, k) + (bias ? ", " + parameter(out) : "");
      return op("Gemm", inputs, to, integer("transB", 1), real("alpha", 1), real("beta", 1));
    }
    String product = op("MatMul", x + ", " + parameter(k, out), to);
    return bias ? op("Add", parameter(out) + ", " + product, to) : product;
  }

  String matMul(String a, String b) {
    long[] x = shape(a);
    long[] y = shape(b);
    long[] to = x.clone();
    to[x.length - 1] = y[y.length - 1];
    macs += Arrays.stream(x).reduce(1, (p, q) -> p * q) * y[y.length - 1];
    return op("MatMul", a + ", " + b, to);
  }

  String layerNorm(String x) {
    return layerNorm(x, true);
  }

  /** Decomposed before operator set 17. */
  String layerNorm(String x, boolean affine) {
    long[] shape = shape(x);
    long c = last(x);
    String scale = affine ? parameter(c) : buffer(c);
    String shift = affine ? parameter(c) : buffer(c);
    if (opset >= 17) {
      return same(
          "LayerNormalization",
          x + ", " + scale + ", " + shift,
          integer("axis", -1),
          real("epsilon", 1e-5));
    }
    long[] one = shape.clone();
    one[one.length - 1] = 1;
    String mean = op("ReduceMean", x, one, ints("axes", -1));
    String d = same("Sub", x + ", " + mean);
    String squares = same("Pow", d + ", " + number(2));
    String variance = op("ReduceMean", squares, one, ints("axes", -1));
    String root = same("Sqrt", same("Add", variance + ", " + number(1e-5)));
    String normal = same("Div", d + ", " + root);
    return same("Add", same("Mul", normal + ", " + scale) + ", " + shift);
  }

  /** An operator of its own since set 20; the exact form by the error function before. */
  String gelu(String x) {
    if (opset >= 20) {
      return same("Gelu", x);
    }
    String erf = same("Erf", same("Div", x + ", " + number(1.4142135)));
    String product = same("Mul", x + ", " + same("Add", erf + ", " + number(1)));
    return same("Mul", product + ", " + number(0.5));
  }

  String hardSwish(String x) {
    return opset >= 14
        ? same("HardSwish", x)
        : same("Mul", x + ", " + same("HardSigmoid", x, real("alpha", 1.0 / 6)));
  }

  String silu(String x) {
    return same("Mul", x + ", " + same("Sigmoid", x));
  }

  String reshape(String x, long... to) {
    return op("Reshape", x + ", " + integers(to), to);
  }

  String transpose(String x, long... perm) {
    long[] from = shape(x);
    long[] to = Arrays.stream(perm).map(p -> from[(int) p]).toArray();
    return op("Transpose", x, to, ints("perm", perm));
  }

  String slice(String x, long axis, long from, long to) {
    return slice(x, axis, from, to, 1);
  }

  String slice(String x, long axis, long from, long to, long step) {
    long[] shape = shape(x);
    shape[(int) axis] = Math.ceilDiv(Math.min(to, shape[(int) axis]) - from, step);
    return op(
        "Slice",
        x
            + ", "
            + integers(from)
            + ", "
            + integers(to)
            + ", "
            + integers(axis)
            + ", "
            + integers(step),
        shape);
  }

  String concat(int axis, List<String> parts) {
    long[] shape = shape(parts.get(0));
    shape[axis] = parts.stream().mapToLong(p -> shape(p)[axis]).sum();
    return op("Concat", String.join(", ", parts), shape, integer("axis", axis));
  }

  /** Equal parts along an axis: sizes are an attribute, an input, or since set 18 their number. */
  List<String> split(String x, int axis, int parts) {
    long[] shape = shape(x);
    shape[axis] /= parts;
    long[] sizes = new long[parts];
    Arrays.fill(sizes, shape[axis]);
    var names = new ArrayList<String>();
    for (int i = 0; i < parts; i++) {
      names.add(fresh("/Split", shape.clone()));
    }
    String outputs = String.join(", ", names);
    if (opset >= 18) {
      model.node("Split", x, outputs, integer("axis", axis), integer("num_outputs", parts));
    } else if (opset >= 13) {
      model.node("Split", x + ", " + integers(sizes), outputs, integer("axis", axis));
    } else {
      model.node("Split", x, outputs, integer("axis", axis), ints("split", sizes));
    }
    return names;
  }

  String softmax(String x) {
    return same("Softmax", x, integer("axis", -1));
  }

  String add(String a, String b) {
    return same("Add", a + ", " + b);
  }

  String mul(String a, String b) {
    return same("Mul", a + ", " + b);
  }
}
