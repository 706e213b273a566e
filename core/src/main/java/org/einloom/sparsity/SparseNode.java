package org.einloom.sparsity;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.einloom.arch.Action;

/**
 * What sparse tensors cost at one node of a design, besides its own actions.
 *
 * @param actions by name, some of {@link #MEMORY_ACTIONS} or {@link #COMPUTE_ACTIONS}; what is not
 *     there is free
 * @param capacity what has to fit a memory
 * @param metadataBits what a store of its own for metadata holds, per instance; empty where
 *     metadata takes room among the words
 */
public record SparseNode(
    SequencedMap<String, Action> actions, CapacityRule capacity, OptionalLong metadataBits) {
  /** Of a memory. */
  public static final List<String> MEMORY_ACTIONS =
      List.of(
          "gated_read",
          "gated_write",
          "gated_update",
          "skipped_read",
          "skipped_write",
          "skipped_update",
          "metadata_read",
          "metadata_write",
          "decompress");

  /** Of a compute. */
  public static final List<String> COMPUTE_ACTIONS = List.of("gated_compute", "skipped_compute");

  /** One that costs nothing more. */
  public static final SparseNode FREE =
      new SparseNode(new LinkedHashMap<>(), CapacityRule.EXPECTED);

  /** What has to fit a memory. */
  public enum CapacityRule {
    /** The expected sizes of its tiles. */
    EXPECTED,
    /** The largest sizes that any tensor leads to. */
    WORST_CASE,
    /** Nothing: it is told by how much it is too small. */
    OVERBOOKED
  }

  /** One without a store for metadata. */
  public SparseNode(SequencedMap<String, Action> actions, CapacityRule capacity) {
    this(actions, capacity, OptionalLong.empty());
  }

  public SparseNode {
    actions = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(actions));
  }
}
