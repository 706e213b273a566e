package org.einloom.mapper.sparse;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.Objective;
import org.einloom.mapper.ParetoPoint;
import org.einloom.mapping.LoopTree;
import org.einloom.model.sparse.SparseAnalysis;
import org.einloom.sparsity.Sparsity;
import org.jspecify.annotations.Nullable;

/**
 * The best mappings known so far: the one of least value, or all that no other one known beats in
 * both energy and latency.
 */
final class Known {
  /** Below this difference two sums of doubles are the same number. */
  private static final double ROUNDING = 1e-11;

  /**
   * A mapping and what it costs.
   *
   * @param energyPj leakage included
   * @param analysis what it was counted by, where that takes its time; not of the points of a
   *     front, of which there are many
   */
  record Point(
      double value,
      double energyPj,
      double cycles,
      LoopTree mapping,
      Evaluation evaluation,
      Sparsity sparsity,
      Optional<SparseAnalysis> analysis) {}

  /** What a mapping costs by the model, and what that was counted by, as in a {@link Point}. */
  record Counted(Evaluation evaluation, Optional<SparseAnalysis> analysis) {}

  /** Whether the front is asked for. */
  final boolean front;

  private final Problem problem;

  /** Of the front points of a larger energy-delay product, pJ s, are not asked for. */
  private final double within;

  /** By energy, no two alike; so cycles fall while energies rise. */
  private final NavigableMap<Double, Point> points = new TreeMap<>();

  private @Nullable Point least;

  /** The least value known. */
  double value = Double.POSITIVE_INFINITY;

  /** One mapping is asked for. */
  Known(Problem problem) {
    this(problem, false, Double.POSITIVE_INFINITY);
  }

  Known(Problem problem, boolean front, double within) {
    this.problem = problem;
    this.front = front;
    this.within = within;
  }

  /** Whether nothing that costs at least so much is asked for any more. */
  boolean prunes(double atLeast, double energyPj, double cycles) {
    if (!front) {
      return atLeast >= atMost();
    }
    if (atLeast == Double.POSITIVE_INFINITY || edp(energyPj, cycles) > within * (1 + ROUNDING)) {
      return true;
    }
    // of those that cost no more energy the one that costs most is the fastest
    Map.Entry<Double, Point> p = points.floorEntry(energyPj * (1 + ROUNDING));
    return p != null && p.getValue().cycles <= cycles * (1 + ROUNDING);
  }

  /** Of one mapping, only a lower value than this is asked for. */
  double atMost() {
    return value * (1 - ROUNDING);
  }

  boolean prunes(State s) {
    return prunes(s.bound, s.energyPj, s.cycles);
  }

  boolean prunes(Selection.Best b) {
    return prunes(b.value(), b.energyPj(), b.cycles());
  }

  /** The energy-delay product, pJ s. */
  double edp(double energyPj, double cycles) {
    return Objective.EDP.value(energyPj, cycles / problem.architecture.clockHz());
  }

  /** What a mapping costs by the model. */
  Point point(LoopTree mapping, Counted of, Sparsity sparsity) {
    Evaluation e = of.evaluation();
    return new Point(
        problem.objective.value(e),
        e.energyPj(),
        e.latencyCycles(),
        mapping,
        e,
        sparsity,
        front ? Optional.empty() : of.analysis());
  }

  boolean prunes(Point p) {
    return prunes(p.value, p.energyPj, p.cycles);
  }

  /** Takes one that is not pruned; those that it makes superfluous go. */
  void take(Point p) {
    if (!front) {
      value = p.value;
      least = p;
      return;
    }
    points
        .tailMap(p.energyPj * (1 - ROUNDING), true)
        .values()
        .removeIf(q -> p.cycles <= q.cycles * (1 + ROUNDING));
    points.put(p.energyPj, p);
    value = Math.min(value, p.value);
  }

  /**
   * The one of least value, of several alike the one of least energy-delay product; nothing if none
   * is known.
   */
  @Nullable Point best() {
    if (!front) {
      return least;
    }
    double most =
        points.values().stream().mapToDouble(Point::value).min().orElse(0) * (1 + ROUNDING);
    return points.values().stream()
        .filter(p -> p.value <= most)
        .min(Comparator.comparingDouble(p -> edp(p.energyPj, p.cycles)))
        .orElse(null);
  }

  /** The front by falling energy; nothing if it is not asked for. */
  List<ParetoPoint> points() {
    var all = new ArrayList<ParetoPoint>();
    for (Point p : points.descendingMap().values()) {
      all.add(new ParetoPoint(p.mapping, p.evaluation, Optional.of(p.sparsity)));
    }
    return all;
  }
}
