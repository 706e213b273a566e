package org.einloom.model.sparse;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.einloom.arch.Architecture;
import org.einloom.mapping.LoopTree;
import org.einloom.sparsity.Kind;
import org.einloom.sparsity.Saving;
import org.einloom.sparsity.SparseLegality;
import org.einloom.sparsity.Sparsity;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;
import org.jspecify.annotations.Nullable;

/**
 * The expected counts of any mapping whose tiles divide and that can be counted with sparse
 * tensors: in closed form where there is one ({@link SparseModel}), place by place elsewhere.
 */
public final class SparseAnalysis {
  /**
   * A mapping is refused where more places than this would be looked at one by one: in a padded
   * Einsum no two values of a variable that indexes a tensor that is not uniform are alike.
   */
  public static final long MOST_PLACES = 1_000_000;

  private final Einsum einsum;
  private final Architecture architecture;
  private final LoopTree mapping;
  private final Sparsity sparsity;
  private BooleanSupplier stop;
  private @Nullable Ground ground;

  /** By what is left undone, all that is known. */
  private final Map<Undone, SparseModel.Result> known = new HashMap<>();

  private record Undone(List<Saving> savings, Optional<Kind> compute) {}

  /**
   * An analysis of one mapping, which remembers what does not depend on savings. For one thread.
   *
   * @param sparsity densities and formats
   */
  public SparseAnalysis(
      Einsum einsum, Architecture architecture, LoopTree mapping, Sparsity sparsity) {
    this(einsum, architecture, mapping, sparsity, () -> false);
  }

  /**
   * The same, which can be ended from outside.
   *
   * @param stop whether to end now, with a {@link StoppedException}; asked often
   */
  public SparseAnalysis(
      Einsum einsum,
      Architecture architecture,
      LoopTree mapping,
      Sparsity sparsity,
      BooleanSupplier stop) {
    this.stop = stop;
    this.einsum = einsum;
    this.architecture = architecture;
    this.mapping = mapping;
    this.sparsity = sparsity;
  }

  /**
   * The expected counts.
   *
   * @throws InvalidSpecException when the mapping is not legal, or cannot be counted exactly; of
   *     two reasons that of the closed form
   */
  public static SparseModel.Result analyze(
      Einsum einsum, Architecture architecture, LoopTree mapping, Sparsity sparsity) {
    return new SparseAnalysis(einsum, architecture, mapping, sparsity).with(sparsity);
  }

  /** Says when to end from now on, if a count has to end early. */
  public void endWhen(BooleanSupplier over) {
    stop = over;
  }

  /**
   * The expected counts; those that it was asked for before are known.
   *
   * @param other differs in savings and in what computes do alone
   * @throws InvalidSpecException when the mapping is not legal, or cannot be counted exactly; of
   *     two reasons that of the closed form
   * @throws IllegalArgumentException if it differs in densities or formats
   */
  public SparseModel.Result with(Sparsity other) {
    if (!other.densities().equals(sparsity.densities())
        || !other.formats().equals(sparsity.formats())) {
      throw new IllegalArgumentException("other densities or formats");
    }
    var undone = new Undone(other.savings(), other.compute());
    SparseModel.Result before = known.get(undone);
    if (before != null) {
      return before;
    }
    SparseModel.Result counts = count(other);
    known.put(undone, counts);
    return counts;
  }

  private SparseModel.Result count(Sparsity other) {
    try {
      return SparseModel.analyze(einsum, architecture, mapping, other, true);
    } catch (InvalidSpecException e) {
      SparseLegality.check(einsum, architecture, mapping, other);
      try {
        return byPlace(other);
      } catch (InvalidSpecException placed) {
        throw new InvalidSpecException(reason(e, placed), placed);
      }
    }
  }

  /** What the closed form lacks is told, unless it lacks padding alone. */
  private static String reason(InvalidSpecException closed, InvalidSpecException placed) {
    boolean padded = String.valueOf(closed.getMessage()).contains("is padded");
    return String.valueOf((padded ? placed : closed).getMessage());
  }

  /** The same without closed forms. */
  private SparseModel.Result byPlace(Sparsity of) {
    Ground on = ground;
    if (on == null) {
      on = new Ground(einsum, architecture, mapping, sparsity, () -> stop.getAsBoolean());
      ground = on;
    }
    var model = new PlaceModel(einsum, of, on);
    return new SparseModel.Result(on.dense, model.count(), model.tiles());
  }
}
