package org.einloom.io.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.einloom.io.onnx.AttentionPasses.Mask;
import org.einloom.workload.Checked;
import org.einloom.workload.InvalidSpecException;

/**
 * {@code Attention} and {@code QAttention} of ONNX Runtime, which make queries, keys and values
 * themselves, with one product of their input and the weights of all three
 * (https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md).
 */
final class ProjectedAttention {
  static final String ATTENTION = "com.microsoft::Attention";
  static final String QUANTISED = "com.microsoft::QAttention";

  /** Where the two have their inputs. */
  private record Form(int mask, int past, int added) {}

  private static final Form REAL = new Form(3, 4, 5);
  private static final Form INTEGER = new Form(5, 8, Integer.MAX_VALUE);

  private ProjectedAttention() {}

  static void addTo(Map<String, PassRule> rules) {
    rules.put(ATTENTION, (node, results) -> passes(node, REAL));
    rules.put(QUANTISED, (node, results) -> passes(node, INTEGER));
  }

  static void addShapesTo(Map<String, ShapeRule> rules) {
    rules.put(ATTENTION, node -> results(node, REAL));
    rules.put(QUANTISED, node -> results(node, INTEGER));
  }

  private static List<Value> results(Node node, Form form) throws Unknown {
    Heads h = heads(node, form);
    int type = form.equals(REAL) ? node.type(0) : ElementType.FLOAT;
    Shape present = Shape.of(2, h.batch(), h.shared(), h.keys(), h.width());
    return List.of(Value.of(type, h.rows()), Value.of(type, present));
  }

  private static Heads heads(Node node, Form form) throws Unknown {
    Shape input = node.shape(0);
    Shape weights = node.shape(1);
    if (input.rank() != 3 || weights.rank() != 2 || input.size(2) != weights.size(0)) {
      throw new InvalidSpecException(
          "its input has shape "
              + input
              + " and its weights "
              + weights
              + "; expected [batch, positions, words] and [words, those of queries, keys, values]");
    }
    long heads = node.integer("num_heads", 0);
    Optional<List<Long>> sizes = node.integers("qkv_hidden_sizes");
    long third = weights.size(1) / 3;
    if (sizes.isPresent() && sizes.get().size() != 3) {
      throw new InvalidSpecException(
          "attribute 'qkv_hidden_sizes' is " + sizes.get() + "; expected 3 integers");
    }
    long query = sizes.isPresent() ? sizes.get().get(0) : third;
    long value = sizes.isPresent() ? sizes.get().get(2) : third;
    long all =
        Checked.add(
            Checked.multiply(2, query, "words"), value, "the words of queries, keys and values");
    if (all != weights.size(1)) {
      throw new InvalidSpecException(
          "its weights " + weights + " do not make queries, keys and values of " + all + " words");
    }
    long past = 0;
    if (node.has(form.past())) {
      Shape shape = node.shape(form.past());
      past = shape.rank() == 5 ? shape.size(3) : 0; // [2, batch, heads, positions, words]
    }
    return new Heads(
        input.size(0),
        heads,
        1,
        input.size(1),
        past,
        input.size(1),
        Heads.width("a query", query, heads),
        Heads.width("a value", value, heads));
  }

  private static List<Pass> passes(Node node, Form form) throws Unknown {
    Heads heads = heads(node, form);
    var passes = new ArrayList<Pass>();
    if (node.has(2)) {
      passes.add(Products.bias(node, 2));
    }
    passes.add(Products.pass(new MatMul(), Products.as(node, "MatMul", 0, 1), "qkv"));
    String query = Pass.part(1, "qkv");
    String key = Pass.part(2, "qkv");
    if (node.flag("do_rotary", false)) { // from tables of its own
      Shape words = Shape.of(heads.batch(), heads.shared(), heads.queries(), heads.width());
      passes.addAll(RotaryPasses.passes(node, "query.", query, words, Integer.MAX_VALUE - 1));
      passes.addAll(RotaryPasses.passes(node, "key.", key, words, Integer.MAX_VALUE - 1));
      query = "query.sin";
      key = heads.past() > 0 ? Pass.part(1, "key.sin") : "key.sin";
    }
    var masks = new ArrayList<Mask>();
    if (node.has(form.mask())) { // [batch], [batch, keys], [batch, queries, keys] or of all heads
      int rank = node.shape(form.mask()).rank();
      int[] axes =
          switch (rank) {
            case 1 -> new int[] {0};
            case 2 -> new int[] {0, 3};
            case 3 -> new int[] {0, 2, 3};
            default -> new int[] {0, 1, 2, 3};
          };
      masks.add(Mask.of(node, form.mask(), axes));
    }
    if (node.has(form.added())) {
      masks.add(Mask.of(node, form.added()));
    }
    boolean causal = node.flag("unidirectional", false);
    passes.addAll(
        AttentionPasses.passes(heads, query, key, Pass.part(3, "qkv"), masks, causal, false));
    return passes;
  }
}
