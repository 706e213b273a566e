package org.einloom.io.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.einloom.io.onnx.PassDraft.Axes;
import org.einloom.workload.InvalidSpecException;

/**
 * Normalisations by statistics of the data itself. Mean: a sum. Variance: squares of the
 * differences to it, added up. Deviation: the reciprocal root of each. Then every element is
 * shifted and scaled by its statistics, and by the parameters in a pass of its own.
 */
final class NormalizationPasses {
  private static final String INPUT = "input";

  private NormalizationPasses() {}

  static void addTo(Map<String, PassRule> rules) {
    rules.put("LayerNormalization", NormalizationPasses::layer);
    rules.put("InstanceNormalization", NormalizationPasses::instance);
    rules.put("GroupNormalization", NormalizationPasses::group);
    rules.put("MeanVarianceNormalization", NormalizationPasses::meanVariance);
    rules.put("RMSNormalization", NormalizationPasses::rootMeanSquare);
    rules.put("SimplifiedLayerNormalization", NormalizationPasses::rootMeanSquare);
    rules.put("LpNormalization", NormalizationPasses::norm);
  }

  /**
   * The passes with statistics for each point of the axes {@code kept}.
   *
   * @param source what is normalised: the input, or what a pass before has written
   */
  static List<Pass> statistics(String source, Shape shape, Axes kept) {
    Axes all = Axes.range(0, shape.rank());
    var passes = new ArrayList<Pass>();
    passes.add(PassDraft.over(shape).read(source, all).write("mean", Operation.ADD, kept));
    passes.add(
        PassDraft.over(shape)
            .read(source, all)
            .read("mean", kept)
            .write("variance", Operation.SQUARE, kept));
    passes.add(
        PassDraft.over(ReducePasses.kept(shape, kept))
            .read("variance", kept)
            .write("deviation", Operation.SQRT, kept));
    passes.add(
        PassDraft.over(shape)
            .read(source, all)
            .read("mean", kept)
            .read("deviation", kept)
            .write("normalize", Operation.SCALE, all));
    return passes;
  }

  /** The pass that applies a scale and perhaps a shift, inputs 1 and 2, from axis {@code at}. */
  private static Pass affine(Node node, Shape shape, int at) throws Unknown {
    PassDraft draft = PassDraft.over(shape);
    draft.read("normalize", draft.all()).read(node, 1, at);
    if (node.has(2)) {
      draft.read(node, 2, at);
    }
    return draft.write("affine", Operation.SCALE, draft.all());
  }

  private static List<Pass> layer(Node node, List<Value> results) throws Unknown {
    Shape shape = node.shape(0);
    List<Pass> passes =
        statistics(INPUT, shape, Axes.range(0, shape.axis(node.integer("axis", -1))));
    passes.add(affine(node, shape, shape.rank() - node.shape(1).rank()));
    return passes;
  }

  private static List<Pass> instance(Node node, List<Value> results) throws Unknown {
    Shape shape = node.shape(0);
    List<Pass> passes = statistics(INPUT, shape, Axes.range(0, 2));
    passes.add(affine(node, shape, 1));
    return passes;
  }

  /** Parameters are per group before operator set 21, per channel since. */
  private static List<Pass> group(Node node, List<Value> results) throws Unknown {
    Shape shape = node.shape(0);
    long groups = node.integer("num_groups", 1);
    if (shape.rank() < 2 || groups < 1 || shape.size(1) % groups != 0) {
      throw new InvalidSpecException(
          "attribute 'num_groups' is " + groups + ", but its input has shape " + shape);
    }
    var sizes = new ArrayList<Long>(List.of(shape.size(0), groups, shape.size(1) / groups));
    sizes.addAll(shape.sub(2, shape.rank()));
    var grouped = new Shape(sizes);
    List<Pass> passes = statistics(INPUT, grouped, Axes.range(0, 2));
    boolean perGroup = node.shape(1).elements() == groups && groups != shape.size(1);
    Shape space = perGroup ? grouped : shape;
    passes.add(affine(node, space, 1));
    return passes;
  }

  private static List<Pass> meanVariance(Node node, List<Value> results) throws Unknown {
    Shape shape = node.shape(0);
    Axes kept = Axes.range(0, shape.rank());
    for (long axis : node.integers("axes").orElse(List.of(0L, 2L, 3L))) {
      kept = kept.without(Axes.of(shape.axis(axis)));
    }
    return statistics(INPUT, shape, kept);
  }

  private static List<Pass> rootMeanSquare(Node node, List<Value> results) throws Unknown {
    Shape shape = node.shape(0);
    return rootMeanSquare(node, INPUT, shape.axis(node.integer("axis", -1)), 1);
  }

  /** Without a mean; the scale, input {@code scale}, is applied in the same pass. */
  static List<Pass> rootMeanSquare(Node node, String source, int axis, int scale) throws Unknown {
    Shape shape = node.shape(0);
    Axes all = Axes.range(0, shape.rank());
    Axes kept = Axes.range(0, axis);
    return List.of(
        PassDraft.over(shape).read(source, all).write("squares", Operation.SQUARE, kept),
        PassDraft.over(ReducePasses.kept(shape, kept))
            .read("squares", kept)
            .write("root", Operation.SQRT, kept),
        PassDraft.over(shape)
            .read(source, all)
            .read("root", kept)
            .read(node, scale)
            .write("normalize", Operation.MUL, all));
  }

  private static List<Pass> norm(Node node, List<Value> results) throws Unknown {
    Shape shape = node.shape(0);
    Axes all = Axes.range(0, shape.rank());
    Axes kept = all.without(Axes.of(shape.axis(node.integer("axis", -1))));
    boolean euclidean = node.integer("p", 2) == 2;
    var passes = new ArrayList<Pass>();
    passes.add(
        PassDraft.over(shape)
            .read(INPUT, all)
            .write("sum", euclidean ? Operation.SQUARE : Operation.ADD, kept));
    if (euclidean) {
      passes.add(
          PassDraft.over(ReducePasses.kept(shape, kept))
              .read("sum", kept)
              .write("root", Operation.SQRT, kept));
    }
    passes.add(
        PassDraft.over(shape)
            .read(INPUT, all)
            .read(euclidean ? "root" : "sum", kept)
            .write("div", Operation.DIV, all));
    return passes;
  }
}
