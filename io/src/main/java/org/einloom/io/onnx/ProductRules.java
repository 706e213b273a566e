package org.einloom.io.onnx;

import java.util.List;
import java.util.Map;

/** Products that contract in ways of their own: only their shapes. */
final class ProductRules {
  private ProductRules() {}

  static void addTo(Map<String, ShapeRule> rules) {
    rules.put(
        "Einsum",
        node -> {
          Equation equation = Equation.of(node);
          return List.of(Value.of(node.type(0), equation.shape(equation.result())));
        });
    rules.put(
        "Det",
        node ->
            List.of(
                Value.of(
                    node.type(0),
                    new Shape(node.shape(0).sub(0, Math.max(0, node.shape(0).rank() - 2))))));
  }
}
