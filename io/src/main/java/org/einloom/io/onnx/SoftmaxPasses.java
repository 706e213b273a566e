package org.einloom.io.onnx;

import java.util.List;
import java.util.Map;
import org.einloom.io.onnx.PassDraft.Axes;

/**
 * Softmax as numerically safe kernels compute it: the maximum of each row, the exponentials of the
 * differences to it, their sum, and the quotients. Each is a pass of its own, as a pass writes one
 * tensor: fused kernels move less.
 */
final class SoftmaxPasses {
  private static final String INPUT = "input";

  private SoftmaxPasses() {}

  static void addTo(Map<String, PassRule> rules) {
    rules.put("Softmax", SoftmaxPasses::softmax);
    rules.put("LogSoftmax", SoftmaxPasses::logSoftmax);
    rules.put("Hardmax", SoftmaxPasses::hardmax);
  }

  /** One axis; before operator set 13 that axis and all after it. */
  private static Axes row(Node node, Shape shape) {
    boolean one = node.opset() >= 13;
    int axis = shape.axis(node.integer("axis", one ? -1 : 1));
    return one ? Axes.of(axis) : Axes.range(axis, shape.rank());
  }

  private static List<Pass> softmax(Node node, List<Value> results) throws Unknown {
    return softmax(INPUT, node.shape(0), row(node, node.shape(0)));
  }

  /**
   * The passes of a softmax along these axes.
   *
   * @param source what it is of: the input, or what a pass before has written
   */
  static List<Pass> softmax(String source, Shape shape, Axes row) {
    Axes all = Axes.range(0, shape.rank());
    Axes rows = all.without(row);
    return List.of(
        PassDraft.over(shape).read(source, all).write("max", Operation.MAX, rows),
        PassDraft.over(shape).read(source, all).read("max", rows).write("exp", Operation.EXP, all),
        PassDraft.over(shape).read("exp", all).write("sum", Operation.ADD, rows),
        PassDraft.over(shape).read("exp", all).read("sum", rows).write("div", Operation.DIV, all));
  }

  /** {@code x - (max + log(sum))}. */
  private static List<Pass> logSoftmax(Node node, List<Value> results) throws Unknown {
    Shape shape = node.shape(0);
    Axes all = Axes.range(0, shape.rank());
    Axes rows = all.without(row(node, shape));
    List<Pass> passes = softmax(INPUT, shape, row(node, shape));
    return List.of(
        passes.get(0),
        passes.get(1),
        passes.get(2),
        PassDraft.over(ReducePasses.kept(shape, rows))
            .read("sum", rows)
            .read("max", rows)
            .write("log", Operation.LOG, rows),
        PassDraft.over(shape).read(INPUT, all).read("log", rows).write("sub", Operation.ADD, all));
  }

  private static List<Pass> hardmax(Node node, List<Value> results) throws Unknown {
    Shape shape = node.shape(0);
    Axes all = Axes.range(0, shape.rank());
    Axes rows = all.without(row(node, shape));
    return List.of(
        PassDraft.over(shape).read(INPUT, all).write("max", Operation.MAX, rows),
        PassDraft.over(shape)
            .read(INPUT, all)
            .read("max", rows)
            .write("compare", Operation.COMPARE, all));
  }
}
