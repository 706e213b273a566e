package org.einloom.io.onnx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.einloom.workload.InvalidSpecException;

/**
 * The equation of an {@code Einsum} node (https://onnx.ai/onnx/operators/onnx__Einsum.html), every
 * axis with a label of one letter. The axes of an ellipsis, which are aligned from the right and
 * broadcast, get letters that the equation does not use.
 *
 * @param text as in the file
 * @param operands the labels of each operand
 * @param result those of the result
 * @param extents of all labels
 */
record Equation(String text, List<String> operands, String result, Map<Character, Long> extents) {
  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final String DOTS = "...";

  /**
   * That of a node.
   *
   * @throws Unknown if the shape of an operand is unknown
   */
  static Equation of(Node node) throws Unknown {
    String text = node.text("equation", "").replace(" ", "");
    String[] sides = text.split("->", -1);
    String[] given = sides[0].split(",", -1);
    if (given.length != node.inputs().size() || sides.length > 2) {
      throw new InvalidSpecException(
          "the equation '"
              + text
              + "' does not have one operand for each of its "
              + node.inputs().size()
              + " inputs");
    }
    String dots = letters(text, widest(node, given, text));
    var operands = new ArrayList<String>();
    Map<Character, Long> extents = new LinkedHashMap<>();
    for (int i = 0; i < given.length; i++) {
      Shape shape = node.shape(i);
      int open = shape.rank() - given[i].replace(DOTS, "").length();
      String own = dots.substring(Math.max(0, dots.length() - Math.max(0, open)));
      String labels = given[i].replace(DOTS, own);
      if (!labels.chars().allMatch(c -> LETTERS.indexOf(c) >= 0)) {
        throw new InvalidSpecException(
            "the equation '" + text + "' has labels that are no letters");
      }
      if (labels.length() != shape.rank()) {
        throw new InvalidSpecException(
            "operand '" + given[i] + "' of equation '" + text + "' has shape " + shape);
      }
      for (int axis = 0; axis < shape.rank(); axis++) {
        extents.merge(labels.charAt(axis), shape.size(axis), Math::max);
      }
      operands.add(labels);
    }
    String result =
        sides.length == 2
            ? sides[1].replace(DOTS, dots)
            : (sides[0].contains(DOTS) ? dots : "") + implied(sides[0].replace(DOTS, ""));
    for (int i = 0; i < result.length(); i++) {
      if (!extents.containsKey(result.charAt(i))) {
        throw new InvalidSpecException(
            "the equation '" + text + "' has '" + result.charAt(i) + "' in its result alone");
      }
    }
    return new Equation(text, List.copyOf(operands), result, extents);
  }

  /** The most axes that the ellipsis of an operand stands for. */
  private static int widest(Node node, String[] given, String text) throws Unknown {
    int widest = 0;
    for (int i = 0; i < given.length; i++) {
      if (given[i].contains(DOTS)) {
        int labels = given[i].replace(DOTS, "").length();
        if (given[i].indexOf(DOTS) != given[i].lastIndexOf(DOTS) || node.shape(i).rank() < labels) {
          throw new InvalidSpecException(
              "operand '" + given[i] + "' of equation '" + text + "' has shape " + node.shape(i));
        }
        widest = Math.max(widest, node.shape(i).rank() - labels);
      }
    }
    return widest;
  }

  private static String letters(String text, int count) {
    var free = new StringBuilder();
    for (int i = 0; i < LETTERS.length() && free.length() < count; i++) {
      if (text.indexOf(LETTERS.charAt(i)) < 0) {
        free.append(LETTERS.charAt(i));
      }
    }
    if (free.length() < count) {
      throw new InvalidSpecException("the equation '" + text + "' uses too many letters");
    }
    return free.toString();
  }

  /** Without a result, it is every label that occurs once, in alphabetical order. */
  private static String implied(String operands) {
    var once = new StringBuilder();
    operands
        .replace(",", "")
        .chars()
        .sorted()
        .filter(label -> operands.indexOf(label) == operands.lastIndexOf(label))
        .forEach(label -> once.append((char) label));
    return once.toString();
  }

  /** The shape of labels. */
  Shape shape(String labels) {
    var sizes = new ArrayList<Long>();
    for (int i = 0; i < labels.length(); i++) {
      sizes.add(extents.getOrDefault(labels.charAt(i), 1L));
    }
    return new Shape(sizes);
  }

  /** Whether an operand, or the result, has a label twice. */
  boolean takesADiagonal() {
    return operands.stream().anyMatch(Equation::repeats) || repeats(result);
  }

  private static boolean repeats(String labels) {
    return labels.chars().distinct().count() != labels.length();
  }
}
