package org.einloom.mapper.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.Arrays;
import java.util.List;
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
    var parts = new LeastCost(problem, choices(problem));
    int[] seen = {0};
    every.mappings.forEach(
        (key, mappings) -> {
          Spread[] spreads = every.spreads(key);
          for (int assigned = 0; assigned <= spreads.length; assigned++) {
            var s = new Structure(problem, EveryStructure.placement(key), spreads, assigned);
            double[] least = s.least();
            assertSums(parts, key, s, spreads, assigned);
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

  /** What is added up tensor by tensor is what the whole structure costs. */
  private static void assertSums(
      LeastCost sums, EveryStructure.Key key, Structure whole, Spread[] spreads, int assigned) {
    List<List<Spread>> choices = choices(whole.problem);
    LeastCost.Part[] parts = sums.roots(EveryStructure.placement(key));
    double used = 1;
    for (int f = 0; f < assigned; f++) {
      int choice = 0;
      while (!Arrays.equals(choices.get(f).get(choice).factor(), spreads[f].factor())) {
        choice++;
      }
      var next = new LeastCost.Part[parts.length];
      sums.next(parts, EveryStructure.placement(key), spreads, f, choice, next);
      parts = next;
      used *= (double) spreads[f].used();
    }
    assertThat(sums.sum(parts, assigned, used)).isEqualTo(!whole.impossible);
    if (!whole.impossible) {
      double[] least = whole.least();
      assertThat(sums.energyPj).isCloseTo(least[0], withPercentage(1e-7));
      assertThat(sums.cycles).isCloseTo(least[1], withPercentage(1e-7));
    }
  }

  private static List<List<Spread>> choices(Problem problem) {
    return Arrays.stream(problem.fanouts).mapToObj(f -> Spread.all(problem, f)).toList();
  }
}
