package org.einloom.io.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.einloom.workload.Checked;
import org.einloom.workload.InvalidSpecException;

/**
 * How a kernel slides along one spatial axis of a convolution or pooling: output position {@code p}
 * and kernel position {@code r} meet input position {@code stride*p + dilation*r - padBegin}.
 *
 * @param input extent of the input
 * @param kernel extent of the kernel
 * @param padBegin positions added before the first
 * @param padEnd positions added after the last
 */
record Window(long input, long kernel, long stride, long dilation, long padBegin, long padEnd) {
  /** Strides, dilations, kernels and pads of any real network are far smaller. */
  private static final long LIMIT = Integer.MAX_VALUE;

  /** Positions that the dilated kernel spans. */
  long span() {
    return dilation * (kernel - 1) + 1;
  }

  /** The number of output positions, the last incomplete window left out. */
  long output() {
    long room = Checked.add(Checked.add(input, padBegin, "padding"), padEnd, "padding") - span();
    if (room < 0) {
      throw new InvalidSpecException(
          "a kernel of "
              + kernel
              + (dilation > 1 ? " with dilation " + dilation : "")
              + " does not fit an input of "
              + input
              + " with padding "
              + padBegin
              + " and "
              + padEnd);
    }
    return room / stride + 1;
  }

  /** The number of output positions where an incomplete last window counts if it starts inside. */
  long outputCeil() {
    long room = Checked.add(Checked.add(input, padBegin, "padding"), padEnd, "padding") - span();
    if (room < 0) {
      return output();
    }
    long positions = Math.ceilDiv(room, stride) + 1;
    return (positions - 1) * stride >= input + padBegin ? positions - 1 : positions;
  }

  /**
   * The windows along all spatial axes, from the attributes {@code strides}, {@code dilations},
   * {@code pads} and {@code auto_pad}, which convolutions and poolings share.
   */
  static List<Window> of(Node node, List<Long> input, List<Long> kernel) {
    int axes = input.size();
    List<Long> strides = positive(node, "strides", axes);
    List<Long> dilations = positive(node, "dilations", axes);
    kernel.forEach(k -> range("kernel_shape", k, 1));
    List<Long> pads = pads(node, axes);
    String auto = autoPad(node);
    var windows = new ArrayList<Window>();
    for (int i = 0; i < axes; i++) {
      long stride = strides.get(i);
      var plain = new Window(input.get(i), kernel.get(i), stride, dilations.get(i), 0, 0);
      windows.add(
          switch (auto) {
            case "NOTSET" -> plain.padded(pads.get(i), pads.get(i + axes));
            case "VALID" -> plain;
            default -> plain.same(auto.equals("SAME_UPPER"));
          });
    }
    return windows;
  }

  /** Padded so that there are {@code ceil(input / stride)} outputs; an odd one goes to one side. */
  private Window same(boolean oddAtEnd) {
    if (input == 0) {
      return this;
    }
    long outputs = Math.ceilDiv(input, stride);
    long total = Math.max(0, (outputs - 1) * stride - input + span());
    long small = total / 2;
    return oddAtEnd ? padded(small, total - small) : padded(total - small, small);
  }

  private Window padded(long begin, long end) {
    return new Window(input, kernel, stride, dilation, begin, end);
  }

  static String autoPad(Node node) {
    String auto = node.text("auto_pad", "NOTSET");
    return switch (auto) {
      case "" -> "NOTSET";
      case "NOTSET", "VALID", "SAME_UPPER", "SAME_LOWER" -> auto;
      default ->
          throw new InvalidSpecException(
              "attribute 'auto_pad' is '"
                  + auto
                  + "'; expected NOTSET, SAME_UPPER, SAME_LOWER or VALID");
    };
  }

  /** All begins, then all ends. */
  static List<Long> pads(Node node, int axes) {
    List<Long> pads = node.integers("pads").orElse(Collections.nCopies(2 * axes, 0L));
    length("pads", pads, 2 * axes);
    pads.forEach(p -> range("pads", p, 0));
    return pads;
  }

  /** An attribute with one positive integer per axis, 1 where it is left out. */
  static List<Long> positive(Node node, String name, int axes) {
    List<Long> values = node.integers(name).orElse(Collections.nCopies(axes, 1L));
    length(name, values, axes);
    values.forEach(v -> range(name, v, 1));
    return values;
  }

  static void length(String name, List<Long> values, int expected) {
    if (values.size() != expected) {
      throw new InvalidSpecException(
          "attribute '" + name + "' is " + values + "; expected " + expected + " integers");
    }
  }

  static void range(String name, long value, long least) {
    if (value < least || value > LIMIT) {
      throw new InvalidSpecException(
          "attribute '" + name + "' holds " + value + "; expected " + least + " to " + LIMIT);
    }
  }
}
