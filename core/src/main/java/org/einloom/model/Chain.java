package org.einloom.model;

import java.util.ArrayList;
import java.util.List;
import org.einloom.arch.Fanout;

/**
 * A tensor's chain of storage down to the computes, which are its last level, and the fanouts
 * between. The instances of a component are numbered in mixed radix by their spatial indices, outer
 * loops first, so that the number of an instance further out is a quotient.
 */
final class Chain {
  final Compiled compiled;
  final Compiled.Tensor tensor;

  /** Levels of storage, and the number of the computes' level. */
  final int levels;

  /** By level above, the fanouts down to the next level, innermost first. */
  private final List<int[]> fanouts = new ArrayList<>();

  private final long[] computesOf;

  Chain(Compiled compiled, Compiled.Tensor tensor) {
    this.compiled = compiled;
    this.tensor = tensor;
    levels = tensor.memory.length;
    int nodes = compiled.architecture.nodes().size();
    computesOf = new long[nodes + 1];
    for (int node = 0; node <= nodes; node++) {
      computesOf[node] = 1;
      for (int l = 0; l < compiled.loopVariable.length; l++) {
        if (!compiled.temporal(l) && compiled.loopFanout[l] >= node) {
          computesOf[node] = Limits.multiply(computesOf[node], compiled.loopCount[l]);
        }
      }
    }
    for (int level = 0; level < levels; level++) {
      List<Integer> between = new ArrayList<>();
      for (int node = node(level + 1) - 1; node > node(level); node--) {
        if (compiled.architecture.nodes().get(node) instanceof Fanout) {
          between.add(node);
        }
      }
      fanouts.add(between.stream().mapToInt(Integer::intValue).toArray());
    }
  }

  /** The architecture index of a level; the computes come after all nodes that count. */
  int node(int level) {
    return level < levels ? tensor.memory[level] : compiled.architecture.nodes().size();
  }

  /** How many loops stand above a level. */
  int depth(int level) {
    return level < levels ? tensor.depth[level] : compiled.loopVariable.length;
  }

  /** The fanouts between a level and the one above it, innermost first. */
  int[] above(int level) {
    return fanouts.get(level - 1);
  }

  Fanout fanout(int node) {
    return (Fanout) compiled.architecture.nodes().get(node);
  }

  /** Compute instances that the mapping uses below one instance of an architecture node. */
  long computesOf(int node) {
    return computesOf[node];
  }

  /** The instance of an outer node above an instance of an inner one. */
  long outer(long instance, int inner, int outer) {
    return instance / (computesOf[outer] / computesOf[inner]);
  }
}
