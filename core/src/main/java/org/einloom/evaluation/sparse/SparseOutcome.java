package org.einloom.evaluation.sparse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.einloom.arch.Architecture;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.Evaluator;
import org.einloom.evaluation.Policy;
import org.einloom.mapping.LoopTree;
import org.einloom.model.sparse.SparseAnalysis;
import org.einloom.model.sparse.SparseModel;
import org.einloom.model.sparse.StoppedException;
import org.einloom.sparsity.Saving;
import org.einloom.sparsity.SparseNode;
import org.einloom.sparsity.Sparsity;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;

/**
 * A mapping with sparse tensors, beside what it would be otherwise.
 *
 * @param einsum what is computed
 * @param sparsity what is sparse about it
 * @param counts the expected counts
 * @param evaluation what they cost
 * @param dense what it costs if every word is stored and nothing is left undone; where it does not
 *     fit then, in memories as large as it takes, at the cost that these have; empty if that cannot
 *     be told, as a figure grows out of range
 * @param denseFits whether it fits then
 * @param nodes what sparse tensors cost at the nodes, besides the actions of the design
 * @param savings what each optimisation saves when all others are there
 */
public record SparseOutcome(
    Einsum einsum,
    Sparsity sparsity,
    SparseModel.Result counts,
    Evaluation evaluation,
    Optional<Evaluation> dense,
    boolean denseFits,
    Map<String, SparseNode> nodes,
    List<Saved> savings) {
  /**
   * What would be lost without one optimisation.
   *
   * @param what it is, as a file would say it
   * @param energyPj that it saves; empty if that is not known
   * @param cycles that it saves; empty likewise
   * @param unknown why; empty if it is known
   */
  public record Saved(
      String what, OptionalDouble energyPj, OptionalDouble cycles, Optional<String> unknown) {
    private static Saved unknown(String what, String why) {
      return new Saved(what, OptionalDouble.empty(), OptionalDouble.empty(), Optional.of(why));
    }
  }

  public SparseOutcome {
    nodes = Map.copyOf(nodes);
    savings = List.copyOf(savings);
  }

  /**
   * Counts and costs a mapping.
   *
   * @throws InvalidSpecException if it is not legal, does not fit, or cannot be counted
   */
  public static SparseOutcome of(
      Einsum einsum,
      Architecture architecture,
      LoopTree mapping,
      Sparsity sparsity,
      Map<String, SparseNode> nodes) {
    var analysis = new SparseAnalysis(einsum, architecture, mapping, sparsity);
    return of(einsum, architecture, analysis, sparsity, nodes, () -> false);
  }

  /**
   * The same with what is known of a mapping already.
   *
   * @param analysis of the mapping, with these densities and formats
   * @param over whether there is no more time to count what optimisations save
   */
  public static SparseOutcome of(
      Einsum einsum,
      Architecture architecture,
      SparseAnalysis analysis,
      Sparsity sparsity,
      Map<String, SparseNode> nodes,
      BooleanSupplier over) {
    analysis.endWhen(() -> false);
    SparseModel.Result counts = analysis.with(sparsity);
    Evaluation all = SparseEvaluator.evaluate(einsum, architecture, sparsity, nodes, counts);
    analysis.endWhen(over);
    var savings = new ArrayList<Saved>();
    for (Saving s : sparsity.savings()) {
      var others = new ArrayList<>(sparsity.savings());
      others.remove(s);
      var without =
          new Sparsity(sparsity.densities(), sparsity.formats(), others, sparsity.compute());
      savings.add(
          saved(s.label(), all, () -> evaluate(einsum, architecture, analysis, without, nodes)));
    }
    sparsity
        .compute()
        .ifPresent(
            kind -> {
              var without =
                  new Sparsity(
                      sparsity.densities(),
                      sparsity.formats(),
                      sparsity.savings(),
                      Optional.empty());
              savings.add(
                  saved(
                      architecture.compute().name() + ": " + kind.label() + " zeros",
                      all,
                      () -> evaluate(einsum, architecture, analysis, without, nodes)));
            });
    return new SparseOutcome(
        einsum,
        sparsity,
        counts,
        all,
        dense(einsum, architecture, counts),
        Evaluator.fits(einsum, architecture, counts.dense()),
        nodes,
        savings);
  }

  private static Saved saved(String what, Evaluation with, Supplier<Evaluation> others) {
    try {
      Evaluation without = others.get();
      return new Saved(
          what,
          OptionalDouble.of(without.energyPj() - with.energyPj()),
          OptionalDouble.of(without.latencyCycles() - with.latencyCycles()),
          Optional.empty());
    } catch (StoppedException e) {
      return Saved.unknown(what, "no time was left to count it");
    } catch (InvalidSpecException e) {
      return Saved.unknown(what, "without it this mapping cannot be counted");
    }
  }

  private static Evaluation evaluate(
      Einsum einsum,
      Architecture architecture,
      SparseAnalysis analysis,
      Sparsity sparsity,
      Map<String, SparseNode> nodes) {
    return SparseEvaluator.evaluate(einsum, architecture, sparsity, nodes, analysis.with(sparsity));
  }

  private static Optional<Evaluation> dense(
      Einsum einsum, Architecture architecture, SparseModel.Result counts) {
    try {
      return Optional.of(
          Evaluator.evaluateAnySize(einsum, architecture, counts.dense(), Policy.DEFAULT));
    } catch (InvalidSpecException e) {
      return Optional.empty(); // out of range
    }
  }
}
