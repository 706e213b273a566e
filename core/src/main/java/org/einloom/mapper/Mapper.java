package org.einloom.mapper;

import org.einloom.arch.Architecture;
import org.einloom.evaluation.Objective;
import org.einloom.workload.Einsum;

/** Finds a way to run an Einsum on an architecture. */
public interface Mapper {
  /**
   * Looks for the mapping with the smallest value of the objective.
   *
   * @return what was found and how sure it is that nothing is better, or why there is nothing
   * @throws org.einloom.workload.InvalidSpecException if the architecture lacks what any mapping
   *     needs
   */
  MappingResult map(
      Einsum einsum, Architecture architecture, Objective objective, MapperOptions options);
}
