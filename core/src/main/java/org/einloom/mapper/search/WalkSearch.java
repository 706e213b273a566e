package org.einloom.mapper.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.einloom.constraint.Constraint;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.Evaluator;
import org.einloom.mapper.SearchMonitor;
import org.einloom.mapping.LoopTree;
import org.einloom.model.DenseModel;
import org.einloom.model.KnownMoves;
import org.einloom.workload.InvalidSpecException;

/**
 * Searches every mapspace: all tilings, tensors and constraints. Walks through it depth first from
 * the outside in, placement by placement, and leaves out what {@link PartialCost} shows to be no
 * better than what is known and what {@link Equals} shows to be the same. Exact where the space is
 * small; where it is too large for the work it may do, it answers with a bound.
 */
final class WalkSearch {
  /** Evaluations that one search of a small problem may make; each takes some 50 us or more. */
  static final long MOST_WORK = 100_000;

  /**
   * How often it may be asked how tiles move that do not divide: what most of the time goes into
   * where there are many memories, fanouts and loops. Some 5 us each.
   */
  private static final long MOST_ASKED = 500_000;

  /** The same of a large one, where each takes some 1 to 10 ms, and there is little hope. */
  private static final long MOST_WORK_IF_LARGE = 100;

  /** More points than this make a problem large. */
  private static final long LARGE = 5_000;

  /** How long to improve one of the mappings to begin with, of a large problem. */
  private static final long PATIENCE_WITH_EACH = 40;

  /** How long to improve the best of these. */
  private static final long PATIENCE_WITH_BEST = 150;

  /** The same of a small problem. */
  private static final long LITTLE_PATIENCE = 20;

  /** So many placements are bounded whatever the time: without them a bound says little. */
  private static final int FEW_PLACEMENTS = 64;

  private final Problem problem;
  private final Incumbents best;
  private final Tiles tiles;
  private final KnownMoves known = new KnownMoves();
  private final PartialCost partial;
  private final SearchMonitor monitor;
  private final Trials trials;
  private long mostWork;
  private long mostAsked;

  double lowerBound = Double.NEGATIVE_INFINITY;
  boolean proven;
  long evaluated;
  long pruned;
  private long steps;
  private boolean stopped;

  WalkSearch(Problem problem, Incumbents best, long mostWork) {
    this.problem = problem;
    this.best = best;
    this.mostWork = mostWork;
    tiles = new Tiles(problem);
    partial = new PartialCost(problem, tiles, known);
    trials = new Trials(problem, best, tiles, known);
    monitor = problem.options.monitor();
  }

  private record Open(double value, double tie, Placement placement) {}

  /** Good mappings first; of a small problem few, as the walk finds the rest. */
  private void begin(List<Placement> placements) {
    boolean large = problem.einsum.computes() > LARGE;
    placements.stream()
        .min(Comparator.comparingInt(WalkSearch::nodes))
        .ifPresent(p -> trials.improve(smallestTiles(p), 1));
    List<LoopTree> seeds = Seeding.of(problem);
    for (LoopTree seed : seeds) {
      trials.improve(seed, large ? PATIENCE_WITH_EACH : LITTLE_PATIENCE);
    }
    if (best.mapping != null) {
      trials.improve(best.mapping, large ? PATIENCE_WITH_BEST : LITTLE_PATIENCE);
    }
    evaluated = trials.evaluated;
    // where nothing is known yet, nothing can be left out
    long times = best.mapping == null ? 8 : 1;
    long work = mostWork * times;
    mostAsked = known.asked() + MOST_ASKED * times;
    mostWork = evaluated + (large ? Math.min(work, MOST_WORK_IF_LARGE) : work);
  }

  private static int nodes(Placement placement) {
    int nodes = 0;
    for (int[] chain : placement.chains()) {
      nodes += chain.length;
    }
    return nodes;
  }

  /** All loops outside of all nodes but the outermost. */
  private LoopTree smallestTiles(Placement placement) {
    Walk walk = new Walk(problem, placement, tiles);
    for (int v = 0; v < problem.variables; v++) {
      if (walk.tile[v] > 1) {
        walk.go(new Walk.For(v, 1));
      }
    }
    for (int t = 0; t < walk.chain.length; t++) {
      while (walk.placed[t] < walk.chain[t].length) {
        walk.go(new Walk.Keep(t));
      }
    }
    return walk.mapping();
  }

  /**
   * Whether a factor is asked for that no perfect tiles have: the bounds of loops over a variable
   * multiply to a divisor of its extent.
   */
  private boolean impossible() {
    for (Constraint c : problem.options.constraints().all()) {
      if (c instanceof Constraint.TemporalFactor f) {
        int v = problem.number(f.variable());
        if (v >= 0 && !tiles.imperfect(v)) {
          boolean any = false;
          for (long d = 1; d <= problem.extent[v] && !any; d++) {
            any = problem.extent[v] % d == 0 && d >= f.least() && d <= f.most();
          }
          if (!any) {
            return true;
          }
        }
      }
    }
    return false;
  }

  void run() {
    if (impossible()) {
      proven = true;
      return;
    }
    List<Placement> placements = Placement.all(problem);
    begin(placements);
    stopped = monitor.stop();
    List<Open> open = new ArrayList<>();
    for (int i = 0; i < placements.size(); i++) {
      if (i >= FEW_PLACEMENTS && monitor.stop()) {
        partial.ofAny();
        lowerBound = Math.min(best.value, best.value(partial.energyPj, partial.cycles));
        return;
      }
      Placement placement = placements.get(i);
      if (partial.of(new Walk(problem, placement, tiles))
          && !best.prunes(partial.energyPj, partial.cycles)) {
        open.add(
            new Open(
                best.value(partial.energyPj, partial.cycles),
                best.tie(partial.energyPj, partial.cycles),
                placement));
      }
    }
    open.sort(Comparator.comparingDouble(Open::value).thenComparingDouble(Open::tie));
    for (Open o : open) {
      lowerBound = Math.max(lowerBound, Math.min(best.value, o.value));
      walk(new Walk(problem, o.placement, tiles));
      if (stopped) {
        return;
      }
    }
    proven = true;
    lowerBound = best.value;
  }

  private void walk(Walk walk) {
    if (watch()) {
      return;
    }
    if (walk.complete()) {
      leaf(walk.mapping());
      return;
    }
    if (!walk.path.isEmpty()) {
      evaluated++;
      if (!partial.of(walk) || best.prunes(partial.energyPj, partial.cycles)) {
        pruned++;
        return;
      }
    }
    for (Walk.Move move : walk.moves()) {
      Walk.Before before = walk.go(move);
      walk(walk);
      walk.back(before);
      if (stopped) {
        return;
      }
    }
  }

  private boolean watch() {
    if ((++steps & 15) == 0) {
      monitor.report(best.value, Math.min(lowerBound, best.value), evaluated);
      stopped |= monitor.stop();
    }
    stopped |= evaluated + steps / 64 > mostWork || known.asked() > mostAsked;
    return stopped;
  }

  private void leaf(LoopTree mapping) {
    if (problem
        .options
        .constraints()
        .violatedBy(problem.einsum, problem.architecture, mapping)
        .isPresent()) {
      return;
    }
    evaluated++;
    try {
      Evaluation e =
          Evaluator.evaluate(
              problem.einsum,
              problem.architecture,
              DenseModel.analyzeLegal(problem.einsum, problem.architecture, mapping, known)
                  .counts(),
              problem.options.policy());
      if (!best.prunes(e.energyPj(), e.latencyCycles())
          && problem.options.constraints().violatedBy(e).isEmpty()) {
        best.offer(e.energyPj(), e.latencyCycles(), mapping);
      }
    } catch (InvalidSpecException e) {
      // does not fit, or asks for an action that is not declared: no mapping
    }
  }
}
