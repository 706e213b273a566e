package org.einloom.io.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.einloom.workload.Checked;
import org.einloom.workload.InvalidSpecException;

/** Poolings: windows that slide as those of convolutions do, or one over everything. */
final class PoolRules {
  private PoolRules() {}

  static void addTo(Map<String, ShapeRule> rules) {
    for (String name : List.of("AveragePool", "LpPool", "MaxPool")) {
      rules.put(
          name,
          node ->
              List.of(Value.of(node.type(0), pool(node)), Value.of(ElementType.INT64, pool(node))));
    }
    for (String name : List.of("GlobalAveragePool", "GlobalLpPool", "GlobalMaxPool")) {
      rules.put(name, node -> List.of(Value.of(node.type(0), global(node.shape(0)))));
    }
    rules.put("MaxUnpool", PoolRules::unpool);
    rules.put("MaxRoiPool", node -> List.of(Value.of(node.type(0), regions(node, pooled(node)))));
    rules.put(
        "RoiAlign",
        node ->
            List.of(
                Value.of(
                    node.type(0),
                    regions(
                        node,
                        List.of(
                            node.integer("output_height", 1), node.integer("output_width", 1))))));
  }

  private static List<Long> spatial(Shape input) {
    if (input.rank() < 3) {
      throw new InvalidSpecException(
          "its input has shape " + input + "; expected [batch, channels, spatial extents]");
    }
    return input.sub(2, input.rank());
  }

  /** The attribute, which poolings must have. */
  static List<Long> kernel(Node node, int axes) {
    List<Long> kernel =
        node.integers("kernel_shape")
            .orElseThrow(() -> new InvalidSpecException("has no attribute 'kernel_shape'"));
    Window.length("kernel_shape", kernel, axes);
    return kernel;
  }

  private static Shape pool(Node node) throws Unknown {
    Shape input = node.shape(0);
    List<Long> spatial = spatial(input);
    boolean ceil = node.flag("ceil_mode", false);
    var sizes = new ArrayList<Long>(input.sub(0, 2));
    for (Window w : Window.of(node, spatial, kernel(node, spatial.size()))) {
      sizes.add(ceil ? w.outputCeil() : w.output());
    }
    return new Shape(sizes);
  }

  private static Shape global(Shape input) {
    Shape result = input;
    for (int i = 2; i < input.rank(); i++) {
      result = result.with(i, 1);
    }
    return result;
  }

  private static List<Value> unpool(Node node) throws Unknown {
    if (node.has(2)) {
      return List.of(Value.of(node.type(0), new Shape(node.integers(2))));
    }
    Shape input = node.shape(0);
    List<Long> spatial = spatial(input);
    List<Long> kernel = kernel(node, spatial.size());
    List<Long> strides = Window.positive(node, "strides", spatial.size());
    List<Long> pads = Window.pads(node, spatial.size());
    var sizes = new ArrayList<Long>(input.sub(0, 2));
    for (int i = 0; i < spatial.size(); i++) {
      long whole = Checked.multiply(spatial.get(i) - 1, strides.get(i), "the extent");
      sizes.add(whole + kernel.get(i) - pads.get(i) - pads.get(i + spatial.size()));
    }
    return List.of(Value.of(node.type(0), new Shape(sizes)));
  }

  private static List<Long> pooled(Node node) {
    List<Long> pooled = node.integers("pooled_shape").orElse(List.of());
    Window.length("pooled_shape", pooled, 2);
    return pooled;
  }

  private static Shape regions(Node node, List<Long> spatial) throws Unknown {
    Shape input = node.shape(0);
    Shape regions = node.shape(1);
    if (input.rank() < 2 || regions.rank() < 1) {
      throw new InvalidSpecException(
          "its inputs have shapes "
              + input
              + " and "
              + regions
              + "; expected [batch, channels, height, width] and [regions, ...]");
    }
    var sizes = new ArrayList<Long>(List.of(regions.size(0), input.size(1)));
    sizes.addAll(spatial);
    return new Shape(sizes);
  }
}
