package org.einloom.explore.solve;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import org.einloom.arch.Action;
import org.einloom.density.Density;
import org.einloom.format.TensorFormat;
import org.einloom.sparsity.Saving;
import org.einloom.sparsity.SparseLayer;
import org.einloom.sparsity.SparseNode;
import org.einloom.sparsity.Sparsity;
import org.einloom.sparsity.SparsityChoices;

/**
 * Says the same of zeros with other names. What is said of nodes that are not renamed is left out:
 * they are not on the path.
 *
 * @param nodes from old names to new ones
 * @param tensors the same, of all tensors of the Einsum
 */
record SparseNames(Map<String, String> nodes, Map<String, String> tensors) {
  SparseLayer rename(SparseLayer layer, UnaryOperator<Action> action) {
    SparsityChoices c = layer.choices();
    var formats = new HashMap<Sparsity.Held, List<TensorFormat>>();
    c.formats()
        .forEach(
            (held, of) -> {
              if (nodes.containsKey(held.memory())) {
                formats.put(held(held), of);
              }
            });
    var rules =
        c.rules().stream()
            .map(r -> new SparsityChoices.Rule(savings(r.savings()), r.optional()))
            .filter(r -> !r.savings().isEmpty())
            .toList();
    var costs = new HashMap<String, SparseNode>();
    layer
        .nodes()
        .forEach(
            (name, node) -> {
              if (nodes.containsKey(name)) {
                var actions = new LinkedHashMap<String, Action>();
                node.actions().forEach((a, cost) -> actions.put(a, action.apply(cost)));
                costs.put(
                    node(name), new SparseNode(actions, node.capacity(), node.metadataBits()));
              }
            });
    var choices = new SparsityChoices(densities(c.densities()), formats, rules, c.compute());
    return new SparseLayer(choices, costs);
  }

  Sparsity rename(Sparsity s) {
    var formats = new HashMap<Sparsity.Held, TensorFormat>();
    s.formats().forEach((held, f) -> formats.put(held(held), f));
    return new Sparsity(densities(s.densities()), formats, savings(s.savings()), s.compute());
  }

  private SequencedMap<String, Density> densities(SequencedMap<String, Density> of) {
    var renamed = new LinkedHashMap<String, Density>();
    of.forEach((tensor, density) -> renamed.put(tensor(tensor), density));
    return renamed;
  }

  private List<Saving> savings(List<Saving> savings) {
    return savings.stream()
        .filter(s -> nodes.containsKey(s.memory()))
        .map(
            s ->
                new Saving(
                    s.kind(),
                    node(s.memory()),
                    tensor(s.tensor()),
                    s.leaders().stream().map(this::tensor).toList(),
                    s.mutual()))
        .toList();
  }

  private Sparsity.Held held(Sparsity.Held held) {
    return new Sparsity.Held(node(held.memory()), tensor(held.tensor()));
  }

  private String node(String name) {
    return Objects.requireNonNull(nodes.get(name));
  }

  private String tensor(String name) {
    return Objects.requireNonNull(tensors.get(name));
  }
}
