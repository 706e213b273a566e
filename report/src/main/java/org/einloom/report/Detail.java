package org.einloom.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.einloom.evaluation.sparse.SparseOutcome;
import org.einloom.network.LayerResult;
import org.einloom.sparsity.SparseNode;
import org.einloom.sparsity.Sparsity;

/**
 * What is shown besides what always is.
 *
 * @param fronts for each layer, the mappings that no other beats in both energy and latency
 * @param explanations for each layer, why it costs what it costs, and how its search went
 * @param data for each layer, what was measured of its tensors, if a profile was given
 * @param sparse for layers, by name, what their zeros save; none where they were not looked at
 * @param zeros of the only layer, what became of zeros, if Timeloop's rules say
 */
public record Detail(
    boolean fronts,
    boolean explanations,
    Optional<DataUse> data,
    SequencedMap<String, SparseOutcome> sparse,
    Optional<ZerosUse> zeros) {
  /** Nothing more. */
  public static final Detail LEAST = new Detail(false, false);

  /** Without measured data. */
  public Detail(boolean fronts, boolean explanations) {
    this(fronts, explanations, Optional.empty());
  }

  /** Of tensors without zeros. */
  public Detail(boolean fronts, boolean explanations, Optional<DataUse> data) {
    this(fronts, explanations, data, new LinkedHashMap<>());
  }

  /** Whose zeros Timeloop's rules do not look at. */
  public Detail(
      boolean fronts,
      boolean explanations,
      Optional<DataUse> data,
      SequencedMap<String, SparseOutcome> sparse) {
    this(fronts, explanations, data, sparse, Optional.empty());
  }

  /** What is sparse about a layer. */
  Optional<Sparsity> sparsity(LayerResult layer) {
    return Optional.ofNullable(sparse.get(layer.layer().name())).map(SparseOutcome::sparsity);
  }

  /** What sparse tensors cost at the nodes of the design, besides its own actions. */
  Map<String, SparseNode> sparseNodes() {
    // one file speaks for all layers
    return sparse.isEmpty() ? Map.of() : sparse.firstEntry().getValue().nodes();
  }

  public Detail {
    sparse = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(sparse));
  }
}
