package org.einloom.io.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.einloom.workload.Checked;
import org.einloom.workload.InvalidSpecException;

/** Operators that change spatial extents: resizing, padding, sampling on a grid. */
final class ResampleRules {
  private ResampleRules() {}

  static void addTo(Map<String, ShapeRule> rules) {
    rules.put("Resize", node -> List.of(Value.of(node.type(0), resized(node))));
    rules.put("Upsample", node -> List.of(Value.of(node.type(0), upsampled(node))));
    rules.put("Pad", node -> List.of(Value.of(node.type(0), padded(node))));
    rules.put("CenterCropPad", node -> List.of(Value.of(node.type(0), centred(node))));
    rules.put("GridSample", node -> List.of(Value.of(node.type(0), sampled(node))));
    rules.put(
        "AffineGrid",
        node -> {
          Shape image = new Shape(node.integers(1));
          if (image.rank() < 3) {
            throw new InvalidSpecException(
                "its image has shape " + image + "; expected [batch, channels, spatial extents]");
          }
          var sizes = new ArrayList<Long>(image.sizes());
          sizes.remove(1);
          sizes.add((long) image.rank() - 2);
          return List.of(Value.of(node.type(0), new Shape(sizes)));
        });
  }

  private static Shape resized(Node node) throws Unknown {
    Shape from = node.shape(0);
    if (node.opset() < 11) {
      return scaled(from, axes(node, from), node.numbers(1));
    }
    List<Integer> axes = axes(node, from);
    if (node.has(3)) {
      List<Long> sizes = node.integers(3);
      if (!sizes.isEmpty()) {
        return sized(node, from, axes, sizes);
      }
    }
    return scaled(from, axes, node.numbers(2));
  }

  private static Shape upsampled(Node node) throws Unknown {
    Shape from = node.shape(0);
    if (node.has(1)) {
      return scaled(from, axes(node, from), node.numbers(1));
    }
    List<Float> scales =
        node.reals("scales").orElseThrow(() -> new InvalidSpecException("has no scales"));
    double[] reals = scales.stream().mapToDouble(Float::doubleValue).toArray();
    return scaled(from, axes(node, from), Numbers.ofReals(reals));
  }

  /** The axes that scales, sizes or pads are for: all, or those of the attribute. */
  private static List<Integer> axes(Node node, Shape from) {
    var axes = new ArrayList<Integer>();
    node.integers("axes")
        .ifPresentOrElse(
            given -> given.forEach(a -> axes.add(from.axis(a))),
            () -> {
              for (int i = 0; i < from.rank(); i++) {
                axes.add(i);
              }
            });
    return axes;
  }

  private static Shape scaled(Shape from, List<Integer> axes, Numbers scales) {
    if (scales.count() != axes.size()) {
      throw new InvalidSpecException(
          "scales are "
              + scales
              + ", but its input has shape "
              + from
              + "; expected "
              + axes.size()
              + " of them");
    }
    Shape to = from;
    for (int i = 0; i < axes.size(); i++) {
      // Scales are single-precision numbers, and so is the product that is rounded down.
      float size = (float) scales.real(i) * from.size(axes.get(i));
      if (!(size >= 0 && size < Long.MAX_VALUE)) {
        throw new InvalidSpecException("scales are " + scales + "; expected positive numbers");
      }
      to = to.with(axes.get(i), (long) Math.floor(size));
    }
    return to;
  }

  private static Shape sized(Node node, Shape from, List<Integer> axes, List<Long> sizes) {
    if (sizes.size() != axes.size()) {
      throw new InvalidSpecException(
          "sizes are "
              + sizes
              + ", but its input has shape "
              + from
              + "; expected "
              + axes.size()
              + " of them");
    }
    String policy = node.text("keep_aspect_ratio_policy", "stretch");
    double scale = policy.equals("not_larger") ? Double.MAX_VALUE : 0;
    for (int i = 0; i < axes.size(); i++) {
      double own = (double) sizes.get(i) / from.size(axes.get(i));
      scale = policy.equals("not_larger") ? Math.min(scale, own) : Math.max(scale, own);
    }
    Shape to = from;
    for (int i = 0; i < axes.size(); i++) {
      long size = from.size(axes.get(i));
      to =
          to.with(
              axes.get(i),
              policy.equals("stretch") ? sizes.get(i) : (long) Math.floor(scale * size + 0.5));
    }
    return to;
  }

  private static Shape padded(Node node) throws Unknown {
    Shape from = node.shape(0);
    List<Long> pads =
        node.hasAttribute("paddings")
            ? node.integers("paddings").orElseThrow() // operator set 1
            : node.integers("pads", 1).orElseThrow(() -> new InvalidSpecException("has no pads"));
    var axes = new ArrayList<Integer>();
    if (node.has(3)) {
      for (long axis : node.integers(3)) {
        axes.add(from.axis(axis));
      }
    } else {
      for (int i = 0; i < from.rank(); i++) {
        axes.add(i);
      }
    }
    if (pads.size() != 2 * axes.size()) {
      throw new InvalidSpecException(
          "pads are "
              + pads
              + ", but its input has shape "
              + from
              + "; expected "
              + 2 * axes.size()
              + " of them");
    }
    Shape to = from;
    for (int i = 0; i < axes.size(); i++) {
      long size = to.size(axes.get(i));
      size = Checked.add(size, pads.get(i), "the padded extent");
      to = to.with(axes.get(i), Checked.add(size, pads.get(i + axes.size()), "the padded extent"));
    }
    return to;
  }

  private static Shape centred(Node node) throws Unknown {
    Shape to = node.shape(0);
    List<Integer> axes = axes(node, to);
    List<Long> sizes = node.integers(1);
    if (sizes.size() != axes.size()) {
      throw new InvalidSpecException(
          "extents are " + sizes + " for " + axes.size() + " axes; expected one for each");
    }
    for (int i = 0; i < axes.size(); i++) {
      to = to.with(axes.get(i), sizes.get(i));
    }
    return to;
  }

  private static Shape sampled(Node node) throws Unknown {
    Shape from = node.shape(0);
    Shape grid = node.shape(1);
    if (from.rank() < 3 || grid.rank() != from.rank()) {
      throw new InvalidSpecException(
          "its inputs have shapes " + from + " and " + grid + "; expected as many ranks in both");
    }
    var sizes = new ArrayList<Long>(from.sub(0, 2));
    sizes.addAll(grid.sub(1, grid.rank() - 1));
    return new Shape(sizes);
  }
}
