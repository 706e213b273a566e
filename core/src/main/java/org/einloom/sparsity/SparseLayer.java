package org.einloom.sparsity;

import java.util.Map;

/**
 * What is sparse about one layer on a design, and what that costs.
 *
 * @param choices what is known of zeros, and what there is to choose about them
 * @param nodes what sparse tensors cost at nodes, by name; free where one is not named
 */
public record SparseLayer(SparsityChoices choices, Map<String, SparseNode> nodes) {
  public SparseLayer {
    nodes = Map.copyOf(nodes);
  }
}
