package org.einloom.io.yaml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.einloom.io.input.Words;
import org.einloom.sparsity.SparseNode;
import org.einloom.sparsity.Sparsity;
import org.einloom.sparsity.SparsityChoices;
import org.einloom.workload.InvalidSpecException;

/**
 * What a file of sparsity says about a workload on a design.
 *
 * @param layers by layer
 * @param nodes what sparse tensors cost at nodes, by name
 */
public record SparsityFile(Map<String, SparsityChoices> layers, Map<String, SparseNode> nodes) {
  public SparsityFile {
    layers = new LinkedHashMap<>(layers);
    nodes = Map.copyOf(nodes);
  }

  /** What there is to choose from for one layer of the workload. */
  public SparsityChoices layer(String name) {
    return Objects.requireNonNull(layers.get(name));
  }

  /**
   * What is sparse about a computation that is evaluated once for all its repetitions.
   *
   * @param names of these, all layers of the workload
   * @throws InvalidSpecException if it is not the same for all, or leaves something to choose
   */
  public Sparsity of(List<String> names) {
    return switch (choices(names).open()) {
      case SparsityChoices.Open.No no -> no.only();
      case SparsityChoices.Open.Yes yes ->
          throw new InvalidSpecException(
              "the file of sparsity leaves something to choose for layer %s: %s; a given mapping needs one choice: write it down, or let einloom map choose"
                  .formatted(Words.quote(names.getFirst()), yes.what()));
    };
  }

  /**
   * The same with what there is to choose from.
   *
   * @throws InvalidSpecException if it is not the same for all
   */
  public SparsityChoices choices(List<String> names) {
    SparsityChoices first = layer(names.getFirst());
    for (String name : names) {
      if (!first.equals(layers.get(name))) {
        throw new InvalidSpecException(
            "layers %s and %s are the same computation, which is evaluated once, but their sparsity differs; give them the same densities, or put one into a workload of its own"
                .formatted(Words.quote(names.getFirst()), Words.quote(name)));
      }
    }
    return first;
  }
}
