package org.einloom.io.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.einloom.io.onnx.PassDraft.Axes;

/**
 * The k largest of each row: every word goes into a sorted list of k by binary search, which takes
 * the base-2 logarithm of k + 1 comparisons, rounded up; then what is in the list is written.
 */
final class SortPasses {
  private SortPasses() {}

  static void addTo(Map<String, PassRule> rules) {
    rules.put("TopK", SortPasses::topK);
  }

  private static List<Pass> topK(Node node, List<Value> results) throws Unknown {
    Shape from = node.shape(0);
    Shape to = results.get(0).requireShape();
    int axis = from.axis(node.integer("axis", -1));
    if (to.rank() != from.rank()) {
      throw new Unknown("its result has shape " + to);
    }
    // ceil(log2(k + 1)): the bits of k
    int steps = Long.SIZE - Long.numberOfLeadingZeros(to.size(axis));
    var sizes = new ArrayList<>(from.sizes());
    sizes.add((long) steps);
    Axes data = Axes.range(0, from.rank());
    var passes = new ArrayList<Pass>();
    passes.add(
        PassDraft.over(new Shape(sizes))
            .read(node.name(0), node.input(0).constant(), data)
            .write("search", Operation.MAX, data.without(Axes.of(axis))));
    for (int i = 0; i < node.proto().getOutputCount(); i++) {
      if (!node.proto().getOutput(i).isEmpty()) {
        PassDraft chosen = PassDraft.over(to);
        chosen.read(Pass.part(1, node.name(0)), node.input(0).constant(), chosen.all());
        passes.add(chosen.write(i == 0 ? "values" : "indices", Operation.COPY, chosen.all()));
      }
    }
    return passes;
  }
}
