package org.einloom.io.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.einloom.io.onnx.PassDraft.Axes;

/** Reductions along axes: one pass over the input, and small ones over the result for some. */
final class ReducePasses {
  private static final String INPUT = "input";

  private ReducePasses() {}

  static void addTo(Map<String, PassRule> rules) {
    rules.put("ReduceSum", plain(Operation.ADD));
    rules.put("ReduceMean", plain(Operation.ADD));
    rules.put("ReduceMax", plain(Operation.MAX));
    rules.put("ReduceMin", plain(Operation.MAX));
    rules.put("ReduceProd", plain(Operation.MUL));
    rules.put("GlobalAveragePool", plain(Operation.ADD));
    rules.put("GlobalMaxPool", plain(Operation.MAX));
    rules.put("GlobalLpPool", ReducePasses::globalNorm);
    rules.put("ReduceL1", always(Operation.ADD, ""));
    rules.put("ReduceSumSquare", always(Operation.SQUARE, ""));
    rules.put("ReduceL2", always(Operation.SQUARE, Operation.SQRT));
    rules.put("ReduceLogSum", always(Operation.ADD, Operation.LOG));
    rules.put("ReduceLogSumExp", ReducePasses::logSumExp);
    rules.put("ArgMax", ReducePasses::position);
    rules.put("ArgMin", ReducePasses::position);
  }

  /** The axes along which the node reduces. */
  private static Axes reduced(Node node) throws Unknown {
    Shape shape = node.shape(0);
    if (node.proto().getOpType().startsWith("Global")) {
      return Axes.range(Math.min(2, shape.rank()), shape.rank());
    }
    Axes axes = Axes.NONE;
    for (long axis : ReduceRules.axes(node, shape)) {
      axes = axes.and(Axes.of(shape.axis(axis)));
    }
    return axes;
  }

  /** Along axes of extent 1 alone nothing is left to do. */
  private static PassRule plain(String operation) {
    return (node, results) -> {
      Shape shape = node.shape(0);
      Axes reduced = reduced(node);
      long words = 1;
      for (int i = 0; i < shape.rank(); i++) {
        words *= reduced.has(i) ? shape.size(i) : 1;
      }
      return words == 1 ? List.of() : List.of(reduce(node, "", operation, shape, reduced));
    };
  }

  /** A reduction that changes the words also where it takes one of each, and a function of it. */
  private static PassRule always(String operation, String function) {
    return (node, results) -> {
      Shape shape = node.shape(0);
      Axes reduced = reduced(node);
      var passes = new ArrayList<Pass>();
      passes.add(reduce(node, function.isEmpty() ? "" : "sum", operation, shape, reduced));
      if (!function.isEmpty()) {
        Axes kept = Axes.range(0, shape.rank()).without(reduced);
        passes.add(
            PassDraft.over(kept(shape, kept)).read("sum", kept).write(function, function, kept));
      }
      return passes;
    };
  }

  private static List<Pass> globalNorm(Node node, List<Value> results) throws Unknown {
    long p = node.integer("p", 2);
    return always(power(p), p == 1 ? "" : root(p)).passes(node, results);
  }

  /** What adds up the powers of a norm. */
  static String power(long p) {
    return p == 1 ? Operation.ADD : p == 2 ? Operation.SQUARE : Operation.POW;
  }

  /** What undoes that power. */
  static String root(long p) {
    return p == 2 ? Operation.SQRT : Operation.POW;
  }

  private static Pass reduce(Node node, String part, String operation, Shape shape, Axes reduced)
      throws Unknown {
    PassDraft draft = PassDraft.over(shape).read(node, 0);
    return draft.write(part, operation, draft.all().without(reduced));
  }

  /** The space with the axes that are not kept at extent 1. */
  static Shape kept(Shape shape, Axes kept) {
    Shape space = shape;
    for (int i = 0; i < shape.rank(); i++) {
      space = kept.has(i) ? space : space.with(i, 1);
    }
    return space;
  }

  /** {@code max + log(sum(exp(x - max)))}. */
  private static List<Pass> logSumExp(Node node, List<Value> results) throws Unknown {
    Shape shape = node.shape(0);
    Axes all = Axes.range(0, shape.rank());
    Axes kept = all.without(reduced(node));
    return List.of(
        PassDraft.over(shape).read(INPUT, all).write("max", Operation.MAX, kept),
        PassDraft.over(shape).read(INPUT, all).read("max", kept).write("exp", Operation.EXP, all),
        PassDraft.over(shape).read("exp", all).write("sum", Operation.ADD, kept),
        PassDraft.over(kept(shape, kept))
            .read("sum", kept)
            .read("max", kept)
            .write("log", Operation.LOG, kept));
  }

  private static List<Pass> position(Node node, List<Value> results) throws Unknown {
    Shape shape = node.shape(0);
    Axes axis = Axes.of(shape.axis(node.integer("axis", 0)));
    return List.of(reduce(node, "", Operation.MAX, shape, axis));
  }
}
