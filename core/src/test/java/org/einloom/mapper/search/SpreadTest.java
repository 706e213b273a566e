package org.einloom.mapper.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.einloom.mapper.EveryMapping;
import org.einloom.mapper.Tiling;
import org.junit.jupiter.api.Test;

/**
 * Placements and spreads are those that mappings have, and no others: every way to divide variables
 * among a fanout's dimensions comes to one of the factors.
 */
class SpreadTest {
  @Test
  void asMappingsHaveThem() {
    SmallProblems.check(
        "placements and spreads",
        80,
        2000,
        p -> p.covered() && p.fanouts.length > 0,
        (problem, random) -> {
          Set<EveryStructure.Key> keys = new HashSet<>();
          EveryMapping.visit(
              problem.einsum,
              problem.architecture,
              Tiling.PERFECT,
              mapping -> {
                keys.add(EveryStructure.key(problem, mapping));
                return true;
              });
          Set<List<List<Integer>>> placements = new HashSet<>();
          for (Placement p : Placement.all(problem)) {
            placements.add(
                Arrays.stream(p.chains())
                    .map(chain -> Arrays.stream(chain).boxed().toList())
                    .toList());
          }
          Set<List<List<Integer>>> placed = new HashSet<>();
          keys.forEach(key -> placed.add(key.chains()));
          assertThat(placements).isEqualTo(placed);
          for (int f = 0; f < problem.fanouts.length; f++) {
            Set<List<Long>> spreads = new HashSet<>();
            for (Spread s : Spread.all(problem, problem.fanouts[f])) {
              spreads.add(Arrays.stream(s.factor()).boxed().toList());
            }
            Set<List<Long>> used = new HashSet<>();
            for (EveryStructure.Key key : keys) {
              used.add(key.factors().get(f));
            }
            assertThat(spreads).as("fanout %d", f).isEqualTo(used);
          }
          return keys.size();
        });
  }
}
