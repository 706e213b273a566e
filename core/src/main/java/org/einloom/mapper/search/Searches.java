package org.einloom.mapper.search;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.einloom.arch.Architecture;
import org.einloom.constraint.Constraint;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.Evaluator;
import org.einloom.evaluation.Objective;
import org.einloom.mapper.HeuristicMapper;
import org.einloom.mapper.MapperOptions;
import org.einloom.mapper.MappingResult;
import org.einloom.mapper.Optimality;
import org.einloom.mapper.ParetoPoint;
import org.einloom.mapper.SearchLog;
import org.einloom.mapping.LoopTree;
import org.einloom.model.DenseModel;
import org.einloom.workload.Einsum;

/** Runs the search that fits a problem, and words its answer. */
public final class Searches {
  private Searches() {}

  /** The answer for one Einsum. */
  public static MappingResult run(
      Einsum einsum, Architecture architecture, Objective objective, MapperOptions options) {
    if (!exact(einsum, architecture, objective, options)) {
      // TODO: searched heuristically until the walk through every mapping is here
      return new HeuristicMapper().map(einsum, architecture, objective, options);
    }
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    Problem p = new Problem(einsum, architecture, objective, options);
    double maxEnergy = Double.POSITIVE_INFINITY;
    double maxLatency = Double.POSITIVE_INFINITY;
    for (Constraint c : options.constraints().all()) {
      if (c instanceof Constraint.MaxEnergy e) {
        maxEnergy = Math.min(maxEnergy, e.energyPj());
      } else if (c instanceof Constraint.MaxLatency l) {
        maxLatency = Math.min(maxLatency, l.latencyS());
      }
    }
    Incumbents best =
        new Incumbents(objective, options.front(), architecture.clockHz(), maxEnergy, maxLatency);
    ExactSearch search = new ExactSearch(p, best);
    search.run();
    double cpuS = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) * 1e-9;
    if (best.mapping == null) {
      return new MappingResult.None("no mapping", search.proven);
    }
    Evaluation evaluation = evaluate(p, best.mapping);
    double value = objective.value(evaluation);
    if (Math.abs(value - best.value) > 1e-9 * Math.abs(value)) {
      throw new IllegalStateException("search says %s, model says %s".formatted(best.value, value));
    }
    boolean proven = search.proven;
    List<ParetoPoint> front = new ArrayList<>();
    best.points.sort(
        Comparator.comparingDouble(Incumbents.Point::energyPj)
            .reversed()
            .thenComparingDouble(Incumbents.Point::cycles));
    for (Incumbents.Point point : best.points) {
      front.add(new ParetoPoint(point.mapping(), evaluate(p, point.mapping())));
    }
    return new MappingResult.Found(
        best.mapping,
        evaluation,
        new Optimality(
            proven ? Optimality.Status.OPTIMAL : Optimality.Status.BOUNDED,
            objective,
            value,
            OptionalDouble.of(proven ? value : Math.min(value, search.lowerBound)),
            Optional.empty(),
            OptionalLong.of(search.evaluated()),
            OptionalDouble.of(cpuS)),
        front,
        new SearchLog(
            List.of(
                new SearchLog.Pruned("dominated", search.dominated()),
                new SearchLog.Pruned("bound", search.prunedLabels()),
                new SearchLog.Pruned("structures", search.structures - search.structuresSearched)),
            List.of()));
  }

  /** Whether the linear cost of a {@link Structure} is what a mapping costs. */
  private static boolean exact(
      Einsum einsum, Architecture architecture, Objective objective, MapperOptions options) {
    boolean perfect =
        einsum.variables().stream().noneMatch(v -> options.tiling().imperfect(v.name()));
    boolean free =
        options.constraints().all().stream()
            .noneMatch(
                c -> c instanceof Constraint.TemporalFactor || c instanceof Constraint.LoopOrder);
    return perfect && free && new Problem(einsum, architecture, objective, options).covered();
  }

  static Evaluation evaluate(Problem p, LoopTree mapping) {
    var counts = DenseModel.analyze(p.einsum, p.architecture, mapping).counts();
    return Evaluator.evaluate(p.einsum, p.architecture, counts, p.options.policy());
  }
}
