package org.einloom.mapper.sparse;

import java.util.OptionalLong;
import org.einloom.format.Size;
import org.einloom.format.TensorFormat;
import org.einloom.sparsity.SparseNode;
import org.einloom.sparsity.SparseNode.CapacityRule;

/** What memories hold, by the rules that {@code evaluation.sparse} checks. */
final class Stock {
  private final Problem problem;
  private final SparseNode[] nodes;

  Stock(Problem problem) {
    this.problem = problem;
    nodes =
        problem.architecture.nodes().stream()
            .map(n -> problem.nodes.getOrDefault(n.name(), SparseNode.FREE))
            .toArray(SparseNode[]::new);
  }

  /** Whether it matters what a memory holds. */
  boolean limited(int node) {
    return rule(node) != CapacityRule.OVERBOOKED
        && (capacity(node) < Double.POSITIVE_INFINITY
            || metadataCapacity(node) < Double.POSITIVE_INFINITY);
  }

  /** Bits, of words alone where metadata has a store of its own; infinite without a limit. */
  double capacity(int node) {
    OptionalLong bits = problem.memory(node).capacityBits();
    return bits.isPresent() ? (double) bits.getAsLong() : Double.POSITIVE_INFINITY;
  }

  /** Bits of a store for metadata alone; infinite where there is none. */
  double metadataCapacity(int node) {
    OptionalLong bits = sparse(node).metadataBits();
    return bits.isPresent() ? (double) bits.getAsLong() : Double.POSITIVE_INFINITY;
  }

  /** Whether metadata has a store of its own. */
  boolean apart(int node) {
    return sparse(node).metadataBits().isPresent();
  }

  private CapacityRule rule(int node) {
    return sparse(node).capacity();
  }

  private SparseNode sparse(int node) {
    return nodes[node];
  }

  /** Whole bits of a tile in a format, without metadata that is kept apart; the sum has to fit. */
  double bits(int node, double words, TensorFormat format, Law.Stored stored, int width) {
    Size size = size(node, words, format, stored);
    return apart(node) ? Math.ceil(size.words() * width) : Math.ceil(size.bits(width));
  }

  /** Whole bits of metadata that is kept apart. */
  double metadata(int node, double words, TensorFormat format, Law.Stored stored) {
    return apart(node) ? Math.ceil(size(node, words, format, stored).metadataBits()) : 0;
  }

  private Size size(int node, double words, TensorFormat format, Law.Stored stored) {
    if (!format.compresses()) {
      return new Size(0, words);
    }
    return rule(node) == CapacityRule.WORST_CASE ? stored.worst() : stored.expected();
  }
}
