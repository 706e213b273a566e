package org.einloom.mapping;

import java.util.List;

/**
 * How one Einsum runs on an architecture: storage nodes and loops, outermost first; the compute
 * follows the last node. A record of what is written; {@link Legality} says whether it is allowed.
 *
 * @param nodes outermost first
 */
public record LoopTree(List<MappingNode> nodes) {
  public LoopTree {
    nodes = List.copyOf(nodes);
  }
}
