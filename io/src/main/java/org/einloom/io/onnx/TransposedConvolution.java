package org.einloom.io.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.einloom.workload.Affine.Term;
import org.einloom.workload.Checked;
import org.einloom.workload.InvalidSpecException;

/**
 * {@code ConvTranspose} (https://onnx.ai/onnx/operators/onnx__ConvTranspose.html) in one to three
 * spatial dimensions. It iterates over input positions p, q and kernel positions r, s and scatters:
 * {@code O[n,g,m,s*p+d*r-pad,...] += I[n,g,c,p,q] * W[g,c,m,r,s]}. Products that fall into the
 * cropped border are computed and dropped.
 */
final class TransposedConvolution implements LayerRule {
  /** One spatial axis: what the window is to a convolution, and the extent of the result. */
  private record Axis(long input, long kernel, long stride, long dilation, long pad, long output) {}

  @Override
  public Costed make(Node node, String name) throws Unknown {
    Shape input = node.shape(0);
    Shape kernel = node.shape(1);
    Convolution.Layout layout = Convolution.Layout.of(node, input, kernel);
    if (kernel.size(0) != input.size(1)) {
      throw new InvalidSpecException(
          "its input has "
              + input.size(1)
              + " channels, its kernel "
              + kernel
              + " takes "
              + kernel.size(0)
              + "; expected the same");
    }
    long groups = layout.groups();
    int count = layout.axes();
    long inputChannels = kernel.size(0) / groups;
    long outputChannels = kernel.size(1);
    List<Axis> axes = axes(node, input.sub(2, count + 2), kernel.sub(2, count + 2));

    var draft = new EinsumDraft();
    draft.keep("n", input.size(0));
    draft.variable("g", groups);
    draft.variable("m", outputChannels);
    draft.variable("c", inputChannels);
    for (int i = 0; i < count; i++) {
      draft.variable(Convolution.outputAxis(i, count), input.size(i + 2));
    }
    for (int i = 0; i < count; i++) {
      draft.variable(Convolution.kernelAxis(i, count), kernel.size(i + 2));
    }

    EinsumDraft.Rank n = EinsumDraft.Rank.of("n", input.size(0));
    EinsumDraft.Rank g = EinsumDraft.Rank.of("g", groups);
    EinsumDraft.Rank m = EinsumDraft.Rank.of("m", outputChannels);
    EinsumDraft.Rank c = EinsumDraft.Rank.of("c", inputChannels);
    var inputRanks = new ArrayList<>(List.of(n, g, c));
    var kernelRanks = new ArrayList<>(List.of(g, c, m));
    var outputRanks = new ArrayList<>(List.of(n, g, m));
    var sizes =
        new ArrayList<>(
            List.of(
                input.size(0), Checked.multiply(outputChannels, groups, "the output channels")));
    for (int i = 0; i < count; i++) {
      Axis a = axes.get(i);
      String p = Convolution.outputAxis(i, count);
      String r = Convolution.kernelAxis(i, count);
      inputRanks.add(EinsumDraft.Rank.of(p, a.input()));
      kernelRanks.add(EinsumDraft.Rank.of(r, a.kernel()));
      outputRanks.add(
          EinsumDraft.Rank.of(
              a.output(), -a.pad(), new Term(a.stride(), p), new Term(a.dilation(), r)));
      sizes.add(a.output());
    }
    return new Costed(
        draft.build(name, node, inputRanks, kernelRanks, outputRanks), new Shape(sizes));
  }

  private static List<Axis> axes(Node node, List<Long> input, List<Long> kernel) {
    int count = input.size();
    List<Long> strides = Window.positive(node, "strides", count);
    List<Long> dilations = Window.positive(node, "dilations", count);
    List<Long> pads = Window.pads(node, count);
    List<Long> extra = node.integers("output_padding").orElse(Collections.nCopies(count, 0L));
    Window.length("output_padding", extra, count);
    extra.forEach(e -> Window.range("output_padding", e, 0));
    kernel.forEach(k -> Window.range("kernel_shape", k, 1));
    input.forEach(i -> Window.range("input extents", i, 0));
    Optional<List<Long>> wanted = outputShape(node, count);
    String auto = Window.autoPad(node);
    var axes = new ArrayList<Axis>();
    for (int i = 0; i < count; i++) {
      long stride = strides.get(i);
      long span = dilations.get(i) * (kernel.get(i) - 1) + 1;
      String what = "the extent of the output";
      long whole =
          Checked.add(
              Checked.add(Checked.multiply(stride, input.get(i) - 1, what), extra.get(i), what),
              span,
              what);
      long begin;
      long output;
      if (wanted.isPresent() || auto.startsWith("SAME")) {
        output = wanted.isPresent() ? wanted.get().get(i) : input.get(i) * stride;
        long total = Math.max(0, whole - output);
        begin = auto.equals("SAME_UPPER") ? total / 2 : total - total / 2;
      } else {
        begin = auto.equals("VALID") ? 0 : pads.get(i);
        output = whole - begin - (auto.equals("VALID") ? 0 : pads.get(i + count));
      }
      if (output < 1) {
        throw new InvalidSpecException(
            "its output would have the extent "
                + output
                + ": the padding is larger than the "
                + whole
                + " positions that the kernel reaches");
      }
      axes.add(new Axis(input.get(i), kernel.get(i), stride, dilations.get(i), begin, output));
    }
    return axes;
  }

  /** The spatial extents asked for; older files also write batch and channels into it. */
  private static Optional<List<Long>> outputShape(Node node, int count) {
    return node.integers("output_shape")
        .filter(given -> !given.isEmpty())
        .map(given -> given.size() == count + 2 ? given.subList(2, count + 2) : given)
        .map(
            given -> {
              Window.length("output_shape", given, count);
              given.forEach(s -> Window.range("output_shape", s, 1));
              return given;
            });
  }
}
