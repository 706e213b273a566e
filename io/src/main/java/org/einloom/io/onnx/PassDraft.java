package org.einloom.io.onnx;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.einloom.workload.Checked;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;

/**
 * A pass whose tensors are indexed by the axes of one rectangular space, each by all or some of
 * them: element-wise operators under broadcasting, reductions. Axes that index the same tensors
 * become one rank variable, next to each other or not, as an Einsum knows no layout; so a mapping
 * has as few loops as can be. Variables are i, j, k, ... in the order of their first axes.
 *
 * <p>A constant of one element is part of the instruction, not an operand.
 */
final class PassDraft {
  /** A set of axes: bit {@code a} for axis {@code a}. */
  record Axes(long bits) {
    static final Axes NONE = new Axes(0);

    /** The axes {@code from .. to-1}. */
    static Axes range(int from, int to) {
      long bits = 0;
      for (int i = from; i < to; i++) {
        bits |= 1L << i;
      }
      return new Axes(bits);
    }

    static Axes of(int axis) {
      return range(axis, axis + 1);
    }

    boolean has(int axis) {
      return (bits >> axis & 1) != 0;
    }

    Axes and(Axes other) {
      return new Axes(bits | other.bits);
    }

    Axes without(Axes other) {
      return new Axes(bits & ~other.bits);
    }
  }

  private record Operand(String value, boolean constant, Axes axes) {}

  private static final String VARIABLES = "ijklmnopqrstuvwxyzabcdefgh";

  private final Shape space;
  private final List<Operand> operands = new ArrayList<>();

  private PassDraft(Shape space) {
    this.space = space;
  }

  /** A pass over all points of that space. */
  static PassDraft over(Shape space) {
    return new PassDraft(space);
  }

  /** All axes. */
  Axes all() {
    return Axes.range(0, space.rank());
  }

  /** Reads an input of the node that is broadcast to the space, if it is given. */
  PassDraft read(Node node, int input) throws Unknown {
    return node.has(input) ? read(node, input, space.rank() - node.shape(input).rank()) : this;
  }

  /** Reads an input of the node whose first axis is axis {@code at} of the space. */
  PassDraft read(Node node, int input, int at) throws Unknown {
    Shape own = node.shape(input);
    if (node.input(input).constant() && own.elements() == 1) {
      return this;
    }
    if (at < 0 || at + own.rank() > space.rank()) {
      throw new InvalidSpecException(
          "input " + input + " has shape " + own + ", which does not fit " + space);
    }
    Axes axes = Axes.NONE;
    for (int i = 0; i < own.rank(); i++) {
      if (own.size(i) != 1) {
        axes = axes.and(Axes.of(at + i));
      }
    }
    return read(node.proto().getInput(input), node.input(input).constant(), axes);
  }

  /** Reads what a pass before has written. */
  PassDraft read(String pass, Axes axes) {
    return read(pass, false, axes);
  }

  /** Reads a tensor indexed by these axes. */
  PassDraft read(String value, boolean constant, Axes axes) {
    operands.add(new Operand(value, constant, axes));
    return this;
  }

  /** The number of operands until now. */
  int operands() {
    return operands.size();
  }

  /** The pass that writes a tensor indexed by these axes; the others are reduced. */
  Pass write(String part, String operation, Axes output) {
    // In the order in which the Einsum has them.
    List<String> values =
        operands.stream()
            .sorted(Comparator.comparing(Operand::constant))
            .map(Operand::value)
            .toList();
    return new Pass(part, einsum(operation, output), values);
  }

  /** The Einsum whose result is indexed by these axes. */
  Einsum einsum(String operation, Axes output) {
    record Group(String variable, long extent, int first) {}
    Map<Long, Group> groups = new LinkedHashMap<>();
    for (int axis = 0; axis < space.rank(); axis++) {
      long size = space.size(axis);
      if (size == 1) {
        continue;
      }
      long pattern = output.has(axis) ? 1 : 0;
      for (Operand o : operands) {
        pattern = pattern << 1 | (o.axes().has(axis) ? 1 : 0);
      }
      Group group = groups.get(pattern);
      groups.put(
          pattern,
          group == null
              ? new Group(VARIABLES.substring(groups.size(), groups.size() + 1), size, axis)
              : new Group(
                  group.variable(),
                  Checked.multiply(group.extent(), size, "the points of a pass"),
                  group.first()));
    }
    var draft = new EinsumDraft();
    groups.values().forEach(g -> draft.variable(g.variable(), g.extent()));
    if (draft.isEmpty()) {
      draft.keep("i", 1); // an Einsum has at least one loop
    }
    var sources = new ArrayList<EinsumDraft.Source>();
    for (Operand o : operands) {
      List<EinsumDraft.Rank> ranks =
          groups.values().stream()
              .filter(g -> o.axes().has(g.first()))
              .map(g -> EinsumDraft.Rank.of(g.variable(), g.extent()))
              .toList();
      sources.add(new EinsumDraft.Source(o.value(), o.constant(), ranks));
    }
    List<EinsumDraft.Rank> ranks =
        groups.values().stream()
            .filter(g -> output.has(g.first()))
            .map(g -> EinsumDraft.Rank.of(g.variable(), g.extent()))
            .toList();
    return draft.pass("pass", operation, sources, ranks);
  }
}
