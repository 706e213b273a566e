package org.einloom.io.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.einloom.workload.Affine.Term;
import org.einloom.workload.Checked;

/**
 * Poolings: {@code O[c,p,q] = I[c,s*p+d*r-pad,...]}, where c is batch and channels together and the
 * other variables are those of convolutions. A mean is a sum; its division by a constant is part of
 * the last step.
 */
final class PoolPasses {
  private PoolPasses() {}

  static void addTo(Map<String, PassRule> rules) {
    rules.put("MaxPool", (node, results) -> pool(node, results, Operation.MAX));
    rules.put("AveragePool", (node, results) -> pool(node, results, Operation.ADD));
  }

  private static List<Pass> pool(Node node, List<Value> results, String operation) throws Unknown {
    Shape input = node.shape(0);
    Shape output = results.get(0).requireShape();
    int axes = input.rank() - 2;
    List<Long> spatial = input.sub(2, input.rank());
    List<Window> windows = Window.of(node, spatial, PoolRules.kernel(node, axes));
    if (input.equals(output) && windows.stream().allMatch(w -> w.kernel() == 1)) {
      return List.of(); // an adaptive pooling that has nothing to do
    }
    long channels = Checked.multiply(input.size(0), input.size(1), "the channels of a batch");
    var draft = new EinsumDraft();
    draft.keep("c", channels);
    for (int i = 0; i < axes; i++) {
      draft.variable(Convolution.outputAxis(i, axes), output.size(i + 2));
    }
    for (int i = 0; i < axes; i++) {
      draft.variable(Convolution.kernelAxis(i, axes), windows.get(i).kernel());
    }
    var from = new ArrayList<>(List.of(EinsumDraft.Rank.of("c", channels)));
    var to = new ArrayList<>(from);
    for (int i = 0; i < axes; i++) {
      Window w = windows.get(i);
      String p = Convolution.outputAxis(i, axes);
      String r = Convolution.kernelAxis(i, axes);
      from.add(
          EinsumDraft.Rank.of(
              w.input(), -w.padBegin(), new Term(w.stride(), p), new Term(w.dilation(), r)));
      to.add(EinsumDraft.Rank.of(p, output.size(i + 2)));
    }
    var source = new EinsumDraft.Source(node.proto().getInput(0), false, from);
    return List.of(Pass.only(draft.pass("pass", operation, List.of(source), to)));
  }
}
