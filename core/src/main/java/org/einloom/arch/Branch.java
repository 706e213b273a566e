package org.einloom.arch;

import java.util.List;

/**
 * A tree of nodes: a row of them, the outermost first, and the fork that it ends in.
 *
 * @param nodes the row; where there is no fork, its last is a compute
 * @param fork what stands below the row, one of which is in use at a time; empty where there is no
 *     fork
 */
public record Branch(List<Node> nodes, List<Branch> fork) {
  public Branch {
    nodes = List.copyOf(nodes);
    fork = List.copyOf(fork);
  }
}
