package org.einloom.explore.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.einloom.evaluation.Charge;
import org.einloom.evaluation.ComponentCost;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.Policy;
import org.einloom.explore.LayerFigures;
import org.einloom.explore.MappedWorkload;
import org.einloom.explore.MappedWorkload.SparseMapping;
import org.einloom.explore.PointBuilder.Candidate;
import org.einloom.explore.PointResult;
import org.einloom.explore.Study;
import org.einloom.explore.WorkloadFigures;
import org.einloom.explore.solve.MappingProblem;
import org.einloom.explore.solve.Solution;
import org.einloom.mapper.Obstacles;
import org.einloom.mapper.Optimality;
import org.einloom.mapping.LoopTree;
import org.einloom.network.LayerResult;
import org.einloom.network.NetworkResult;
import org.einloom.sparsity.Sparsity;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.Layer;

/** Puts the solutions of a point's problems together to what the point costs. */
final class Assembly {
  /** How far the model may be off what the search said, for rounding. */
  private static final double ROUNDING = 1e-9;

  private final Study study;
  private final Judge judge;

  Assembly(Study study, Judge judge) {
    this.study = study;
    this.judge = judge;
  }

  /** Of a point: what came of it, and its workloads. */
  record Whole(PointResult.Outcome outcome, List<MappedWorkload> mapped) {}

  /** A layer, as a record and as part of a network. */
  private record Solved(LayerFigures figures, LayerResult result, Optional<SparseMapping> sparse) {}

  /** A path of the design with what is known of a layer there. */
  record Answer(Layers.OnPath path, Solution solution) {}

  /**
   * The whole.
   *
   * @param answers by workload and layer, those of all paths
   */
  Whole of(Candidate c, List<List<Layers.Task>> tasks, List<List<List<Answer>>> answers) {
    List<WorkloadFigures> figures = new ArrayList<>();
    List<MappedWorkload> mapped = new ArrayList<>();
    for (int w = 0; w < tasks.size(); w++) {
      List<Solved> layers = new ArrayList<>();
      for (int l = 0; l < tasks.get(w).size(); l++) {
        Layers.Task task = tasks.get(w).get(l);
        Optional<Solved> solved = layer(task, answers.get(w).get(l));
        if (solved.isEmpty()) {
          return new Whole(
              new PointResult.Infeasible(noMapping(task, answers.get(w).get(l))), List.of());
        }
        layers.add(solved.get());
      }
      NetworkResult network =
          NetworkResult.of(
              c.workloads().get(w),
              c.design(),
              Policy.DEFAULT.name(),
              study.mapping(),
              layers.stream().map(Solved::result).toList());
      var sparse = new LinkedHashMap<String, SparseMapping>();
      layers.forEach(l -> l.sparse().ifPresent(s -> sparse.put(l.figures().name(), s)));
      mapped.add(new MappedWorkload(network, sparse));
      figures.add(workload(w, c.weights().get(w), layers));
    }
    double areaUm2 = c.design().first().areaUm2();
    var costs =
        figures.stream().map(f -> new Judge.Cost(f.weight(), f.energyPj(), f.latencyS())).toList();
    var values = judge.values(new Judge.Figures(areaUm2, 0, c.given(), costs));
    var whole = new PointResult.Evaluated(areaUm2, values, List.of(), figures);
    return new Whole(
        new PointResult.Evaluated(areaUm2, values, judge.broken(whole), figures), mapped);
  }

  private WorkloadFigures workload(int w, double weight, List<Solved> layers) {
    double energyPj = 0;
    double latencyS = 0;
    long macs = 0;
    for (Solved s : layers) {
      LayerFigures f = s.figures();
      energyPj += f.repeats() * f.energyPj();
      latencyS += f.repeats() * f.latencyS();
      macs += f.repeats() * f.macs();
    }
    return new WorkloadFigures(
        study.workloads().get(w),
        weight,
        macs,
        energyPj,
        latencyS,
        layers.stream().map(Solved::figures).toList());
  }

  private Optional<Solved> layer(Layers.Task task, List<Answer> answers) {
    Answer best = answers.getFirst();
    double lowerBound = Double.POSITIVE_INFINITY;
    for (Answer a : answers) {
      best = a.solution().value() < best.solution().value() ? a : best;
      lowerBound = Math.min(lowerBound, a.solution().lowerBound());
    }
    if (best.solution().mapping().isEmpty()) {
      return Optional.empty();
    }
    LoopTree mapping = best.path().canonical().original(best.solution().mapping().get());
    MappingProblem real = best.path().real();
    Optional<Sparsity> chosen = best.solution().chosen().map(best.path().canonical()::original);
    Evaluation e = real.evaluate(mapping, chosen);
    double value = study.mapping().value(e);
    double expected = best.solution().value();
    if (Math.abs(value - expected) > ROUNDING * expected) {
      throw new IllegalStateException(
          "the mapping of '%s' costs %s; its canonical form %s"
              .formatted(task.layer().layer().name(), value, expected));
    }
    boolean optimal = lowerBound >= expected;
    var optimality =
        new Optimality(
            optimal ? Optimality.Status.OPTIMAL : Optimality.Status.BOUNDED,
            study.mapping(),
            value,
            OptionalDouble.of(optimal ? value : lowerBound),
            OptionalLong.empty(),
            OptionalDouble.empty());
    Layer layer = task.layer().layer();
    return Optional.of(
        new Solved(
            figures(layer, task.layer().repeats(), e, optimality, best),
            new LayerResult(layer, task.layer().repeats(), mapping, e, optimality),
            chosen.map(c -> new SparseMapping(real, mapping, c))));
  }

  private static LayerFigures figures(
      Layer layer, long repeats, Evaluation e, Optimality o, Answer best) {
    double clockHz = best.path().real().architecture().clockHz();
    return new LayerFigures(
        layer.name(),
        repeats,
        layer.macs(),
        e.energyPj(),
        e.latencyS(),
        e.cycles(),
        e.boundBy().orElse(""),
        o.status(),
        o.value(),
        o.lowerBound(),
        e.components().stream().map(c -> component(c, clockHz)).toList());
  }

  private static LayerFigures.ComponentFigures component(ComponentCost c, double clockHz) {
    double leakagePj =
        c.charges().stream()
            .filter(charge -> charge.action().equals(Charge.LEAK))
            .mapToDouble(Charge::energyPj)
            .sum();
    return new LayerFigures.ComponentFigures(
        c.node().name(),
        c.instances(),
        c.energyPj(),
        leakagePj,
        c.latencyCycles() / clockHz,
        c.areaUm2());
  }

  private static String noMapping(Layers.Task task, List<Answer> answers) {
    String layer = task.layer().layer().name();
    boolean proven = answers.stream().allMatch(a -> a.solution().proven());
    if (!proven) {
      return "no mapping of '%s' was found in the time of a layer".formatted(layer);
    }
    var first = answers.getFirst().path().real();
    String instead =
        first.sparse().isPresent()
            ? "no mapping of '%s' fits the memories and can be counted with sparse tensors"
            : "no mapping of '%s' fits the memories and satisfies the constraints";
    try {
      return Obstacles.of(first.einsum(), first.architecture())
          .filter(o -> first.sparse().isEmpty() || o.contains("may not keep"))
          .orElse(instead.formatted(layer));
    } catch (InvalidSpecException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
