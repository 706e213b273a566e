package org.einloom.io.onnx;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.einloom.workload.Einsum;

/**
 * {@code Einsum} as its equation says. More operands than two are multiplied from left to right, as
 * {@code torch.einsum} does it without a planner: of every product the labels remain that a later
 * operand or the result has.
 */
final class EinsumPass {
  /** An operand: its value, whether it is constant, its labels, and their extents in it. */
  private record Operand(String value, boolean constant, String labels, Shape shape) {}

  private EinsumPass() {}

  static void addTo(Map<String, PassRule> rules) {
    rules.put("Einsum", EinsumPass::passes);
  }

  private static List<Pass> passes(Node node, List<Value> results) throws Unknown {
    Equation equation = Equation.of(node);
    if (equation.takesADiagonal()) {
      throw new Unknown("the equation '" + equation.text() + "' takes a diagonal");
    }
    List<String> labels = equation.operands();
    Operand first = operand(node, 0, labels.get(0));
    if (labels.size() == 1) {
      // one of as many labels is a transposition, at most
      return equation.result().length() == labels.get(0).length()
          ? List.of()
          : List.of(pass(equation, "", List.of(first), equation.result(), Operation.ADD));
    }
    var passes = new ArrayList<Pass>();
    for (int i = 1; i < labels.size(); i++) {
      boolean last = i == labels.size() - 1;
      Operand second = operand(node, i, labels.get(i));
      String kept = last ? equation.result() : kept(equation, first, second, i + 1);
      String part = last && passes.isEmpty() ? "" : "product" + i;
      passes.add(pass(equation, part, List.of(first, second), kept, Einsum.MAC));
      first = new Operand(part, false, kept, equation.shape(kept));
    }
    return passes;
  }

  private static Operand operand(Node node, int input, String labels) throws Unknown {
    return new Operand(node.name(input), node.input(input).constant(), labels, node.shape(input));
  }

  /** The labels of two operands that a later operand or the result has. */
  private static String kept(Equation equation, Operand first, Operand second, int from) {
    Set<Character> kept = new LinkedHashSet<>();
    String later =
        String.join("", equation.operands().subList(from, equation.operands().size()))
            + equation.result();
    String both = first.labels() + second.labels();
    for (int i = 0; i < both.length(); i++) {
      if (later.indexOf(both.charAt(i)) >= 0) {
        kept.add(both.charAt(i));
      }
    }
    var labels = new StringBuilder();
    kept.forEach(labels::append);
    return labels.toString();
  }

  private static Pass pass(
      Equation equation, String part, List<Operand> operands, String result, String operation) {
    var draft = new EinsumDraft();
    Set<Character> used = new LinkedHashSet<>();
    for (Operand o : operands) {
      o.labels().chars().forEach(c -> used.add((char) c));
    }
    used.forEach(l -> draft.variable(String.valueOf(l), equation.extents().getOrDefault(l, 1L)));
    if (draft.isEmpty()) {
      draft.keep(used.isEmpty() ? "i" : String.valueOf(used.iterator().next()), 1);
    }
    var sources = new ArrayList<EinsumDraft.Source>();
    for (Operand o : operands) {
      var ranks = new ArrayList<EinsumDraft.Rank>();
      for (int axis = 0; axis < o.labels().length(); axis++) {
        if (o.shape().size(axis) != 1) { // broadcast otherwise
          String variable = String.valueOf(o.labels().charAt(axis));
          ranks.add(EinsumDraft.Rank.of(variable, o.shape().size(axis)));
        }
      }
      sources.add(new EinsumDraft.Source(o.value(), o.constant(), ranks));
    }
    var output = new ArrayList<EinsumDraft.Rank>();
    for (int i = 0; i < result.length(); i++) {
      long extent = equation.extents().getOrDefault(result.charAt(i), 1L);
      output.add(EinsumDraft.Rank.of(String.valueOf(result.charAt(i)), extent));
    }
    List<String> values =
        EinsumDraft.inOrder(sources).stream().map(EinsumDraft.Source::value).toList();
    return new Pass(part, draft.pass("pass", operation, sources, output), values);
  }
}
