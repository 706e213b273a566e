package org.einloom.io.onnx;

import java.util.ArrayList;
import java.util.List;
import org.einloom.workload.Affine.Term;
import org.einloom.workload.InvalidSpecException;

/**
 * {@code Conv} (https://onnx.ai/onnx/operators/onnx__Conv.html) in one to three spatial dimensions:
 * {@code O[n,g,m,p,q] += I[n,g,c,s*p+d*r-pad,...] * W[g,m,c,r,s]}. The names are the field's: batch
 * n, group g, output channels m and input channels c of a group, output positions (o,) p, q, kernel
 * positions (t,) r, s. A channel rank of the file is split in two, group and channel in the group.
 */
final class Convolution implements LayerRule {
  private static final List<String> OUTPUT_AXES = List.of("o", "p", "q");
  private static final List<String> KERNEL_AXES = List.of("t", "r", "s");

  /** The variable of an axis of the output: p and q, with o outside them in three dimensions. */
  static String outputAxis(int axis, int axes) {
    return OUTPUT_AXES.get(axes == 3 ? axis : axis + 1);
  }

  /** The variable of an axis of the kernel: r and s, with t outside them in three dimensions. */
  static String kernelAxis(int axis, int axes) {
    return KERNEL_AXES.get(axes == 3 ? axis : axis + 1);
  }

  /** The number of groups and of spatial axes, once the ranks of input and kernel agree. */
  record Layout(long groups, int axes) {
    static Layout of(Node node, Shape input, Shape kernel) {
      if (input.rank() < 3 || input.rank() > 5 || kernel.rank() != input.rank()) {
        throw new InvalidSpecException(
            "its input has shape "
                + input
                + " and its kernel "
                + kernel
                + "; expected [batch, channels, 1 to 3 spatial extents] and as many ranks in both");
      }
      long groups = node.integer("group", 1);
      Window.range("group", groups, 1);
      if (input.size(1) % groups != 0) {
        throw new InvalidSpecException(
            "attribute 'group' is "
                + groups
                + ", which does not divide the "
                + input.size(1)
                + " input channels");
      }
      node.integers("kernel_shape")
          .ifPresent(
              given -> {
                if (!given.equals(kernel.sub(2, kernel.rank()))) {
                  throw new InvalidSpecException(
                      "attribute 'kernel_shape' is "
                          + given
                          + ", but its kernel has shape "
                          + kernel);
                }
              });
      return new Layout(groups, input.rank() - 2);
    }
  }

  /** The shape of the result of a convolution of these two. */
  static Shape output(Node node, Shape input, Shape kernel) {
    Layout layout = Layout.of(node, input, kernel);
    if (kernel.size(1) != input.size(1) / layout.groups()) {
      throw new InvalidSpecException(
          "its kernel "
              + kernel
              + " takes "
              + kernel.size(1)
              + " input channels of a group, but its input has "
              + input.size(1)
              + " channels in "
              + layout.groups()
              + " group(s)");
    }
    if (kernel.size(0) % layout.groups() != 0) {
      throw new InvalidSpecException(
          "attribute 'group' is "
              + layout.groups()
              + ", which does not divide the "
              + kernel.size(0)
              + " output channels");
    }
    var sizes = new ArrayList<Long>(List.of(input.size(0), kernel.size(0)));
    windows(node, input, kernel).forEach(w -> sizes.add(w.output()));
    return new Shape(sizes);
  }

  private static List<Window> windows(Node node, Shape input, Shape kernel) {
    return Window.of(node, input.sub(2, input.rank()), kernel.sub(2, kernel.rank()));
  }

  @Override
  public Costed make(Node node, String name) throws Unknown {
    Shape input = node.shape(0);
    Shape kernel = node.shape(1);
    Shape output = output(node, input, kernel);
    Layout layout = Layout.of(node, input, kernel);
    long groups = layout.groups();
    int axes = layout.axes();
    long outputChannels = kernel.size(0) / groups;
    long inputChannels = kernel.size(1);

    var draft = new EinsumDraft();
    draft.keep("n", input.size(0));
    draft.variable("g", groups);
    draft.variable("m", outputChannels);
    draft.variable("c", inputChannels);
    for (int i = 0; i < axes; i++) {
      draft.variable(outputAxis(i, axes), output.size(i + 2));
    }
    for (int i = 0; i < axes; i++) {
      draft.variable(kernelAxis(i, axes), kernel.size(i + 2));
    }

    EinsumDraft.Rank n = EinsumDraft.Rank.of("n", input.size(0));
    EinsumDraft.Rank g = EinsumDraft.Rank.of("g", groups);
    EinsumDraft.Rank m = EinsumDraft.Rank.of("m", outputChannels);
    EinsumDraft.Rank c = EinsumDraft.Rank.of("c", inputChannels);
    var inputRanks = new ArrayList<>(List.of(n, g, c));
    var kernelRanks = new ArrayList<>(List.of(g, m, c));
    var outputRanks = new ArrayList<>(List.of(n, g, m));
    List<Window> windows = windows(node, input, kernel);
    for (int i = 0; i < axes; i++) {
      Window w = windows.get(i);
      String p = outputAxis(i, axes);
      String r = kernelAxis(i, axes);
      inputRanks.add(
          EinsumDraft.Rank.of(
              w.input(), -w.padBegin(), new Term(w.stride(), p), new Term(w.dilation(), r)));
      kernelRanks.add(EinsumDraft.Rank.of(r, w.kernel()));
      outputRanks.add(EinsumDraft.Rank.of(p, w.output()));
    }
    return new Costed(draft.build(name, node, inputRanks, kernelRanks, outputRanks), output);
  }
}
