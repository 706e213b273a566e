package org.einloom.io.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.einloom.io.onnx.PassDraft.Axes;
import org.einloom.workload.InvalidSpecException;

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
    rules.put(DOMAIN + "EmbedLayerNormalization", (node, results) -> embed(node));
    rules.put(DOMAIN + "SkipLayerNormalization", (node, results) -> skip(node, 4));
    rules.put(DOMAIN + "SkipSimplifiedLayerNormalization", (node, results) -> skip(node, 3));
  }

  static void addShapesTo(Map<String, ShapeRule> rules) {
    for (String name : List.of("Gelu", "BiasGelu", "FastGelu", "QuickGelu")) {
      rules.put(DOMAIN + name, node -> List.of(Value.of(node.type(0), node.shape(0))));
    }
    rules.put("SimplifiedLayerNormalization", ContribPasses::normalized);
    rules.put(
        DOMAIN + "EmbedLayerNormalization",
        node -> {
          Value result = Value.of(node.type(2), embedded(node));
          Value lengths = Value.of(node.type(0), Shape.of(node.shape(0).size(0)));
          return List.of(result, lengths, result);
        });
    for (String name : List.of("SkipLayerNormalization", "SkipSimplifiedLayerNormalization")) {
      rules.put(DOMAIN + name, ContribPasses::normalized);
    }
  }

  /** Rows of three tables added up, and the sums normalised. */
  private static List<Pass> embed(Node node) throws Unknown {
    Shape shape = embedded(node);
    Axes tokens = Axes.range(0, 2);
    var passes = new ArrayList<Pass>();
    PassDraft words = PassDraft.over(shape);
    words.read(node.name(2), node.input(2).constant(), words.all());
    words.read(node.name(0), node.input(0).constant(), tokens);
    passes.add(words.write("words", Operation.COPY, words.all()));
    PassDraft positions = PassDraft.over(shape).read("words", words.all());
    boolean given = node.has(8); // else they are the same of every sequence
    Axes rows = given ? words.all() : Axes.range(1, 3);
    positions.read(node.name(3), node.input(3).constant(), rows);
    passes.add(positions.write("positions", Operation.ADD, words.all()));
    String sum = "positions";
    if (node.has(4) && node.has(1)) {
      PassDraft segments = PassDraft.over(shape).read(sum, words.all());
      segments.read(node.name(4), node.input(4).constant(), words.all());
      segments.read(node.name(1), node.input(1).constant(), tokens);
      passes.add(segments.write("segments", Operation.ADD, words.all()));
      sum = "segments";
    }
    passes.addAll(NormalizationPasses.statistics(sum, shape, tokens));
    PassDraft affine = PassDraft.over(shape);
    affine.read("normalize", affine.all()).read(node, 5).read(node, 6);
    passes.add(affine.write("affine", Operation.SCALE, affine.all()));
    return passes;
  }

  /** Batch, positions and words of an embedding. */
  private static Shape embedded(Node node) throws Unknown {
    Shape tokens = node.shape(0);
    Shape table = node.shape(2);
    if (tokens.rank() != 2 || table.rank() != 2) {
      throw new InvalidSpecException(
          "its tokens have shape " + tokens + " and its table " + table + "; expected two ranks");
    }
    return Shape.of(tokens.size(0), tokens.size(1), table.size(1));
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
