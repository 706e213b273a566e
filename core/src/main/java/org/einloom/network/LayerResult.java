package org.einloom.network;

import java.util.List;
import java.util.Optional;
import org.einloom.evaluation.Evaluation;
import org.einloom.mapper.Optimality;
import org.einloom.mapper.ParetoPoint;
import org.einloom.mapper.SearchLog;
import org.einloom.mapping.LoopTree;
import org.einloom.sparsity.Sparsity;
import org.einloom.workload.Layer;

/**
 * One distinct layer, mapped.
 *
 * @param layer its first occurrence in the network
 * @param repeats how often it occurs
 * @param mapping how it runs
 * @param evaluation what one execution costs
 * @param optimality how sure it is that no mapping is better
 * @param front the mappings that no other beats in both energy and latency, by falling energy; the
 *     whole front if {@code optimality} is proven, empty if it was not asked for
 * @param log what the search did
 * @param sparsity the formats and optimisations that were chosen with the mapping, if any were
 */
public record LayerResult(
    Layer layer,
    long repeats,
    LoopTree mapping,
    Evaluation evaluation,
    Optimality optimality,
    List<ParetoPoint> front,
    SearchLog log,
    Optional<Sparsity> sparsity) {
  public LayerResult {
    front = List.copyOf(front);
  }

  /** A mapping with which nothing about zeros was chosen. */
  public LayerResult(
      Layer layer,
      long repeats,
      LoopTree mapping,
      Evaluation evaluation,
      Optimality optimality,
      List<ParetoPoint> front,
      SearchLog log) {
    this(layer, repeats, mapping, evaluation, optimality, front, log, Optional.empty());
  }

  /** A mapping without a front, and with nothing to tell of a search. */
  public LayerResult(
      Layer layer, long repeats, LoopTree mapping, Evaluation evaluation, Optimality optimality) {
    this(layer, repeats, mapping, evaluation, optimality, List.of(), SearchLog.EMPTY);
  }

  /** The same layer run in another way. */
  LayerResult with(ParetoPoint point, Optimality how) {
    return new LayerResult(
        layer, repeats, point.mapping(), point.evaluation(), how, front, log, point.sparsity());
  }

  /** Whether a point of the front is what is reported. */
  public boolean is(ParetoPoint point) {
    return point.mapping().equals(mapping) && point.sparsity().equals(sparsity);
  }
}
