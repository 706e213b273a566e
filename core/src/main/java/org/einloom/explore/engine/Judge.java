package org.einloom.explore.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;
import org.einloom.explore.Budget;
import org.einloom.explore.Goal;
import org.einloom.explore.Limit;
import org.einloom.explore.Measure;
import org.einloom.explore.PointResult.Evaluated;
import org.einloom.explore.Study;

/** What a study makes of figures, and of bounds of them. */
final class Judge {
  private final Study study;

  /** All that answers depend on: points that are beaten in all of it are no answer to anything. */
  private final List<Goal> stakes;

  Judge(Study study) {
    this.study = study;
    List<Goal> all = new ArrayList<>(study.objectives());
    for (Budget b : study.budgets()) {
      all.add(b.best());
      for (Limit l : b.limits()) {
        if (Double.isFinite(l.most())) {
          all.add(Goal.least(l.measure()));
        }
        if (Double.isFinite(l.least())) {
          all.add(new Goal(l.measure(), true));
        }
      }
    }
    stakes = all.stream().distinct().toList();
  }

  /**
   * Figures of all workloads of a point, or bounds of them.
   *
   * @param leakageW of the design: no power is less
   * @param given the values of tables
   * @param workloads in the order of the study
   */
  record Figures(
      double areaUm2, double leakageW, Map<String, Double> given, List<Cost> workloads) {}

  /**
   * What a workload costs.
   *
   * @param weight how often it runs
   * @param energyPj of one run
   * @param latencyS of one run
   */
  record Cost(double weight, double energyPj, double latencyS) {}

  /** Every measure by its label. */
  SequencedMap<String, Double> values(Figures f) {
    var values = new LinkedHashMap<String, Double>();
    study.measures().forEach(m -> values.put(m.label(), value(m, f)));
    return values;
  }

  /** The same of bounds, which power has another one of; without those of which there is none. */
  SequencedMap<String, Double> bounds(Figures f) {
    var values = new LinkedHashMap<String, Double>();
    study.measures().forEach(m -> values.put(m.label(), bound(m, f)));
    return values;
  }

  private double bound(Measure m, Figures f) {
    return m.name().equals(Measure.POWER) ? f.leakageW() : value(m, f);
  }

  private double value(Measure m, Figures f) {
    double energy = sum(m, f, Cost::energyPj);
    double latency = sum(m, f, Cost::latencyS);
    return switch (m.name()) {
      case Measure.ENERGY -> energy;
      case Measure.LATENCY -> latency;
      case Measure.EDP -> energy * latency;
      case Measure.POWER -> energy * 1e-12 / latency;
      case Measure.AREA -> f.areaUm2();
      default ->
          Optional.ofNullable(f.given().get(m.name()))
              .orElseThrow(() -> new IllegalArgumentException("nobody gives " + m.name()));
    };
  }

  private double sum(Measure m, Figures f, ToDoubleFunction<Cost> of) {
    double sum = 0;
    for (int i = 0; i < f.workloads().size(); i++) {
      Cost cost = f.workloads().get(i);
      if (m.workload().isEmpty()) {
        sum += cost.weight() * of.applyAsDouble(cost);
      } else if (m.workload().get().equals(study.workloads().get(i))) {
        sum = of.applyAsDouble(cost);
      }
    }
    return sum;
  }

  /** The limits that a point does not keep to. */
  List<String> broken(Evaluated e) {
    return study.limits().stream()
        .filter(l -> !l.allows(at(e.measures(), l.measure())))
        .map(Limit::origin)
        .toList();
  }

  /** The first limit that no mapping keeps to. */
  Optional<Limit> beyond(Map<String, Double> bounds) {
    return study.limits().stream()
        .filter(
            l -> {
              double bound = at(bounds, l.measure());
              return bound > l.most() || (l.measure().isGiven() && bound < l.least());
            })
        .findFirst();
  }

  /** By objective, less is better. */
  double[] objectives(Map<String, Double> values) {
    return costs(study.objectives(), values, false);
  }

  /** By all that answers depend on, less is better. */
  double[] stakes(Map<String, Double> values) {
    return costs(stakes, values, false);
  }

  /** The same of bounds: of what is to be large, nothing is known unless it is given. */
  double[] boundedStakes(Map<String, Double> bounds) {
    return costs(stakes, bounds, true);
  }

  private static double[] costs(List<Goal> goals, Map<String, Double> values, boolean bounds) {
    double[] costs = new double[goals.size()];
    for (int i = 0; i < costs.length; i++) {
      Goal g = goals.get(i);
      boolean unknown = bounds && g.maximise() && !g.measure().isGiven();
      costs[i] = unknown ? Double.NEGATIVE_INFINITY : g.cost(at(values, g.measure()));
    }
    return costs;
  }

  /** Whether a point keeps to the limits of a budget. */
  static boolean within(Budget b, Evaluated e) {
    return b.limits().stream().allMatch(l -> l.allows(at(e.measures(), l.measure())));
  }

  /** What a budget's question is about; less is better. */
  static double cost(Budget b, Evaluated e) {
    return b.best().cost(at(e.measures(), b.best().measure()));
  }

  private static double at(Map<String, Double> values, Measure m) {
    return Optional.ofNullable(values.get(m.label())).orElseThrow();
  }
}
