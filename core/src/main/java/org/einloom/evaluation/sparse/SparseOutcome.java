package org.einloom.evaluation.sparse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.einloom.arch.Architecture;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.Evaluator;
import org.einloom.evaluation.Policy;
import org.einloom.mapping.LoopTree;
import org.einloom.model.sparse.SparseAnalysis;
import org.einloom.model.sparse.SparseModel;
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
   * @param energyPj that it saves
   * @param cycles that it saves
   */
  public record Saved(String what, double energyPj, double cycles) {}

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
    SparseModel.Result counts = analysis.with(sparsity);
    Evaluation all = SparseEvaluator.evaluate(einsum, architecture, sparsity, nodes, counts);
    var savings = new ArrayList<Saved>();
    for (Saving s : sparsity.savings()) {
      var others = new ArrayList<>(sparsity.savings());
      others.remove(s);
      var without =
          new Sparsity(sparsity.densities(), sparsity.formats(), others, sparsity.compute());
      savings.add(saved(s.label(), all, evaluate(einsum, architecture, analysis, without, nodes)));
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
                      evaluate(einsum, architecture, analysis, without, nodes)));
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

  private static Saved saved(String what, Evaluation with, Evaluation without) {
    return new Saved(
        what, without.energyPj() - with.energyPj(), without.latencyCycles() - with.latencyCycles());
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
