package org.einloom.io.onnx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.einloom.workload.Einsum;

/** {@code Einsum} of one or two operands, as its equation says. */
final class EinsumPass {
  private static final Pattern EQUATION = Pattern.compile("[a-zA-Z,]*(->[a-zA-Z]*)?");

  private EinsumPass() {}

  static void addTo(Map<String, PassRule> rules) {
    rules.put("Einsum", EinsumPass::passes);
  }

  private static List<Pass> passes(Node node, List<Value> results) throws Unknown {
    String equation = node.text("equation", "").replace(" ", "");
    int arrow = equation.indexOf("->");
    String[] operands = (arrow < 0 ? equation : equation.substring(0, arrow)).split(",", -1);
    String result = arrow < 0 ? ProductRules.implied(equation) : equation.substring(arrow + 2);
    if (!EQUATION.matcher(equation).matches()
        || operands.length > 2
        || operands.length != node.inputs().size()) {
      throw new Unknown("the equation '" + equation + "' is not one of one or two operands");
    }
    Map<Character, Long> extents = new LinkedHashMap<>();
    for (int i = 0; i < operands.length; i++) {
      for (int axis = 0; axis < operands[i].length(); axis++) {
        extents.merge(operands[i].charAt(axis), node.shape(i).size(axis), Math::max);
      }
      if (operands[i].chars().distinct().count() != operands[i].length()) {
        throw new Unknown("the equation '" + equation + "' takes a diagonal");
      }
    }
    boolean free =
        operands.length == 1 && result.length() == operands[0].length(); // a transposition, at most
    if (free) {
      return List.of();
    }
    var draft = new EinsumDraft();
    extents.forEach((label, extent) -> draft.variable(name(label), extent));
    if (draft.isEmpty()) {
      draft.keep(name(operands[0].isEmpty() ? 'i' : operands[0].charAt(0)), 1);
    }
    var sources = new ArrayList<EinsumDraft.Source>();
    for (int i = 0; i < operands.length; i++) {
      var ranks = new ArrayList<EinsumDraft.Rank>();
      for (int axis = 0; axis < operands[i].length(); axis++) {
        if (node.shape(i).size(axis) != 1) {
          ranks.add(EinsumDraft.Rank.of(name(operands[i].charAt(axis)), node.shape(i).size(axis)));
        }
      }
      sources.add(
          new EinsumDraft.Source(node.proto().getInput(i), node.input(i).constant(), ranks));
    }
    var output = new ArrayList<EinsumDraft.Rank>();
    for (int i = 0; i < result.length(); i++) {
      char label = result.charAt(i);
      output.add(EinsumDraft.Rank.of(name(label), extents.getOrDefault(label, 1L)));
    }
    String operation = operands.length == 1 ? Operation.ADD : Einsum.MAC;
    List<String> values =
        EinsumDraft.inOrder(sources).stream().map(EinsumDraft.Source::value).toList();
    return List.of(new Pass("", draft.pass("pass", operation, sources, output), values));
  }

  /** Capital letters are other labels than small ones, and so they stay. */
  private static String name(char label) {
    return String.valueOf(label);
  }
}
