package org.einloom.io.onnx;

import java.util.ArrayList;
import java.util.List;
import org.einloom.io.onnx.PassDraft.Axes;
import org.einloom.workload.Einsum;

/**
 * Scaled dot-product attention (Vaswani et al., NeurIPS 2017, section 3.2.1) as its two products
 * and what is between them: {@code scores[b,h,s,t] += Q[b,h,s,d] * K[b,h,t,d]}, scaled and masked,
 * softmax along t, {@code Y[b,h,s,d] += P[b,h,s,t] * V[b,h,t,d]}. Query heads of a group are rows
 * of one product with the head that they share. What a mask hides is computed, too.
 */
final class AttentionPasses {
  private static final Axes ROWS = Axes.range(0, 4);
  private static final Axes KEYS = Axes.of(4);
  private static final Axes SCORES = ROWS.and(KEYS);
  private static final Axes WORDS = Axes.of(5);

  /** Of keys and values: what the group shares. */
  private static final Axes SHARED = Axes.range(0, 2).and(KEYS).and(WORDS);

  private AttentionPasses() {}

  /**
   * What is added to the scores.
   *
   * @param value its name in the graph
   * @param axes batch, shared heads, group, queries and keys: those that it has
   */
  record Mask(String value, boolean constant, Axes axes) {
    /** One of these extents, broadcast to batch, heads, queries and keys. */
    static Mask of(Node node, int input) throws Unknown {
      return of(node, input, new int[] {0, 1, 2, 3});
    }

    /** One whose axes are these of batch, heads, queries and keys; fewer are the last of them. */
    static Mask of(Node node, int input, int[] meanings) throws Unknown {
      Shape shape = node.shape(input);
      Axes axes = Axes.NONE;
      for (int i = 0; i < Math.min(shape.rank(), meanings.length); i++) {
        int meaning = meanings[meanings.length - 1 - i];
        if (shape.size(shape.rank() - 1 - i) != 1) {
          axes =
              axes.and(
                  switch (meaning) {
                    case 0 -> Axes.of(0);
                    case 1 -> Axes.range(1, 3);
                    case 2 -> Axes.of(3);
                    default -> KEYS;
                  });
        }
      }
      return new Mask(node.name(input), node.input(input).constant(), axes);
    }
  }

  /**
   * The passes.
   *
   * @param masks what is added to the scores
   * @param causal whether later positions are hidden without a mask that says so
   * @param capped whether scores are bounded by a hyperbolic tangent
   */
  static List<Pass> passes(
      Heads heads,
      String query,
      String key,
      String value,
      List<Mask> masks,
      boolean causal,
      boolean capped) {
    var passes = new ArrayList<Pass>();
    passes.add(
        PassDraft.over(heads.products())
            .read(query, ROWS.and(WORDS))
            .read(key, SHARED)
            .write("scores", Einsum.MAC, SCORES));
    Shape scores = heads.scores();
    PassDraft scale = PassDraft.over(scores).read("scores", SCORES);
    masks.forEach(m -> scale.read(m.value(), m.constant(), m.axes()));
    boolean masked = causal || !masks.isEmpty();
    passes.add(scale.write("scale", masked ? Operation.SCALE : Operation.MUL, SCORES));
    if (capped) {
      passes.add(
          PassDraft.over(scores).read("scale", SCORES).write("softcap", Operation.TANH, SCORES));
    }
    passes.addAll(SoftmaxPasses.softmax(capped ? "softcap" : "scale", scores, KEYS));
    passes.add(
        PassDraft.over(heads.mixtures())
            .read("div", SCORES)
            .read(value, SHARED)
            .write("values", Einsum.MAC, ROWS.and(WORDS)));
    return passes;
  }

  /** A value of the graph that an attention reads; with a past before it, only a part of that. */
  static String named(Node node, int input, int past) {
    String name = node.name(input);
    return node.has(past) ? Pass.part(1, name) : name;
  }
}
