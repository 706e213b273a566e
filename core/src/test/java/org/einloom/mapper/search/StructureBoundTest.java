package org.einloom.mapper.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.einloom.evaluation.Evaluation;
import org.junit.jupiter.api.Test;

/**
 * What a structure costs at least, with all of its fanouts spread or only the outermost, is no more
 * than any of its mappings costs.
 */
class StructureBoundTest {
  @Test
  void noMappingCostsLess() {
    SmallProblems.check(
        "bounds of structures",
        50,
        300,
        p -> SmallProblems.any(p) && p.fanouts.length > 0,
        (problem, random) -> holds(problem));
  }

  /** Returns how many mappings were looked at. */
  static int holds(Problem problem) {
    var every = new EveryStructure(problem);
    int[] seen = {0};
    every.mappings.forEach(
        (key, mappings) -> {
          Spread[] spreads = every.spreads(key);
          for (int assigned = 0; assigned <= spreads.length; assigned++) {
            var s = new Structure(problem, EveryStructure.placement(key), spreads, assigned);
            double[] least = s.least();
            for (var m : mappings) {
              if (m.cost().isPresent()) {
                Evaluation e = m.cost().get();
                String what = assigned + " fanouts spread for " + m.mapping();
                assertThat(s.impossible).as(what).isFalse();
                assertThat(least[0])
                    .as("energy, " + what)
                    .isLessThanOrEqualTo(e.energyPj() * (1 + 1e-9) + 1e-9);
                assertThat(least[1])
                    .as("cycles, " + what)
                    .isLessThanOrEqualTo(e.latencyCycles() * (1 + 1e-9));
                seen[0]++;
              }
            }
          }
        });
    return seen[0];
  }
}
