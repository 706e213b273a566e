package org.einloom.explore;

import java.util.List;
import java.util.Map;
import org.einloom.arch.Design;
import org.einloom.constraint.Constraints;
import org.einloom.mapper.Tiling;
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
   */
  record Candidate(
      Design design,
      List<Workload> workloads,
      Constraints constraints,
      Tiling tiling,
      Map<String, Double> given) {
    public Candidate {
      workloads = List.copyOf(workloads);
      given = Map.copyOf(given);
    }
  }

  /**
   * The candidate.
   *
   * @throws InvalidSpecException if there is no such design or workload
   */
  Candidate build(Point point);
}
