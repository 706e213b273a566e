package org.einloom.io.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.einloom.workload.Checked;
import org.einloom.workload.InvalidSpecException;

/** Shapes of what is put together from pieces, or taken from places that data says. */
final class SampleRules {
  private SampleRules() {}

  static void addTo(Map<String, ShapeRule> rules) {
    rules.put(
        "DeformConv",
        node ->
            List.of(
                Value.of(node.type(0), Convolution.output(node, node.shape(0), node.shape(1)))));
    rules.put("Col2Im", node -> List.of(Value.of(node.type(0), image(node))));
  }

  /** Batch, channels, and the extents of the image that the node gives. */
  static Shape image(Node node) throws Unknown {
    Shape columns = node.shape(0); // [batch, channels x words of a block, blocks]
    List<Long> image = node.integers(1);
    long words = new Shape(node.integers(2)).elements();
    if (columns.rank() != 3
        || words < 1
        || columns.size(1) % words != 0
        || image.size() != node.integers(2).size()) {
      throw new InvalidSpecException(
          "its input has shape "
              + columns
              + ", its image "
              + image
              + " and its blocks "
              + node.integers(2)
              + "; expected [batch, channels times the words of a block, blocks]");
    }
    var sizes = new ArrayList<>(List.of(columns.size(0), columns.size(1) / words));
    sizes.addAll(image);
    Shape result = new Shape(sizes);
    Checked.multiply(result.elements(), 1, "the image");
    return result;
  }
}
