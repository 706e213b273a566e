package org.einloom.io.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.einloom.io.onnx.PassDraft.Axes;

/**
 * Fused operators that ONNX Runtime puts in the place of several, as their pieces
 * (https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md).
 */
final class ContribPasses {
  private static final String DOMAIN = "com.microsoft::";
  private static final String SUM = "sum";

  private ContribPasses() {}

  static void addTo(Map<String, PassRule> rules) {
    rules.put(DOMAIN + "Gelu", PointwisePasses.rule(Operation.GELU));
    rules.put(DOMAIN + "BiasGelu", PointwisePasses.rule(Operation.GELU));
    rules.put(DOMAIN + "FastGelu", PointwisePasses.rule(Operation.GELU));
    rules.put(DOMAIN + "QuickGelu", PointwisePasses.rule(Operation.SILU));
    rules.put(DOMAIN + "SkipLayerNormalization", (node, results) -> skip(node, 4));
    rules.put(DOMAIN + "SkipSimplifiedLayerNormalization", (node, results) -> skip(node, 3));
  }

  static void addShapesTo(Map<String, ShapeRule> rules) {
    for (String name : List.of("Gelu", "BiasGelu", "FastGelu", "QuickGelu")) {
      rules.put(DOMAIN + name, node -> List.of(Value.of(node.type(0), node.shape(0))));
    }
    rules.put("SimplifiedLayerNormalization", ContribPasses::normalized);
    for (String name : List.of("SkipLayerNormalization", "SkipSimplifiedLayerNormalization")) {
      rules.put(DOMAIN + name, ContribPasses::normalized);
    }
  }

  /** The result, two statistics of each row, and the sum that was normalised. */
  private static List<Value> normalized(Node node) throws Unknown {
    Shape shape = node.shape(0);
    Value result = Value.of(node.type(0), shape);
    Value statistics = Value.of(ElementType.FLOAT, shape.with(shape.axis(-1), 1));
    return List.of(result, statistics, statistics, result);
  }

  /** Two tensors and perhaps a bias added up, and the sum normalised along its last axis. */
  private static List<Pass> skip(Node node, int bias) throws Unknown {
    Shape shape = node.shape(0);
    boolean simplified = bias == 3;
    PassDraft sum = PassDraft.over(shape).read(node, 0).read(node, 1).read(node, bias);
    var passes = new ArrayList<Pass>();
    passes.add(sum.write(SUM, Operation.ADD, sum.all()));
    int row = shape.axis(-1);
    if (simplified) {
      passes.addAll(NormalizationPasses.rootMeanSquare(node, SUM, row, 2));
      return passes;
    }
    passes.addAll(NormalizationPasses.statistics(SUM, shape, Axes.range(0, row)));
    PassDraft affine = PassDraft.over(shape);
    affine.read("normalize", affine.all()).read(node, 2).read(node, 3);
    passes.add(affine.write("affine", Operation.SCALE, affine.all()));
    return passes;
  }
}
