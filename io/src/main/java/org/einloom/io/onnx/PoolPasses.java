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
    rules.put("MaxPool", PoolPasses::max);
    rules.put("AveragePool", (node, results) -> pool(node, results, Operation.ADD));
    rules.put("LpPool", PoolPasses::norm);
  }

  /** Each pass writes one tensor: where the maxima stand is found in a second one. */
  private static List<Pass> max(Node node, List<Value> results) throws Unknown {
    if (node.proto().getOutputCount() < 2 || node.proto().getOutput(1).isEmpty()) {
      return pool(node, results, Operation.MAX);
    }
    List<Pass> passes = new ArrayList<>();
    passes.add(pass("max", node, results, Operation.MAX, ""));
    passes.add(pass("indices", node, results, Operation.COMPARE, "max"));
    return passes;
  }

  /** Sums of powers, then their roots. */
  private static List<Pass> norm(Node node, List<Value> results) throws Unknown {
    long p = node.integer("p", 2);
    String power = ReducePasses.power(p);
    Pass sum = pass(p == 1 ? "" : "sum", node, results, power, "");
    if (p == 1) {
      return List.of(sum);
    }
    PassDraft root = PassDraft.over(results.get(0).requireShape());
    root.read("sum", root.all());
    return List.of(sum, root.write("root", ReducePasses.root(p), root.all()));
  }

  private static List<Pass> pool(Node node, List<Value> results, String operation) throws Unknown {
    Shape input = node.shape(0);
    boolean one = PoolRules.kernel(node, input.rank() - 2).stream().allMatch(k -> k == 1);
    // An adaptive pooling may have nothing to do.
    return one && input.equals(results.get(0).requireShape())
        ? List.of()
        : List.of(pass("", node, results, operation, ""));
  }

  /** A pass over all windows, that also reads what a pass before has found in them. */
  private static Pass pass(
      String part, Node node, List<Value> results, String operation, String found) throws Unknown {
    Shape input = node.shape(0);
    Shape output = results.get(0).requireShape();
    int axes = input.rank() - 2;
    List<Long> spatial = input.sub(2, input.rank());
    List<Window> windows = Window.of(node, spatial, PoolRules.kernel(node, axes));
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
    var sources = new ArrayList<EinsumDraft.Source>();
    sources.add(new EinsumDraft.Source(node.proto().getInput(0), false, from));
    if (!found.isEmpty()) {
      sources.add(new EinsumDraft.Source(found, false, to));
    }
    List<String> values = sources.stream().map(EinsumDraft.Source::value).toList();
    return new Pass(part, draft.pass("pass", operation, sources, to), values);
  }
}
