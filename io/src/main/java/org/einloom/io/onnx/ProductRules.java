package org.einloom.io.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.einloom.workload.InvalidSpecException;

/** Products that contract in ways of their own: only their shapes. */
final class ProductRules {
  private ProductRules() {}

  static void addTo(Map<String, ShapeRule> rules) {
    rules.put("Einsum", node -> List.of(Value.of(node.type(0), einsum(node))));
    rules.put(
        "Det",
        node ->
            List.of(
                Value.of(
                    node.type(0),
                    new Shape(node.shape(0).sub(0, Math.max(0, node.shape(0).rank() - 2))))));
  }

  /** The result of an {@code Einsum} equation; one with an ellipsis is left unknown. */
  private static Shape einsum(Node node) throws Unknown {
    String equation = node.text("equation", "").replace(" ", "");
    if (equation.contains(".")) {
      throw new Unknown("the equation '" + equation + "' has an ellipsis, which is not evaluated");
    }
    String[] sides = equation.split("->", -1);
    String[] operands = sides[0].split(",", -1);
    if (operands.length != node.inputs().size() || sides.length > 2) {
      throw new InvalidSpecException(
          "the equation '"
              + equation
              + "' does not have one operand for each of its "
              + node.inputs().size()
              + " inputs");
    }
    Map<Character, Long> extents = new HashMap<>();
    for (int i = 0; i < operands.length; i++) {
      Shape shape = node.shape(i);
      if (shape.rank() != operands[i].length()) {
        throw new InvalidSpecException(
            "operand '" + operands[i] + "' of equation '" + equation + "' has shape " + shape);
      }
      for (int axis = 0; axis < shape.rank(); axis++) {
        extents.merge(operands[i].charAt(axis), shape.size(axis), Math::max);
      }
    }
    String result = sides.length == 2 ? sides[1] : implied(sides[0]);
    var sizes = new ArrayList<Long>();
    for (int i = 0; i < result.length(); i++) {
      char label = result.charAt(i);
      Long extent = extents.get(label);
      if (extent == null) {
        throw new InvalidSpecException(
            "the equation '" + equation + "' has '" + label + "' in its result alone");
      }
      sizes.add(extent);
    }
    return new Shape(sizes);
  }

  /** Without a result, it is every label that occurs once, in alphabetical order. */
  static String implied(String operands) {
    var once = new StringBuilder();
    operands
        .replace(",", "")
        .chars()
        .sorted()
        .filter(label -> operands.indexOf(label) == operands.lastIndexOf(label))
        .forEach(label -> once.append((char) label));
    return once.toString();
  }
}
