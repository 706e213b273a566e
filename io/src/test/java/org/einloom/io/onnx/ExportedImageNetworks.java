package org.einloom.io.onnx;

import java.util.ArrayList;
import java.util.List;

/**
 * Convolutional networks of torchvision, from their papers and definitions, as exported for one
 * image of 224 by 224.
 */
final class ExportedImageNetworks {
  private ExportedImageNetworks() {}

  private static String image(Exported net) {
    return net.input("input", 1, 3, 224, 224);
  }

  /** SqueezeNet 1.0 (Iandola et al., arXiv:1602.07360, table 1). */
  static Exported squeezeNet(int opset) {
    var net = new Exported(opset);
    String x = net.same("Relu", net.conv(image(net), 96, 7, 2, 0, 1, false, true));
    x = net.maxPool(x, 3, 2, 0, true);
    long[][] fires = {
      {16, 64}, {16, 64}, {32, 128}, {0}, {32, 128}, {48, 192}, {48, 192}, {64, 256}, {0}, {64, 256}
    };
    for (long[] fire : fires) {
      if (fire[0] == 0) {
        x = net.maxPool(x, 3, 2, 0, true);
        continue;
      }
      String squeezed = net.same("Relu", net.conv(x, fire[0], 1, 1, 1, false));
      String one = net.same("Relu", net.conv(squeezed, fire[1], 1, 1, 1, false));
      String three = net.same("Relu", net.conv(squeezed, fire[1], 3, 1, 1, false));
      x = net.concat(1, List.of(one, three));
    }
    x = net.same("Relu", net.conv(x, 1000, 1, 1, 1, false));
    net.flatten(net.globalMean(x));
    return net;
  }

  /** GoogLeNet (Szegedy et al., CVPR 2015, table 1; kernels of 3 for 5, as torchvision has it). */
  static Exported googLeNet(int opset) {
    var net = new Exported(opset);
    String x = image(net);
    var planes = new ArrayList<String>(); // the input of other networks, made from this one's
    for (int c = 0; c < 3; c++) {
      String plane =
          net.op(
              "Gather",
              x + ", " + scalar(net, c),
              new long[] {1, 224, 224},
              TestModel.integer("axis", 1));
      String open =
          net.op("Unsqueeze", plane + ", " + net.integers(1), new long[] {1, 1, 224, 224});
      planes.add(net.add(net.mul(open, net.number(0.458)), net.number(-0.03)));
    }
    x = net.concat(1, planes);
    x = relu(net, net.conv(x, 64, 7, 2, 1, true));
    x = net.maxPool(x, 3, 2, 0, true);
    x = relu(net, net.conv(x, 64, 1, 1, 1, true));
    x = relu(net, net.conv(x, 192, 3, 1, 1, true));
    x = net.maxPool(x, 3, 2, 0, true);
    long[][] modules = {
      {64, 96, 128, 16, 32, 32},
      {128, 128, 192, 32, 96, 64},
      {3},
      {192, 96, 208, 16, 48, 64},
      {160, 112, 224, 24, 64, 64},
      {128, 128, 256, 24, 64, 64},
      {112, 144, 288, 32, 64, 64},
      {256, 160, 320, 32, 128, 128},
      {2},
      {256, 160, 320, 32, 128, 128},
      {384, 192, 384, 48, 128, 128}
    };
    for (long[] m : modules) {
      if (m.length == 1) {
        x = net.maxPool(x, m[0], 2, 0, true);
        continue;
      }
      String b1 = relu(net, net.conv(x, m[0], 1, 1, 1, true));
      String b2 = relu(net, net.conv(x, m[1], 1, 1, 1, true));
      b2 = relu(net, net.conv(b2, m[2], 3, 1, 1, true));
      String b3 = relu(net, net.conv(x, m[3], 1, 1, 1, true));
      b3 = relu(net, net.conv(b3, m[4], 3, 1, 1, true));
      String b4 = relu(net, net.conv(net.maxPool(x, 3, 1, 1, true), m[5], 1, 1, 1, true));
      x = net.concat(1, List.of(b1, b2, b3, b4));
    }
    net.linear(net.flatten(net.globalMean(x)), 1000, true);
    return net;
  }

  private static String scalar(Exported net, long value) {
    String name = "scalar" + value;
    net.model.scalar(name, value);
    return name;
  }

  private static String relu(Exported net, String x) {
    return net.same("Relu", x);
  }

  /** A gate of every channel: squeezed to {@code squeezed} channels and back. */
  private static String excite(
      Exported net, String x, long squeezed, String inner, boolean hardGate) {
    String s = net.conv(net.globalMean(x), squeezed, 1, 1, 1, false);
    s = inner.equals("silu") ? net.silu(s) : net.same("Relu", s);
    s = net.conv(s, net.channels(x), 1, 1, 1, false);
    String gate = net.same(hardGate ? "HardSigmoid" : "Sigmoid", s);
    return net.op("Mul", gate + ", " + x, net.shape(x));
  }

  private static long eighths(double channels) {
    long rounded = Math.max(8, (long) (channels + 4) / 8 * 8);
    return rounded < 0.9 * channels ? rounded + 8 : rounded;
  }

  /** MobileNetV3-Large (Howard et al., ICCV 2019, table 1). */
  static Exported mobileNetV3(int opset) {
    var net = new Exported(opset);
    String x = net.hardSwish(net.conv(image(net), 16, 3, 2, 1, true));
    // kernel, expanded, out, excited, hard swish, stride
    long[][] rows = {
      {3, 16, 16, 0, 0, 1}, {3, 64, 24, 0, 0, 2}, {3, 72, 24, 0, 0, 1}, {5, 72, 40, 1, 0, 2},
      {5, 120, 40, 1, 0, 1}, {5, 120, 40, 1, 0, 1}, {3, 240, 80, 0, 1, 2}, {3, 200, 80, 0, 1, 1},
      {3, 184, 80, 0, 1, 1}, {3, 184, 80, 0, 1, 1}, {3, 480, 112, 1, 1, 1}, {3, 672, 112, 1, 1, 1},
      {5, 672, 160, 1, 1, 2}, {5, 960, 160, 1, 1, 1}, {5, 960, 160, 1, 1, 1}
    };
    for (long[] r : rows) {
      String in = x;
      if (r[1] != net.channels(x)) {
        x = mobile(net, net.conv(x, r[1], 1, 1, 1, true), r[4]);
      }
      x = mobile(net, net.conv(x, r[1], r[0], r[5], r[1], true), r[4]);
      if (r[3] == 1) {
        x = excite(net, x, eighths(r[1] / 4.0), "relu", true);
      }
      x = net.conv(x, r[2], 1, 1, 1, true);
      x = r[5] == 1 && net.channels(in) == r[2] ? net.add(x, in) : x;
    }
    x = net.hardSwish(net.conv(x, 960, 1, 1, 1, true));
    x = net.hardSwish(net.linear(net.flatten(net.globalMean(x)), 1280, true));
    net.linear(x, 1000, true);
    return net;
  }

  private static String mobile(Exported net, String x, long hard) {
    return hard == 1 ? net.hardSwish(x) : net.same("Relu", x);
  }

  /** EfficientNet-B0 (Tan and Le, ICML 2019, table 1). */
  static Exported efficientNet(int opset) {
    var net = new Exported(opset);
    String x = net.silu(net.conv(image(net), 32, 3, 2, 1, true));
    // expansion, kernel, stride, out, repeated
    long[][] stages = {
      {1, 3, 1, 16, 1},
      {6, 3, 2, 24, 2},
      {6, 5, 2, 40, 2},
      {6, 3, 2, 80, 3},
      {6, 5, 1, 112, 3},
      {6, 5, 2, 192, 4},
      {6, 3, 1, 320, 1}
    };
    for (long[] s : stages) {
      for (int i = 0; i < s[4]; i++) {
        String in = x;
        long stride = i == 0 ? s[2] : 1;
        long expanded = net.channels(x) * s[0];
        long squeezed = Math.max(1, net.channels(x) / 4);
        if (s[0] != 1) {
          x = net.silu(net.conv(x, expanded, 1, 1, 1, true));
        }
        x = net.silu(net.conv(x, expanded, s[1], stride, expanded, true));
        x = excite(net, x, squeezed, "silu", false);
        x = net.conv(x, s[3], 1, 1, 1, true);
        x = stride == 1 && net.channels(in) == s[3] ? net.add(x, in) : x;
      }
    }
    x = net.silu(net.conv(x, 1280, 1, 1, 1, true));
    net.linear(net.flatten(net.globalMean(x)), 1000, true);
    return net;
  }

  /** ShuffleNetV2 x1.0 (Ma et al., ECCV 2018, table 5). */
  static Exported shuffleNet(int opset) {
    var net = new Exported(opset);
    String x = relu(net, net.conv(image(net), 24, 3, 2, 1, true));
    x = net.maxPool(x, 3, 2, 1, false);
    long[][] stages = {{116, 4}, {232, 8}, {464, 4}};
    for (long[] stage : stages) {
      for (int i = 0; i < stage[1]; i++) {
        long half = stage[0] / 2;
        String left;
        String right;
        if (i == 0) {
          long in = net.channels(x);
          left = net.conv(x, in, 3, 2, in, true);
          left = relu(net, net.conv(left, half, 1, 1, 1, true));
          right = relu(net, net.conv(x, half, 1, 1, 1, true));
        } else {
          List<String> halves = net.split(x, 1, 2);
          left = halves.get(0);
          right = relu(net, net.conv(halves.get(1), half, 1, 1, 1, true));
        }
        right = net.conv(right, half, 3, i == 0 ? 2 : 1, half, true);
        right = relu(net, net.conv(right, half, 1, 1, 1, true));
        String joined = net.concat(1, List.of(left, right));
        long[] s = net.shape(joined);
        String grouped = net.reshape(joined, s[0], 2, half, s[2], s[3]);
        x = net.reshape(net.transpose(grouped, 0, 2, 1, 3, 4), s);
      }
    }
    x = relu(net, net.conv(x, 1024, 1, 1, 1, true));
    net.linear(net.flatten(net.globalMean(x)), 1000, true);
    return net;
  }

  /** RegNetY-400MF (Radosavovic et al., CVPR 2020): depths 1, 3, 6, 6, groups of 8 channels. */
  static Exported regNet(int opset) {
    var net = new Exported(opset);
    String x = relu(net, net.conv(image(net), 32, 3, 2, 1, true));
    long[][] stages = {{48, 1}, {104, 3}, {208, 6}, {440, 6}};
    for (long[] stage : stages) {
      for (int i = 0; i < stage[1]; i++) {
        long in = net.channels(x);
        long stride = i == 0 ? 2 : 1;
        String shortcut = i == 0 ? net.conv(x, stage[0], 1, 2, 1, true) : x;
        String y = relu(net, net.conv(x, stage[0], 1, 1, 1, true));
        y = relu(net, net.conv(y, stage[0], 3, stride, stage[0] / 8, true));
        y = excite(net, y, Math.round(0.25 * in), "relu", false);
        y = net.conv(y, stage[0], 1, 1, 1, true);
        x = relu(net, net.add(shortcut, y));
      }
    }
    net.linear(net.flatten(net.globalMean(x)), 1000, true);
    return net;
  }

  /** DenseNet-169 (Huang et al., CVPR 2017, table 1); normalisations before joins stay nodes. */
  static Exported denseNet(int opset) {
    var net = new Exported(opset);
    String x = relu(net, net.conv(image(net), 64, 7, 2, 1, true));
    x = net.maxPool(x, 3, 2, 1, false);
    int[] blocks = {6, 12, 32, 32};
    for (int b = 0; b < blocks.length; b++) {
      var features = new ArrayList<>(List.of(x));
      for (int i = 0; i < blocks[b]; i++) {
        String all = net.concat(1, features);
        String y = net.conv(relu(net, net.batchNorm(all)), 128, 1, 1, 1, true);
        features.add(net.conv(relu(net, y), 32, 3, 1, 1, 1, false, false));
      }
      x = net.batchNorm(net.concat(1, features));
      x = relu(net, x);
      if (b < blocks.length - 1) {
        x = net.conv(x, net.channels(x) / 2, 1, 1, 0, 1, false, false);
        long[] s = net.shape(x);
        x =
            net.op(
                "AveragePool",
                x,
                new long[] {s[0], s[1], s[2] / 2, s[3] / 2},
                TestModel.ints("kernel_shape", 2, 2),
                TestModel.ints("strides", 2, 2));
      }
    }
    net.linear(net.flatten(net.globalMean(x)), 1000, true);
    return net;
  }
}
