package org.einloom.mapper.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.einloom.evaluation.Evaluation;
import org.einloom.mapping.LoopTree;
import org.einloom.mapping.MappingNode;
import org.einloom.mapping.MappingNode.Storage;
import org.einloom.mapping.MappingNode.Temporal;
import org.junit.jupiter.api.Test;

/**
 * What a mapping costs is linear in the rounds of its links, counted here on the mapping itself,
 * with the coefficients of its structure.
 */
class StructureCostTest {
  @Test
  void linearInRounds() {
    SmallProblems.check(
        "linear costs",
        50,
        300,
        SmallProblems::regular,
        (problem, random) -> {
          var every = new EveryStructure(problem);
          int[] seen = {0};
          every.mappings.forEach(
              (key, mappings) -> {
                Structure s = every.structure(key);
                for (var m : mappings) {
                  compare(s, m.mapping(), m.cost());
                  seen[0] += m.cost().isPresent() ? 1 : 0;
                }
              });
          return seen[0];
        });
  }

  private static void compare(Structure s, LoopTree mapping, Optional<Evaluation> cost) {
    Problem p = s.problem;
    double[] sums = s.constant.clone();
    boolean missing = s.impossible;
    for (int t = 0; t < p.tensors.size(); t++) {
      int[] chain = s.placement.chains()[t];
      for (int j = 0; j < chain.length; j++) {
        double rounds = rounds(p, mapping, t, chain[j]);
        missing |= s.cannotFill[t][j] && rounds > 1;
        missing |=
            s.parentCannotRead[t][j]
                && s.parentReads[t][j] * rounds > s.parentReadsOff[t][j] * (1 + 1e-9);
        for (int d = 0; d < sums.length; d++) {
          sums[d] += rounds * s.perRound[t][j][d];
        }
      }
    }
    if (cost.isEmpty()) {
      return;
    }
    assertThat(missing).as("an action is missing for %s", mapping).isFalse();
    double cycles = s.computeCycles;
    for (int d = 1; d < sums.length; d++) {
      cycles = Math.max(cycles, sums[d]);
    }
    double energy = sums[0] + s.leakPjPerCycle * cycles;
    Evaluation e = cost.get();
    assertThat(cycles)
        .as("cycles of %s", mapping)
        .isCloseTo(e.latencyCycles(), within(1e-9 * e.latencyCycles()));
    assertThat(energy)
        .as("energy of %s", mapping)
        .isCloseTo(e.energyPj(), within(1e-9 * e.energyPj() + 1e-9));
  }

  /** Irrelevant iterations outside the innermost relevant loop above a node. */
  private static double rounds(Problem p, LoopTree mapping, int t, int memory) {
    double outside = 1;
    double rounds = 1;
    long[] tile = p.extent.clone();
    var place = new Storage(p.nodes.get(memory).name(), p.tensors.get(t).name());
    for (MappingNode node : mapping.nodes()) {
      if (node.equals(place)) {
        return rounds;
      }
      if (node instanceof MappingNode.Loop loop) {
        int v = p.number(loop.variable());
        long bound = tile[v] / loop.tile();
        tile[v] = loop.tile();
        if (loop instanceof Temporal && p.relevant[t][v]) {
          rounds = outside;
        } else if (loop instanceof Temporal) {
          outside *= (double) bound;
        }
      }
    }
    throw new IllegalArgumentException("no " + place);
  }
}
