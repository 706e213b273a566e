package org.einloom.mapper.search;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.einloom.constraint.Constraint;
import org.einloom.constraint.Constraints;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.Evaluator;
import org.einloom.mapping.LoopTree;
import org.einloom.model.DenseModel;
import org.einloom.model.KnownMoves;
import org.einloom.workload.InvalidSpecException;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates mappings and improves them step by step: to the first better neighbour, until there is
 * none or the work is done. Finds good mappings and proves nothing.
 */
final class Trials {
  private final Problem problem;
  private final Incumbents best;
  private final KnownMoves known;
  private final Repair repair;
  private final Neighbours neighbours;
  long evaluated;

  /**
   * What a mapping comes to; less is better.
   *
   * @param broken how many constraints it does not satisfy
   */
  private record Score(int broken, double value, double tie) {
    boolean betterThan(Score o) {
      if (broken != o.broken) {
        return broken < o.broken;
      }
      double same = 1e-11 * Math.abs(o.value);
      return value < o.value - same || (value <= o.value + same && tie < o.tie * (1 - 1e-11));
    }
  }

  Trials(Problem problem, Incumbents best, Tiles tiles, KnownMoves known) {
    this.problem = problem;
    this.known = known;
    this.best = best;
    repair = new Repair(problem, tiles);
    neighbours = new Neighbours(problem, tiles);
  }

  /** Offers what a mapping costs, if it is one. */
  void offer(LoopTree mapping) {
    score(mapping);
  }

  /**
   * Repairs a mapping and improves it, until so many evaluations in a row have found nothing
   * better, or ten times as many are done.
   */
  void improve(LoopTree start, long patience) {
    Optional<LoopTree> member = repair.into(start);
    if (member.isEmpty()) {
      return;
    }
    LoopTree at = member.get();
    Score score = score(at);
    if (score == null) {
      return;
    }
    long last = evaluated + 10 * patience;
    long end = evaluated + patience;
    Set<LoopTree> seen = new HashSet<>(Set.of(at));
    boolean better = true;
    int from = 0;
    while (better) {
      better = false;
      List<LoopTree> all = neighbours.of(at);
      for (int i = 0; i < all.size(); i++) {
        // goes on where the last step was found, so that every kind of change has its turn
        LoopTree raw = all.get((from + i) % all.size());
        LoopTree next = seen.add(raw) ? repair.into(raw).orElse(null) : null;
        if (next == null || (!next.equals(raw) && !seen.add(next))) {
          continue;
        }
        if (evaluated >= end || problem.options.monitor().stop()) {
          return;
        }
        Score found = score(next);
        if (found != null && found.betterThan(score)) {
          at = next;
          score = found;
          better = true;
          end = Math.min(last, evaluated + patience);
          from = (from + i) % all.size();
          break;
        }
      }
    }
  }

  private @Nullable Score score(LoopTree mapping) {
    evaluated++;
    try {
      Evaluation e =
          Evaluator.evaluate(
              problem.einsum,
              problem.architecture,
              DenseModel.analyzeLegal(problem.einsum, problem.architecture, mapping, known)
                  .counts(),
              problem.options.policy());
      int broken = broken(mapping, e);
      if (broken == 0 && !best.prunes(e.energyPj(), e.latencyCycles())) {
        best.offer(e.energyPj(), e.latencyCycles(), mapping);
      }
      return new Score(
          broken,
          best.value(e.energyPj(), e.latencyCycles()),
          best.tie(e.energyPj(), e.latencyCycles()));
    } catch (InvalidSpecException e) {
      return null; // does not fit, or asks for an action that is not declared: no mapping
    }
  }

  private int broken(LoopTree mapping, Evaluation e) {
    int broken = 0;
    for (Constraint c : problem.options.constraints().all()) {
      var one = new Constraints(List.of(c));
      broken +=
          one.violatedBy(problem.einsum, problem.architecture, mapping).isPresent()
                  || one.violatedBy(e).isPresent()
              ? 1
              : 0;
    }
    return broken;
  }
}
