package org.einloom.model;

import java.util.ArrayList;
import java.util.List;
import org.einloom.arch.Fanout;
import org.einloom.arch.Fanout.Multicast;

/**
 * A tensor's chain of storage down to the computes, which are its last level, and the fanouts and
 * tolls between. The instances of a component are numbered in mixed radix by their spatial indices,
 * outer loops first, so that the number of an instance further out is a quotient.
 */
final class Chain {
  final Compiled compiled;
  final Compiled.Tensor tensor;

  /** Levels of storage, and the number of the computes' level. */
  final int levels;

  /** By level above, the fanouts and tolls down to the next level, innermost first. */
  private final List<int[]> crossed = new ArrayList<>();

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
        if (compiled.crosses(tensor, node)) {
          between.add(node);
        }
      }
      crossed.add(between.stream().mapToInt(Integer::intValue).toArray());
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

  /** The fanouts and tolls between a level and the one above it, innermost first. */
  int[] above(int level) {
    return crossed.get(level - 1);
  }

  /** How a node that is crossed merges requests; a toll does not. */
  Multicast multicast(int node) {
    return compiled.architecture.nodes().get(node) instanceof Fanout f
        ? f.multicast()
        : Multicast.NONE;
  }

  /** Whether a node that is crossed adds up results; a toll does not. */
  boolean reduces(int node) {
    return compiled.architecture.nodes().get(node) instanceof Fanout f && f.reduce();
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
