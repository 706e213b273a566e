package org.einloom.explore.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.einloom.arch.Architecture;
import org.einloom.constraint.Constraints;
import org.einloom.explore.PointBuilder.Candidate;
import org.einloom.explore.PointBuilder.LayerSparsity;
import org.einloom.explore.Study;
import org.einloom.explore.solve.Canonical;
import org.einloom.explore.solve.Floor;
import org.einloom.explore.solve.MappingProblem;
import org.einloom.explore.solve.SparseProblems;
import org.einloom.sparsity.SparseLayer;
import org.einloom.workload.Layer;
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
   * @throws org.einloom.workload.InvalidSpecException if no compute offers what a layer needs, or
   *     it is sparse in a way that is not searched
   */
  static List<List<Task>> of(Study study, Candidate candidate) {
    List<List<Task>> workloads = new ArrayList<>();
    for (int i = 0; i < candidate.workloads().size(); i++) {
      Workload w = candidate.workloads().get(i);
      Optional<LayerSparsity> sparsity = candidate.sparsity().get(i);
      List<Task> tasks = new ArrayList<>();
      for (DistinctLayer d : w.distinctLayers()) {
        Optional<SparseLayer> sparse = sparsity.map(s -> s.of(names(w, d)));
        tasks.add(
            new Task(
                d,
                candidate.design().offering(d.layer().einsum()).stream()
                    .map(path -> onPath(study, candidate, d, path, sparse))
                    .toList()));
      }
      workloads.add(tasks);
    }
    return workloads;
  }

  /** The layers that are the same computation. */
  private static List<String> names(Workload w, DistinctLayer d) {
    return w.layers().stream()
        .filter(l -> l.computation().equals(d.layer().computation()))
        .map(Layer::name)
        .toList();
  }

  private static OnPath onPath(
      Study study,
      Candidate candidate,
      DistinctLayer d,
      Architecture path,
      Optional<SparseLayer> sparse) {
    Constraints asked = candidate.constraints().on(path);
    var real =
        new MappingProblem(
            d.layer().einsum(), path, study.mapping(), asked, candidate.tiling(), sparse);
    SparseProblems.check(real);
    return new OnPath(real, Canonical.of(real));
  }

  private static Floor floor(MappingProblem p) {
    return p.sparse()
        .map(s -> SparseProblems.floor(p, s))
        .orElseGet(() -> Floor.of(p.einsum(), p.architecture()));
  }

  /** What each workload costs at least. */
  static List<Judge.Cost> floors(Candidate candidate, List<List<Task>> workloads) {
    List<Judge.Cost> floors = new ArrayList<>();
    for (int i = 0; i < workloads.size(); i++) {
      floors.add(floor(candidate.weights().get(i), workloads.get(i)));
    }
    return floors;
  }

  private static Judge.Cost floor(double weight, List<Task> tasks) {
    double energy = 0;
    double latency = 0;
    for (Task t : tasks) {
      Floor least = t.paths().stream().map(p -> floor(p.real())).reduce(Floor::or).orElseThrow();
      energy += t.layer().repeats() * least.energyPj();
      latency += t.layer().repeats() * least.latencyS();
    }
    return new Judge.Cost(weight, energy, latency);
  }
}
