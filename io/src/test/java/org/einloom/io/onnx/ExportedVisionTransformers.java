package org.einloom.io.onnx;

import static org.einloom.io.onnx.TestModel.integer;
import static org.einloom.io.onnx.TestModel.integerTensor;
import static org.einloom.io.onnx.TestModel.tensor;

import java.util.ArrayList;
import java.util.List;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.TensorProto.DataType;

/** Networks of torchvision that normalise layers, as exported for one image of 224 by 224. */
final class ExportedVisionTransformers {
  private ExportedVisionTransformers() {}

  /** ConvNeXt-T (Liu et al., CVPR 2022, table 9). */
  static Exported convNext(int opset) {
    var net = new Exported(opset);
    String x = net.input("input", 1, 3, 224, 224);
    x = norm2d(net, net.conv(x, 96, 4, 4, 0, 1, false, true));
    long[][] stages = {{96, 3}, {192, 3}, {384, 9}, {768, 3}};
    for (long[] stage : stages) {
      if (stage[0] != 96) {
        x = net.conv(norm2d(net, x), stage[0], 2, 2, 0, 1, false, true);
      }
      for (int i = 0; i < stage[1]; i++) {
        String y = net.conv(x, stage[0], 7, 1, 3, stage[0], false, true);
        y = net.layerNorm(net.transpose(y, 0, 2, 3, 1));
        y = net.linear(net.gelu(net.linear(y, 4 * stage[0], true)), stage[0], true);
        y = net.transpose(y, 0, 3, 1, 2);
        String scale = net.parameter(stage[0], 1, 1);
        x = net.add(net.op("Mul", scale + ", " + y, net.shape(y)), x);
      }
    }
    net.linear(net.flatten(norm2d(net, net.globalMean(x))), 1000, true);
    return net;
  }

  private static String norm2d(Exported net, String x) {
    return net.transpose(net.layerNorm(net.transpose(x, 0, 2, 3, 1)), 0, 3, 1, 2);
  }

  /** Swin-T (Liu et al., ICCV 2021, table 7). */
  static Exported swin(int opset) {
    var net = new Exported(opset);
    String x = net.input("input", 1, 3, 224, 224);
    x = net.conv(x, 96, 4, 4, 0, 1, false, true);
    x = net.layerNorm(net.transpose(x, 0, 2, 3, 1));
    long[][] stages = {{96, 2, 3}, {192, 2, 6}, {384, 6, 12}, {768, 2, 24}};
    for (long[] stage : stages) {
      if (stage[0] != 96) {
        x = merged(net, x);
      }
      for (int i = 0; i < stage[1]; i++) {
        x = net.add(x, attention(net, net.layerNorm(x), stage[2], i % 2 == 0 ? 0 : 3));
        String y = net.linear(net.layerNorm(x), 4 * stage[0], true);
        x = net.add(x, net.linear(net.gelu(y), stage[0], true));
      }
    }
    x = net.transpose(net.layerNorm(x), 0, 3, 1, 2);
    net.linear(net.flatten(net.globalMean(x)), 1000, true);
    return net;
  }

  /** Four neighbours become one. */
  private static String merged(Exported net, String x) {
    long[] s = net.shape(x);
    String padded = net.same("Pad", x + ", " + net.integers(0, 0, 0, 0, 0, 0, 0, 0));
    var parts = new ArrayList<String>();
    for (long[] at : new long[][] {{0, 0}, {1, 0}, {0, 1}, {1, 1}}) {
      String rows = net.slice(padded, 1, at[0], Long.MAX_VALUE, 2);
      parts.add(net.slice(rows, 2, at[1], Long.MAX_VALUE, 2));
    }
    return net.linear(net.layerNorm(net.concat(3, parts)), 2 * s[3], false);
  }

  /** Attention in windows of 7 by 7, which are shifted by {@code shift} where there are several. */
  private static String attention(Exported net, String x, long heads, long shift) {
    long[] s = net.shape(x);
    long side = s[1];
    long c = s[3];
    long windows = (side / 7) * (side / 7);
    boolean shifted = shift > 0 && side > 7;
    x = net.same("Pad", x + ", " + net.integers(0, 0, 0, 0, 0, 0, 0, 0));
    if (shifted) {
      x = rolled(net, rolled(net, x, 1, shift), 2, shift);
    }
    String w = net.reshape(x, 1, side / 7, 7, side / 7, 7, c);
    w = net.reshape(net.transpose(w, 0, 1, 3, 2, 4, 5), windows, 49, c);
    String qkv = net.linear(w, 3 * c, true);
    qkv = net.reshape(qkv, windows, 49, 3, heads, c / heads);
    qkv = net.transpose(qkv, 2, 0, 3, 1, 4);
    String q = net.mul(part(net, qkv, 0), net.number(0.17677669));
    String scores = net.matMul(q, net.transpose(part(net, qkv, 1), 0, 1, 3, 2));
    scores = net.add(scores, positions(net, heads));
    if (shifted) {
      String five = net.reshape(scores, 1, windows, heads, 49, 49);
      scores = net.reshape(net.add(five, mask(net, side, windows)), windows, heads, 49, 49);
    }
    String y = net.matMul(net.softmax(scores), part(net, qkv, 2));
    y = net.reshape(net.transpose(y, 0, 2, 1, 3), windows, 49, c);
    y = net.linear(y, c, true);
    y = net.reshape(y, 1, side / 7, side / 7, 7, 7, c);
    y = net.reshape(net.transpose(y, 0, 1, 3, 2, 4, 5), 1, side, side, c);
    if (shifted) {
      y = rolled(net, rolled(net, y, 1, side - shift), 2, side - shift);
    }
    y = net.slice(y, 1, 0, side);
    return net.slice(y, 2, 0, side);
  }

  private static String rolled(Exported net, String x, int axis, long by) {
    String end = net.slice(x, axis, by, Long.MAX_VALUE);
    return net.concat(axis, List.of(end, net.slice(x, axis, 0, by)));
  }

  private static String part(Exported net, String x, long which) {
    long[] s = net.shape(x);
    String index = "part" + x + which;
    net.model.scalar(index, which);
    return net.op(
        "Gather", x + ", " + index, new long[] {s[1], s[2], s[3], s[4]}, integer("axis", 0));
  }

  /** A bias for every pair of positions, taken from a table. */
  private static String positions(Exported net, long heads) {
    String table = net.parameter(169, heads);
    String taken =
        net.op("Gather", table + ", " + index(net), new long[] {2401, heads}, integer("axis", 0));
    String square = net.reshape(taken, 49, 49, -1);
    String first =
        net.op("Transpose", square, new long[] {heads, 49, 49}, TestModel.ints("perm", 2, 0, 1));
    return net.op(
        "Unsqueeze", unsqueezed(net, first, 0), new long[] {1, heads, 49, 49}, axes(net, 0));
  }

  private static String index(Exported net) {
    String name = "index" + net.buffer();
    net.model.weight(name, DataType.INT64, 2401);
    return name;
  }

  private static String unsqueezed(Exported net, String x, long axis) {
    return net.opset < 13 ? x : x + ", " + net.integers(axis);
  }

  private static AttributeProto[] axes(Exported net, long... axes) {
    return net.opset < 13
        ? new AttributeProto[] {TestModel.ints("axes", axes)}
        : new onnx.Onnx.AttributeProto[0];
  }

  /** Which pairs of a shifted window do not belong together: made of nothing but shapes. */
  private static String mask(Exported net, long side, long windows) {
    String zeros =
        net.op(
            "ConstantOfShape",
            net.integers(side, side),
            new long[] {side, side},
            tensor("value", integerTensor(0)));
    String put =
        net.op(
            "ScatterND",
            zeros + ", " + indices(net, side) + ", " + update(net, side),
            new long[] {side, side});
    String w = net.reshape(put, side / 7, 7, side / 7, 7);
    w = net.reshape(net.transpose(w, 0, 2, 1, 3), windows, 49);
    String one =
        net.op("Unsqueeze", unsqueezed(net, w, 1), new long[] {windows, 1, 49}, axes(net, 1));
    String two =
        net.op("Unsqueeze", unsqueezed(net, w, 2), new long[] {windows, 49, 1}, axes(net, 2));
    String d = net.op("Sub", one + ", " + two, new long[] {windows, 49, 49});
    String zero = net.integers(0);
    String same = net.same("Equal", d + ", " + zero);
    String apart = net.same("Not", same);
    String filled =
        net.op("Where", apart + ", " + net.number(-100) + ", " + net.number(0), net.shape(d));
    String open =
        net.op(
            "Unsqueeze", unsqueezed(net, filled, 1), new long[] {windows, 1, 49, 49}, axes(net, 1));
    return net.op(
        "Unsqueeze", unsqueezed(net, open, 0), new long[] {1, windows, 1, 49, 49}, axes(net, 0));
  }

  private static String indices(Exported net, long side) {
    String name = "indices" + net.buffer();
    net.model.weight(name, DataType.INT64, side, 3, 2);
    return name;
  }

  private static String update(Exported net, long side) {
    String name = "update" + net.buffer();
    net.model.weight(name, DataType.INT64, side, 3);
    return name;
  }
}
