package org.einloom.evolution;

import io.jenetics.IntegerGene;
import io.jenetics.ext.moea.NSGA2Selector;
import io.jenetics.ext.moea.UFTournamentSelector;
import java.util.List;
import java.util.Map;
import org.einloom.explore.Goal;
import org.einloom.explore.Limit;
import org.einloom.explore.PointResult;
import org.einloom.explore.PointResult.Cut;
import org.einloom.explore.PointResult.Evaluated;
import org.einloom.explore.PointResult.Infeasible;
import org.einloom.explore.Study;

/**
 * How good a point is, for breeding. Of two points the one that is less beyond the limits is
 * better, whatever else; of two within the limits, one that is better in an objective and worse in
 * none (constrained domination: Deb, Pratap, Agarwal and Meyarivan, A fast and elitist
 * multiobjective genetic algorithm: NSGA-II, IEEE Transactions on Evolutionary Computation 6(2),
 * 2002, definition 1).
 *
 * @param excess how far it is beyond the limits, the sum of the shares of the limits; 0 within
 *     them, infinite for what is no design or has no mapping
 * @param costs by objective, less is better. Of a point that was cut its bounds: they are beaten by
 *     another point, and rank it low as its costs would
 */
record Merit(double excess, List<Double> costs) implements Comparable<Merit> {
  Merit {
    costs = List.copyOf(costs);
  }

  /** Of a point that is finished. */
  static Merit of(Study study, PointResult result) {
    return switch (result.outcome()) {
      case Evaluated e -> of(study, e.measures());
      case Cut c -> of(study, c.bounds());
      case Infeasible i ->
          new Merit(Double.POSITIVE_INFINITY, study.objectives().stream().map(g -> 0.0).toList());
    };
  }

  private static Merit of(Study study, Map<String, Double> measures) {
    double excess = 0;
    for (Limit l : study.limits()) {
      double value = at(measures, l.measure().label());
      excess += Math.max(share(value - l.most(), l.most()), share(l.least() - value, l.least()));
    }
    return new Merit(excess, study.objectives().stream().map(g -> cost(g, measures)).toList());
  }

  private static double cost(Goal goal, Map<String, Double> measures) {
    double cost = goal.cost(at(measures, goal.measure().label()));
    return Math.clamp(cost, -Double.MAX_VALUE, Double.MAX_VALUE); // distances stay numbers
  }

  private static double at(Map<String, Double> measures, String label) {
    Double value = measures.get(label);
    if (value == null || value.isNaN()) {
      throw new IllegalStateException("nothing is known of '" + label + "'");
    }
    return value;
  }

  /** The excess over a limit as a share of it; 0 where there is none. */
  private static double share(double excess, double limit) {
    return excess > 0 ? excess / Math.max(Math.abs(limit), Double.MIN_NORMAL) : 0;
  }

  /** Positive where this one is better, negative where the other is, 0 where neither is. */
  int dominance(Merit other) {
    if (excess != other.excess) {
      return excess < other.excess ? 1 : -1;
    }
    boolean better = false;
    boolean worse = false;
    for (int i = 0; i < costs.size(); i++) {
      better |= costs.get(i) < other.costs.get(i);
      worse |= costs.get(i) > other.costs.get(i);
    }
    return better == worse ? 0 : better ? 1 : -1;
  }

  /** The order of one objective, the better the larger. */
  private int compare(Merit other, int objective) {
    return Double.compare(other.costs.get(objective), costs.get(objective));
  }

  private double distance(Merit other, int objective) {
    return Math.abs(costs.get(objective) - other.costs.get(objective));
  }

  /** Keeps the best: those that fewest others beat, and of equals those in empty regions. */
  static NSGA2Selector<IntegerGene, Merit> best() {
    return new NSGA2Selector<>(
        Merit::dominance, Merit::compare, Merit::distance, m -> m.costs.size());
  }

  /** Draws pairs, of which the better one wins. */
  static UFTournamentSelector<IntegerGene, Merit> tournament() {
    return new UFTournamentSelector<>(
        Merit::dominance, Merit::compare, Merit::distance, m -> m.costs.size());
  }

  /** That of {@link #dominance}: no total order. */
  @Override
  public int compareTo(Merit other) {
    return dominance(other);
  }
}
