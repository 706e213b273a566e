package org.einloom.mapper;

import org.einloom.arch.Architecture;
import org.einloom.evaluation.Objective;
import org.einloom.mapper.search.Searches;
import org.einloom.workload.Einsum;

/** Finds the best mapping of the whole mapspace and proves that there is none better. */
public final class ExactMapper implements Mapper {
  @Override
  public MappingResult map(
      Einsum einsum, Architecture architecture, Objective objective, MapperOptions options) {
    return Searches.run(einsum, architecture, objective, options);
  }
}
