package org.einloom.mapper.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.einloom.counts.Counts;
import org.einloom.mapper.search.EveryStructure.Costed;
import org.einloom.mapping.LoopTree;
import org.einloom.sim.Simulator;
import org.junit.jupiter.api.Test;

/**
 * What a link of overlapping tiles moves are the words of all tiles, less what is kept whenever a
 * loop advances: counted so, place by place, it is what the simulator counts by running the loops.
 */
class HaloCountTest {
  private static final int MAPPINGS = 15;

  @Test
  void allLessWhatIsKeptIsWhatMoves() {
    SmallProblems.check(
        "overlaps of mappings", 35, 2000, SmallProblems::overlapping, HaloCountTest::count);
  }

  private static int count(Problem problem, SplittableRandom random) {
    var every = new EveryStructure(problem, random, MAPPINGS);
    int[] seen = {0};
    every.mappings.forEach(
        (key, mappings) -> {
          Halo halo = every.structure(key).halo;
          for (Costed m : mappings) {
            if (halo != null && m.cost().isPresent()) {
              seen[0] += compare(halo, m.mapping());
            }
          }
        });
    return seen[0];
  }

  private static int compare(Halo halo, LoopTree mapping) {
    Problem p = halo.problem;
    Counts counts = Simulator.run(p.einsum, p.architecture, mapping).counts();
    var steps = new HaloSteps(p, halo.tensor, mapping);
    int[] chain = halo.structure.placement.chains()[halo.tensor];
    for (Halo.Measure m : halo.measures) {
      var flows =
          counts.component(p.nodes.get(m.at()).name()).total(p.tensors.get(halo.tensor).name());
      boolean child = m.link() > 0 && chain[m.link() - 1] == m.at();
      assertThat(moved(halo, m, steps))
          .as("link %d at %s of %s", m.link(), p.nodes.get(m.at()).name(), mapping)
          .isEqualTo((double) (child ? flows.fills() : flows.reads()));
      assertThat(m.least())
          .as("least of link %d at %s of %s", m.link(), p.nodes.get(m.at()).name(), mapping)
          .isLessThanOrEqualTo((double) (child ? flows.fills() : flows.reads()));
    }
    return halo.measures.size();
  }

  private static double moved(Halo halo, Halo.Measure m, HaloSteps steps) {
    long[] start = steps.start.get(m.link());
    long[] began = steps.began.get(m.link());
    double words = halo.count(m, start, began, start, began, -1, 1, steps.passed);
    for (HaloSteps.Step s : steps.steps) {
      // computes have no memory to keep anything in
      if (m.link() > 0 && s.links() > m.link()) {
        words -=
            halo.count(
                m, start, began, s.at(), s.iterations(), s.variable(), s.bound(), steps.passed);
      }
    }
    return words;
  }
}
