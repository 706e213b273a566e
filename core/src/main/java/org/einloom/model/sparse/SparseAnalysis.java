package org.einloom.model.sparse;

import org.einloom.arch.Architecture;
import org.einloom.counts.Counts;
import org.einloom.mapping.LoopTree;
import org.einloom.model.DenseModel;
import org.einloom.sparsity.SparseLegality;
import org.einloom.sparsity.Sparsity;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;

/**
 * The expected counts of any mapping whose tiles divide and that can be counted with sparse
 * tensors: in closed form where there is one ({@link SparseModel}), place by place elsewhere.
 */
public final class SparseAnalysis {
  private SparseAnalysis() {}

  /**
   * The expected counts.
   *
   * @throws InvalidSpecException when the mapping is not legal, or cannot be counted exactly; of
   *     two reasons that of the closed form
   */
  public static SparseModel.Result analyze(
      Einsum einsum, Architecture architecture, LoopTree mapping, Sparsity sparsity) {
    try {
      return SparseModel.analyze(einsum, architecture, mapping, sparsity, true);
    } catch (InvalidSpecException e) {
      SparseLegality.check(einsum, architecture, mapping, sparsity);
      try {
        return byPlace(einsum, architecture, mapping, sparsity);
      } catch (InvalidSpecException other) {
        throw new InvalidSpecException(reason(e, other), other);
      }
    }
  }

  /** What the closed form lacks is told, unless it lacks padding alone. */
  private static String reason(InvalidSpecException closed, InvalidSpecException placed) {
    boolean padded = String.valueOf(closed.getMessage()).contains("is padded");
    return String.valueOf((padded ? placed : closed).getMessage());
  }

  /** The same without closed forms. */
  private static SparseModel.Result byPlace(
      Einsum einsum, Architecture architecture, LoopTree mapping, Sparsity sparsity) {
    Counts dense = DenseModel.analyze(einsum, architecture, mapping).counts();
    var model = new PlaceModel(einsum, new Routes(architecture, mapping), mapping, sparsity, dense);
    return new SparseModel.Result(dense, model.count(), model.tiles());
  }
}
