package org.einloom.explore;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.einloom.arch.Design;
import org.einloom.constraint.Constraints;
import org.einloom.mapper.Tiling;
import org.einloom.sparsity.SparseLayer;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.Workload;

/** Makes a design and its workloads of a point. May be called from several threads at once. */
@FunctionalInterface
public interface PointBuilder {
  /**
   * What a point stands for.
   *
   * @param design the hardware
   * @param workloads in the order of the study
   * @param constraints what is asked of every mapping
   * @param tiling which tile sizes there are
   * @param given the values of measures that come from tables, by name
   * @param sparsity of each workload, what is sparse about its layers; empty where nothing is
   * @param weights of each workload, how often it runs, relative to the others; more than 0
   */
  record Candidate(
      Design design,
      List<Workload> workloads,
      Constraints constraints,
      Tiling tiling,
      Map<String, Double> given,
      List<Optional<LayerSparsity>> sparsity,
      List<Double> weights) {
    /** One whose tensors are all dense, and whose workloads run equally often. */
    public Candidate(
        Design design,
        List<Workload> workloads,
        Constraints constraints,
        Tiling tiling,
        Map<String, Double> given) {
      this(
          design,
          workloads,
          constraints,
          tiling,
          given,
          Collections.nCopies(workloads.size(), Optional.empty()),
          Collections.nCopies(workloads.size(), 1.0));
    }

    public Candidate {
      workloads = List.copyOf(workloads);
      given = Map.copyOf(given);
      sparsity = List.copyOf(sparsity);
      weights = List.copyOf(weights);
      if (sparsity.size() != workloads.size() || weights.size() != workloads.size()) {
        throw new IllegalArgumentException("the sparsity or the weights of other workloads");
      }
    }
  }

  /** What is sparse about the layers of a workload. */
  @FunctionalInterface
  interface LayerSparsity {
    /**
     * What is sparse about a computation that is mapped once.
     *
     * @param layers the names of all layers that do it
     * @throws InvalidSpecException if it is not the same for all
     */
    SparseLayer of(List<String> layers);
  }

  /**
   * The candidate.
   *
   * @throws InvalidSpecException if there is no such design or workload
   */
  Candidate build(Point point);
}
