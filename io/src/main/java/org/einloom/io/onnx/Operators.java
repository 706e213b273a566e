package org.einloom.io.onnx;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The operators of the standard domain that are known, by name: those that cost, and the rest. */
final class Operators {
  private static final Map<String, LayerRule> LAYERS =
      Map.of(
          "Conv", new Convolution(),
          "ConvTranspose", new TransposedConvolution(),
          "Gemm", new Gemm(),
          "MatMul", new MatMul());

  private final Map<String, ShapeRule> shapes = new HashMap<>();

  Operators(ExternalFiles external) {
    UnaryRules.addTo(shapes);
    ElementwiseRules.addTo(shapes);
    PoolRules.addTo(shapes);
    ReduceRules.addTo(shapes);
    ReshapeRules.addTo(shapes);
    MoveRules.addTo(shapes);
    SelectRules.addTo(shapes);
    SliceRules.addTo(shapes);
    SourceRules.addTo(shapes, external);
    ResampleRules.addTo(shapes);
    RecurrentRules.addTo(shapes);
    ProductRules.addTo(shapes);
    QuantisePasses.addShapesTo(shapes);
    ContribPasses.addShapesTo(shapes);
    FusedAttention.addShapesTo(shapes);
    ProjectedAttention.addShapesTo(shapes);
    FusedProducts.addShapesTo(shapes);
    CausalConvolution.addShapesTo(shapes);
    RotaryPasses.addShapesTo(shapes);
    SampleRules.addTo(shapes);
  }

  /** The rule of an operator that costs; null for others. */
  @Nullable LayerRule layer(String operator) {
    return LAYERS.get(operator);
  }

  /** The rule for the shapes of an operator that does not cost; null if it is not known. */
  @Nullable ShapeRule shapes(String operator) {
    return shapes.get(operator);
  }

  /** All operators that are known. */
  List<String> names() {
    return Stream.concat(LAYERS.keySet().stream(), shapes.keySet().stream()).sorted().toList();
  }
}
