package org.einloom.io.onnx;

import java.util.List;
import java.util.Map;
import org.einloom.io.onnx.PassDraft.Axes;
import org.einloom.workload.Affine.Term;

/**
 * Local response normalisation: the squares in a window of neighbouring channels added up, {@code
 * S[n,c,i] += I[n,c+r-(size-1)/2,i]}, and every element times a power of its sum.
 */
final class LrnPasses {
  private LrnPasses() {}

  static void addTo(Map<String, PassRule> rules) {
    rules.put("LRN", LrnPasses::passes);
  }

  private static List<Pass> passes(Node node, List<Value> results) throws Unknown {
    Shape shape = node.shape(0);
    long size = node.integer("size", 1);
    Window.range("size", size, 1);
    long channels = shape.rank() > 1 ? shape.size(1) : 1;
    long positions = shape.rank() > 2 ? shape.elements(2, shape.rank()) : 1;
    var draft = new EinsumDraft();
    draft.keep("n", shape.size(0));
    draft.variable("c", channels);
    draft.variable("i", positions);
    draft.variable("r", size);
    EinsumDraft.Rank n = EinsumDraft.Rank.of("n", shape.size(0));
    EinsumDraft.Rank i = EinsumDraft.Rank.of("i", positions);
    var window =
        EinsumDraft.Rank.of(channels, -((size - 1) / 2), new Term(1, "c"), new Term(1, "r"));
    var source = new EinsumDraft.Source("input", false, List.of(n, window, i));
    PassDraft power = PassDraft.over(shape);
    Axes all = power.all();
    return List.of(
        new Pass(
            "squares",
            draft.pass(
                "pass",
                Operation.SQUARE,
                List.of(source),
                List.of(n, EinsumDraft.Rank.of("c", channels), i))),
        power.read("input", all).read("squares", all).write("power", Operation.POW, all));
  }
}
