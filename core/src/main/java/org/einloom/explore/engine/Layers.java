package org.einloom.explore.engine;

import java.util.ArrayList;
import java.util.List;
import org.einloom.arch.Architecture;
import org.einloom.constraint.Constraints;
import org.einloom.explore.PointBuilder.Candidate;
import org.einloom.explore.Study;
import org.einloom.explore.solve.Canonical;
import org.einloom.explore.solve.Floor;
import org.einloom.explore.solve.MappingProblem;
import org.einloom.workload.Workload;
import org.einloom.workload.Workload.DistinctLayer;

/** The mapping problems of a candidate, layer by layer. */
final class Layers {
  private Layers() {}

  /**
   * One layer on one path of the design.
   *
   * @param real as the user gave it
   * @param canonical without what does not matter
   */
  record OnPath(MappingProblem real, Canonical canonical) {}

  /**
   * A distinct layer.
   *
   * @param paths those that offer its operation, at least one
   */
  record Task(DistinctLayer layer, List<OnPath> paths) {}

  /**
   * Of every workload the problems of its distinct layers.
   *
   * @throws org.einloom.workload.InvalidSpecException if no compute offers what a layer needs
   */
  static List<List<Task>> of(Study study, Candidate candidate) {
    List<List<Task>> workloads = new ArrayList<>();
    for (Workload w : candidate.workloads()) {
      List<Task> tasks = new ArrayList<>();
      for (DistinctLayer d : w.distinctLayers()) {
        tasks.add(
            new Task(
                d,
                candidate.design().offering(d.layer().einsum()).stream()
                    .map(path -> onPath(study, candidate, d, path))
                    .toList()));
      }
      workloads.add(tasks);
    }
    return workloads;
  }

  private static OnPath onPath(
      Study study, Candidate candidate, DistinctLayer d, Architecture path) {
    Constraints asked = candidate.constraints().on(path);
    var real =
        new MappingProblem(d.layer().einsum(), path, study.mapping(), asked, candidate.tiling());
    return new OnPath(real, Canonical.of(real));
  }

  /** What a workload costs at least. */
  static Judge.Cost floor(List<Task> tasks) {
    double energy = 0;
    double latency = 0;
    for (Task t : tasks) {
      Floor least =
          t.paths().stream()
              .map(p -> Floor.of(p.real().einsum(), p.real().architecture()))
              .reduce(Floor::or)
              .orElseThrow();
      energy += t.layer().repeats() * least.energyPj();
      latency += t.layer().repeats() * least.latencyS();
    }
    return new Judge.Cost(energy, latency);
  }
}
