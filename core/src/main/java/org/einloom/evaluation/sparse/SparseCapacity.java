package org.einloom.evaluation.sparse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.einloom.arch.Architecture;
import org.einloom.arch.Memory;
import org.einloom.evaluation.Capacity;
import org.einloom.format.Size;
import org.einloom.model.sparse.SparseModel;
import org.einloom.model.sparse.SparseModel.Tile;
import org.einloom.sparsity.SparseNode;
import org.einloom.sparsity.SparseNode.CapacityRule;
import org.einloom.sparsity.Sparsity.Held;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.TensorAccess;

/** Whether sparse tiles, with their metadata, fit the memories that keep them. */
final class SparseCapacity {
  private SparseCapacity() {}

  static void check(
      Einsum einsum,
      Architecture architecture,
      SparseModel.Result counts,
      Map<String, SparseNode> nodes) {
    for (Memory m : architecture.memories()) {
      SparseNode node = nodes.getOrDefault(m.name(), SparseNode.FREE);
      CapacityRule rule = node.capacity();
      if (rule == CapacityRule.OVERBOOKED) {
        continue;
      }
      boolean worst = rule == CapacityRule.WORST_CASE;
      if (node.metadataBits().isPresent()) {
        apart(einsum, architecture, counts, m, node, worst);
        continue;
      }
      if (m.capacityBits().isEmpty()) {
        continue;
      }
      SequencedMap<String, Long> held = bits(einsum, architecture, counts, m, node, worst);
      double needed = held.values().stream().mapToDouble(Long::doubleValue).sum();
      long capacity = m.capacityBits().getAsLong();
      if (needed > capacity) {
        List<String> parts = new ArrayList<>();
        held.forEach((tensor, bits) -> parts.add(tensor + " " + Capacity.bitsAsText(bits)));
        throw new InvalidSpecException(
            "%s holds %s; the mapping of '%s' needs %s, %s, metadata included (%s): use smaller tiles there, let a tensor bypass it, raise its size, or give it capacity: overbooked"
                .formatted(
                    m.name(),
                    Capacity.bitsAsText(capacity),
                    einsum.name(),
                    Capacity.bitsAsText((long) needed),
                    worst ? "in the worst case" : "as expected",
                    String.join(", ", parts)));
      }
    }
  }

  /** Words in the memory, and metadata in a store of its own. */
  private static void apart(
      Einsum einsum,
      Architecture architecture,
      SparseModel.Result counts,
      Memory memory,
      SparseNode node,
      boolean worst) {
    long metadataCapacity = node.metadataBits().orElseThrow();
    double words =
        bits(einsum, architecture, counts, memory, node, worst).values().stream()
            .mapToDouble(Long::doubleValue)
            .sum();
    double metadata = 0;
    for (TensorAccess t : einsum.tensors()) {
      Tile tile = counts.tiles().get(new Held(memory.name(), t.name()));
      if (tile != null) {
        Size size = worst ? tile.worst() : tile.expected();
        metadata += Math.ceil(size.metadataBits());
      }
    }
    boolean wordsFit = words <= (double) memory.capacityBits().orElse(Long.MAX_VALUE);
    if (!wordsFit || metadata > (double) metadataCapacity) {
      throw new InvalidSpecException(
          "%s holds %s of %s; the mapping of '%s' needs %s, %s: use smaller tiles there, let a tensor bypass it, raise its size, or give it capacity: overbooked"
              .formatted(
                  memory.name(),
                  Capacity.bitsAsText(
                      wordsFit ? metadataCapacity : memory.capacityBits().orElseThrow()),
                  wordsFit ? "metadata" : "words",
                  einsum.name(),
                  Capacity.bitsAsText((long) (wordsFit ? metadata : words)),
                  worst ? "in the worst case" : "as expected"));
    }
  }

  /** What stands in the memory itself, by tensor, in whole bits. */
  static SequencedMap<String, Long> bits(
      Einsum einsum,
      Architecture architecture,
      SparseModel.Result counts,
      Memory memory,
      SparseNode node,
      boolean worst) {
    boolean together = node.metadataBits().isEmpty();
    var bits = new LinkedHashMap<String, Long>();
    for (TensorAccess t : einsum.tensors()) {
      Tile tile = counts.tiles().get(new Held(memory.name(), t.name()));
      if (tile != null) {
        Size size = worst ? tile.worst() : tile.expected();
        int width = width(architecture, counts, memory, t);
        bits.put(t.name(), (long) Math.ceil(together ? size.bits(width) : size.words() * width));
      }
    }
    return bits;
  }

  static int width(
      Architecture architecture, SparseModel.Result counts, Memory memory, TensorAccess t) {
    var occupancy = counts.dense().component(memory.name()).occupancy().get(t.name());
    return occupancy != null && occupancy.partial()
        ? architecture.widths().partialOf(t)
        : architecture.widths().of(t);
  }
}
