package org.einloom.description;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.mapping.MappingNode.Storage;
import org.einloom.mapping.MappingNode.Temporal;
import org.einloom.mapping.Nest;
import org.einloom.workload.Checked;
import org.einloom.workload.Einsum;
import org.einloom.workload.TensorAccess;

/**
 * The temporal loops of a mapping, and which tensors stay where they are while the loops step.
 *
 * <p>A loop is irrelevant to a tensor that its variable does not index. A tile stays in its memory
 * while the irrelevant loops step that stand directly above its storage node, one after the other;
 * the first relevant loop above these replaces it. Meanwhile each of its words is asked for again
 * in every step of the irrelevant loops below the node, down to those during which the next memory
 * inside keeps the word itself. The product of both is how many steps a word serves.
 */
final class Order {
  private final Einsum einsum;
  private final LoopTree mapping;
  private final List<Step> steps;

  Order(Einsum einsum, LoopTree mapping) {
    this.einsum = einsum;
    this.mapping = mapping;
    this.steps = steps(einsum, mapping);
  }

  /** The loops that iterate, outermost first. */
  List<Step> steps() {
    return steps;
  }

  private static List<Step> steps(Einsum einsum, LoopTree mapping) {
    List<Step> steps = new ArrayList<>();
    for (Nest.Bound b : Nest.of(einsum, mapping).loops()) {
      if (b.loop() instanceof Temporal t && b.count() > 1) {
        steps.add(new Step(memoryAbove(mapping, b.node()), t.variable(), b.count(), b.node()));
      }
    }
    return List.copyOf(steps);
  }

  private static String memoryAbove(LoopTree mapping, int node) {
    for (int i = node - 1; i >= 0; i--) {
      if (mapping.nodes().get(i) instanceof Storage s) {
        return s.memory();
      }
    }
    return "";
  }

  /** How the words of each tensor stay in each memory but its outermost, in nest order. */
  List<Stay> stays() {
    List<Stay> stays = new ArrayList<>();
    for (int i = 0; i < mapping.nodes().size(); i++) {
      if (mapping.nodes().get(i) instanceof Storage s && !isOutermost(s)) {
        stays.add(stay(s, i));
      }
    }
    return stays;
  }

  private boolean isOutermost(Storage s) {
    return s.equals(
        mapping.nodes().stream()
            .filter(n -> n instanceof Storage o && o.tensor().equals(s.tensor()))
            .findFirst()
            .orElseThrow());
  }

  private Stay stay(Storage s, int node) {
    TensorAccess tensor = einsum.tensor(s.tensor());
    int from = firstHeld(tensor, node);
    int inner = inner(s, node);
    int to = inner < 0 ? Integer.MAX_VALUE : firstHeld(tensor, inner);
    long uses = 1;
    Set<String> variables = new LinkedHashSet<>();
    for (Step step : steps) {
      if (step.node() >= from && step.node() < to && !tensor.indexedBy(step.variable())) {
        uses = Checked.multiply(uses, step.count(), "the steps of a mapping");
        variables.add(step.variable());
      }
    }
    return new Stay(s.memory(), s.tensor(), tensor.role(), uses, List.copyOf(variables));
  }

  /**
   * The position in the nest from which on the tile of a storage node is there: below the loop that
   * replaces it.
   */
  private int firstHeld(TensorAccess tensor, int node) {
    int held = 0;
    for (Step step : steps) {
      if (step.node() < node && tensor.indexedBy(step.variable())) {
        held = step.node() + 1;
      }
    }
    return held;
  }

  /** The position of the tensor's next storage node inside, or -1. */
  private int inner(Storage s, int node) {
    for (int i = node + 1; i < mapping.nodes().size(); i++) {
      MappingNode n = mapping.nodes().get(i);
      if (n instanceof Storage o && o.tensor().equals(s.tensor())) {
        return i;
      }
    }
    return -1;
  }
}
