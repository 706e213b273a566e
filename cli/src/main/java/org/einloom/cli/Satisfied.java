package org.einloom.cli;

import java.util.Optional;
import org.einloom.arch.Architecture;
import org.einloom.constraint.Constraint;
import org.einloom.constraint.Constraints;
import org.einloom.mapper.MappingResult;
import org.einloom.workload.Einsum;

/** Holds the answer of a search, whatever it was made by, against what was asked. */
final class Satisfied {
  private Satisfied() {}

  /** The result, unless its mapping breaks a constraint: then none was found. */
  static MappingResult orNone(
      MappingResult result, Einsum einsum, Architecture architecture, Constraints constraints) {
    if (!(result instanceof MappingResult.Found found)) {
      return result;
    }
    Optional<Constraint> broken =
        constraints
            .violatedBy(einsum, architecture, found.mapping())
            .or(() -> constraints.violatedBy(found.evaluation()));
    return broken
        .<MappingResult>map(
            c ->
                new MappingResult.None(
                    "the best mapping found does not satisfy " + c.origin(), false))
        .orElse(result);
  }
}
