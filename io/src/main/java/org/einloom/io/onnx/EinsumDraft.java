package org.einloom.io.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.einloom.workload.Affine;
import org.einloom.workload.Affine.Term;
import org.einloom.workload.Einsum;
import org.einloom.workload.RankVariable;
import org.einloom.workload.Role;
import org.einloom.workload.TensorAccess;

/**
 * An Einsum while it is being put together. Rank variables of extent 1 are left out of it, except
 * those that {@link #keep} names, and so are ranks of size 1 that no variable is left in: they are
 * loops without a choice, which only make mappings longer.
 */
final class EinsumDraft {
  /**
   * One rank.
   *
   * @param size its extent
   * @param offset the constant of its expression
   * @param terms the variables of its expression
   */
  record Rank(long size, long offset, List<Term> terms) {
    static Rank of(String variable, long size) {
      return new Rank(size, 0, List.of(new Term(1, variable)));
    }

    static Rank of(long size, long offset, Term... terms) {
      return new Rank(size, offset, Arrays.asList(terms));
    }
  }

  private final List<RankVariable> variables = new ArrayList<>();

  /** Adds a rank variable unless its extent is 1. */
  void variable(String name, long extent) {
    if (extent != 1) {
      keep(name, extent);
    }
  }

  /** Adds a rank variable whatever its extent. */
  void keep(String name, long extent) {
    variables.add(new RankVariable(name, extent));
  }

  boolean isEmpty() {
    return variables.isEmpty();
  }

  /** Whether the first operand of a node takes the role of the weight: only it is constant. */
  static boolean firstIsWeight(Node node) {
    return node.input(0).constant() && !node.input(1).constant();
  }

  /**
   * The Einsum. Its tensors are called by their roles, so that layers of the same extents are
   * equal.
   *
   * @param first the ranks of the node's first operand
   * @param second those of its second
   */
  Einsum build(String name, Node node, List<Rank> first, List<Rank> second, List<Rank> output) {
    boolean swapped = firstIsWeight(node);
    // A tensor that is multiplied with itself is two operands; that they are one tensor is kept.
    boolean same = node.proto().getInput(0).equals(node.proto().getInput(1));
    return StoredTypes.ofProduct(
        node,
        new Einsum(
            name,
            variables,
            List.of(
                access("input", "input", Role.INPUT, swapped ? second : first),
                access("weight", same ? "input" : "weight", Role.WEIGHT, swapped ? first : second)),
            access("output", "output", Role.OUTPUT, output)),
        swapped);
  }

  /**
   * An operand of a pass.
   *
   * @param value what tells it from others: the name of the value in the graph, or of a pass before
   * @param constant whether it is the same in every inference
   * @param ranks its ranks
   */
  record Source(String value, boolean constant, List<Rank> ranks) {}

  /**
   * A pass: an Einsum with any number of operands that does something else than multiply and add.
   * Constant operands are weights; where there are none and two operands or more, the second is.
   */
  Einsum pass(String name, String operation, List<Source> given, List<Rank> output) {
    // Constants come last, so that the order in the file makes no other layer.
    List<Source> sources = inOrder(given);
    boolean weights = sources.stream().anyMatch(Source::constant);
    Map<String, String> tensors = new HashMap<>();
    Map<Role, Integer> counts = new HashMap<>();
    var operands = new ArrayList<TensorAccess>();
    for (int i = 0; i < sources.size(); i++) {
      Source source = sources.get(i);
      Role role = source.constant() || (!weights && i == 1) ? Role.WEIGHT : Role.INPUT;
      int count = counts.merge(role, 1, Integer::sum);
      String label = role.label() + (count == 1 ? "" : count);
      String first = tensors.putIfAbsent(source.value(), label);
      operands.add(access(label, first == null ? label : first, role, source.ranks()));
    }
    return new Einsum(
        name, variables, operands, access("output", "output", Role.OUTPUT, output), operation);
  }

  /** The operands in the order in which the Einsum has them. */
  static List<Source> inOrder(List<Source> sources) {
    return sources.stream().sorted(Comparator.comparing(Source::constant)).toList();
  }

  private TensorAccess access(String name, String tensor, Role role, List<Rank> ranks) {
    var kept = new ArrayList<TensorAccess.Rank>();
    for (Rank rank : ranks) {
      List<Term> terms = rank.terms().stream().filter(t -> isVariable(t.variable())).toList();
      if (!terms.isEmpty() || rank.offset() != 0 || rank.size() != 1) {
        kept.add(new TensorAccess.Rank(new Affine(terms, rank.offset()), rank.size()));
      }
    }
    return new TensorAccess(name, tensor, role, kept, OptionalInt.empty());
  }

  private boolean isVariable(String name) {
    return variables.stream().anyMatch(v -> v.name().equals(name));
  }
}
