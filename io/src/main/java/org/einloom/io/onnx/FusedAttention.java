package org.einloom.io.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.einloom.io.onnx.AttentionPasses.Mask;
import org.einloom.workload.Checked;
import org.einloom.workload.InvalidSpecException;

/**
 * Attention as one node: {@code Attention} of ONNX
 * (https://onnx.ai/onnx/operators/onnx__Attention.html), {@code MultiHeadAttention} and {@code
 * GroupQueryAttention} of ONNX Runtime
 * (https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md). Keys and values of
 * the past are in their place, and those of this run are put behind them, which is free as joining
 * tensors is.
 */
final class FusedAttention {
  static final String ATTENTION = "Attention";
  static final String MULTI_HEAD = "com.microsoft::MultiHeadAttention";
  static final String GROUP_QUERY = "com.microsoft::GroupQueryAttention";

  private FusedAttention() {}

  static void addTo(Map<String, PassRule> rules) {
    rules.put(ATTENTION, (node, results) -> standard(node));
    rules.put(MULTI_HEAD, (node, results) -> multiHead(node));
    rules.put(GROUP_QUERY, (node, results) -> groupQuery(node));
  }

  static void addShapesTo(Map<String, ShapeRule> rules) {
    rules.put(
        ATTENTION,
        node -> {
          Heads h = standardHeads(node);
          Shape result =
              node.shape(0).rank() == 4
                  ? Shape.of(h.batch(), h.queryHeads(), h.queries(), h.valueWidth())
                  : h.rows();
          return results(node, h, result);
        });
    rules.put(
        MULTI_HEAD,
        node -> {
          Heads h = multiHeads(node);
          return results(node, h, h.rows());
        });
    rules.put(
        GROUP_QUERY,
        node -> {
          Heads h = groupHeads(node);
          return results(node, h, h.rows());
        });
  }

  private static List<Value> results(Node node, Heads h, Shape result) {
    int type = node.type(0);
    Shape scores = Shape.of(h.batch(), h.queryHeads(), h.queries(), h.keys());
    return List.of(
        Value.of(type, result),
        Value.of(type, h.allKeys()),
        Value.of(type, h.allValues()),
        Value.of(type, scores));
  }

  private static Shape ranked(Node node, int input, int... ranks) throws Unknown {
    Shape shape = node.shape(input);
    for (int rank : ranks) {
      if (shape.rank() == rank) {
        return shape;
      }
    }
    throw new InvalidSpecException(
        "input " + input + " has shape " + shape + "; expected " + ranks[0] + " ranks");
  }

  /** The positions of an earlier run, from keys of shape [batch, heads, positions, words]. */
  private static long past(Node node, int input) throws Unknown {
    return node.has(input) ? ranked(node, input, 4).size(2) : 0;
  }

  private static Heads standardHeads(Node node) throws Unknown {
    Shape q = ranked(node, 0, 3, 4);
    Shape k = ranked(node, 1, q.rank());
    Shape v = ranked(node, 2, q.rank());
    long past = past(node, 4);
    if (q.rank() == 4) {
      same("words of queries and keys", q.size(3), k.size(3));
      return new Heads(
          q.size(0),
          k.size(1),
          Heads.group(q.size(1), k.size(1)),
          q.size(2),
          past,
          k.size(2),
          q.size(3),
          v.size(3));
    }
    long heads = node.integer("q_num_heads", 0);
    long shared = node.integer("kv_num_heads", 0);
    long group = Heads.group(heads, shared);
    long width = Heads.width("the query", q.size(2), heads);
    same("words of queries and keys", width, Heads.width("the key", k.size(2), shared));
    long values = Heads.width("the value", v.size(2), shared);
    return new Heads(q.size(0), shared, group, q.size(1), past, k.size(1), width, values);
  }

  private static List<Pass> standard(Node node) throws Unknown {
    Heads heads = standardHeads(node);
    var masks = new ArrayList<Mask>();
    if (node.has(3)) {
      masks.add(Mask.of(node, 3));
    }
    return AttentionPasses.passes(
        heads,
        node.name(0),
        AttentionPasses.named(node, 1, 4),
        AttentionPasses.named(node, 2, 5),
        masks,
        node.flag("is_causal", false) || node.has(6), // 6: how many keys are no padding
        node.real("softcap", 0) != 0);
  }

  /** Queries with keys and values, or with these packed behind them, or keys with values. */
  private static Heads multiHeads(Node node) throws Unknown {
    long heads = node.integer("num_heads", 0);
    Shape q = ranked(node, 0, 3, 5);
    long past = past(node, 6);
    if (q.rank() == 5) { // [batch, positions, heads, 3, words]
      same("heads", heads, q.size(2));
      return new Heads(q.size(0), heads, 1, q.size(1), past, q.size(1), q.size(4), q.size(4));
    }
    long width = Heads.width("the query", q.size(2), heads);
    Shape k = ranked(node, 1, 3, 4, 5);
    if (k.rank() == 5) { // [batch, positions, heads, 2, words]
      same("heads", heads, k.size(2));
      same("words of queries and keys", width, k.size(4));
      return new Heads(q.size(0), heads, 1, q.size(1), past, k.size(1), width, k.size(4));
    }
    Shape v = ranked(node, 2, k.rank());
    boolean cached = k.rank() == 4; // [batch, heads, positions, words]
    same(
        "words of queries and keys",
        width,
        cached ? k.size(3) : Heads.width("the key", k.size(2), heads));
    long values = cached ? v.size(3) : Heads.width("the value", v.size(2), heads);
    long fresh = k.size(cached ? 2 : 1);
    return new Heads(q.size(0), heads, 1, q.size(1), past, fresh, width, values);
  }

  private static List<Pass> multiHead(Node node) throws Unknown {
    Heads heads = multiHeads(node);
    var masks = new ArrayList<Mask>();
    if (node.has(4)) { // of keys: [batch], [batch, keys] or [batch, queries, keys]
      boolean square = node.shape(4).rank() == 3;
      boolean lengths = node.shape(4).rank() == 1;
      masks.add(
          Mask.of(
              node, 4, square ? new int[] {0, 2, 3} : lengths ? new int[] {0} : new int[] {0, 3}));
    }
    if (node.has(5)) {
      masks.add(Mask.of(node, 5));
    }
    String first = node.name(0);
    boolean packed = !node.has(1);
    boolean pairs = !packed && !node.has(2);
    String query = packed ? Pass.part(1, first) : first;
    String key =
        packed
            ? Pass.part(2, first)
            : pairs ? Pass.part(1, node.name(1)) : AttentionPasses.named(node, 1, 6);
    String value =
        packed
            ? Pass.part(3, first)
            : pairs ? Pass.part(2, node.name(1)) : AttentionPasses.named(node, 2, 7);
    var passes = new ArrayList<Pass>();
    if (node.has(3)) { // a bias of queries, keys and values
      query = biased(node, passes, 1, query, heads.queries(), heads.width());
      key = biased(node, passes, 2, key, heads.fresh(), heads.width());
      value = biased(node, passes, 3, value, heads.fresh(), heads.valueWidth());
    }
    passes.addAll(
        AttentionPasses.passes(
            heads, query, key, value, masks, node.flag("unidirectional", false), false));
    return passes;
  }

  private static String biased(
      Node node, List<Pass> passes, int number, String value, long positions, long width)
      throws Unknown {
    Heads heads = multiHeads(node);
    String part = "bias" + number;
    PassDraft draft = PassDraft.over(Shape.of(heads.batch(), positions, heads.queryHeads(), width));
    draft.read(value, draft.all());
    draft.read(
        Pass.part(number, node.name(3)), node.input(3).constant(), PassDraft.Axes.range(2, 4));
    passes.add(draft.write(part, Operation.ADD, draft.all()));
    return heads.past() > 0 && number > 1 ? Pass.part(1, part) : part;
  }

  private static Heads groupHeads(Node node) throws Unknown {
    long heads = node.integer("num_heads", 0);
    long shared = node.integer("kv_num_heads", 0);
    long group = Heads.group(heads, shared);
    Shape q = ranked(node, 0, 3);
    long rows =
        node.has(1)
            ? heads
            : Checked.add(heads, Checked.multiply(2, shared, "heads"), "the heads in one row");
    long width = Heads.width("the query", q.size(2), rows);
    long fresh = node.has(1) ? ranked(node, 1, 3).size(1) : q.size(1);
    if (node.has(1)) {
      same(
          "words of queries and keys",
          width,
          Heads.width("the key", node.shape(1).size(2), shared));
    }
    long past = past(node, 3);
    if (node.has(6) && node.input(6).numbers() != null) { // the cache may be longer than its use
      past = Math.max(0, Math.min(past, node.integer(6) - fresh));
    }
    return new Heads(q.size(0), shared, group, q.size(1), past, fresh, width, width);
  }

  private static List<Pass> groupQuery(Node node) throws Unknown {
    Heads heads = groupHeads(node);
    String first = node.name(0);
    boolean packed = !node.has(1);
    String query = packed ? Pass.part(1, first) : first;
    String key = packed ? Pass.part(2, first) : AttentionPasses.named(node, 1, 3);
    String value = packed ? Pass.part(3, first) : AttentionPasses.named(node, 2, 4);
    var passes = new ArrayList<Pass>();
    if (node.flag("do_rotary", false)) {
      Shape queries = Shape.of(heads.batch(), heads.queryHeads(), heads.queries(), heads.width());
      Shape keys = Shape.of(heads.batch(), heads.shared(), heads.fresh(), heads.width());
      passes.addAll(RotaryPasses.passes(node, "query.", query, queries, 7));
      passes.addAll(RotaryPasses.passes(node, "key.", packed ? key : node.name(1), keys, 7));
      query = "query.sin";
      key = heads.past() > 0 ? Pass.part(1, "key.sin") : "key.sin";
    }
    var masks = new ArrayList<Mask>();
    if (node.has(10)) {
      masks.add(Mask.of(node, 10));
    }
    boolean capped = node.real("softcap", 0) != 0;
    passes.addAll(AttentionPasses.passes(heads, query, key, value, masks, true, capped));
    return passes;
  }

  private static void same(String what, long a, long b) {
    if (a != b) {
      throw new InvalidSpecException(what + " are " + a + " and " + b + "; expected the same");
    }
  }
}
