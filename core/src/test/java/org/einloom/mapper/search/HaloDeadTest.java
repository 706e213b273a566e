package org.einloom.mapper.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.einloom.mapper.search.EveryStructure.Costed;
import org.einloom.mapping.LoopTree;
import org.junit.jupiter.api.Test;

/**
 * Once a link is said to keep nothing any more, no loop keeps anything: whatever has been covered
 * when it advances, whatever it is over, and wherever fanouts that are to come stand.
 */
class HaloDeadTest {
  private static final int MAPPINGS = 15;

  @Test
  void nothingIsKeptAnyMore() {
    SmallProblems.check(
        "links that are done", 60, 2000, SmallProblems::overlapping, HaloDeadTest::dead);
  }

  private static int dead(Problem problem, SplittableRandom random) {
    var every = new EveryStructure(problem, random, MAPPINGS);
    int[] seen = {0};
    every.mappings.forEach(
        (key, mappings) -> {
          Halo halo = every.structure(key).halo;
          for (Costed m : mappings) {
            if (halo != null) {
              seen[0] += dead(halo, m.mapping());
            }
          }
        });
    return seen[0];
  }

  private static int dead(Halo halo, LoopTree mapping) {
    var steps = new HaloSteps(halo.problem, halo.tensor, mapping);
    int seen = 0;
    for (HaloSteps.Step s : steps.steps) {
      long[] left = halo.structure.temporal.clone();
      for (int v = 0; v < left.length; v++) {
        left[v] /= s.iterations()[v];
      }
      for (int link = 1; link < s.links(); link++) {
        if (halo.dead(
            steps.start.get(link),
            steps.began.get(link),
            s.at(),
            s.iterations(),
            steps.passed,
            link,
            left)) {
          seen++;
          new Further(halo, steps, link, mapping).go(s.at().clone(), s.iterations().clone(), 0);
        }
      }
    }
    return seen;
  }

  /** Everything that may have been covered by the time that a further loop advances. */
  private record Further(Halo halo, HaloSteps steps, int link, LoopTree mapping) {
    void go(long[] at, long[] iterations, int v) {
      if (v == at.length) {
        advance(at, iterations);
        return;
      }
      long size = at[v];
      long below = iterations[v];
      // fanouts stand where the mapping has them; sizes grow by loops or past these
      for (long to = size; to <= halo.problem.extent[v]; to++) {
        if (to % size == 0 && halo.problem.extent[v] % to == 0) {
          long spatial = 1;
          boolean standing = true;
          for (int f = 0; f < steps.passed.length; f++) {
            long factor = halo.structure.spreads[f].factor()[v];
            long stand = steps.passed[f][v];
            if (factor > 1 && stand >= size) {
              standing &= to <= stand || to % (stand * factor) == 0;
              standing &= to > stand || stand % to == 0;
              spatial *= to > stand ? factor : 1;
            }
          }
          if (standing) {
            at[v] = to;
            iterations[v] = below * (to / size / spatial);
            go(at, iterations, v + 1);
          }
        }
      }
      at[v] = size;
      iterations[v] = below;
    }

    private void advance(long[] at, long[] iterations) {
      for (int v = 0; v < at.length; v++) {
        for (long bound = 2; bound <= halo.structure.temporal[v] / iterations[v]; bound++) {
          if (halo.structure.temporal[v] / iterations[v] % bound == 0 && fits(at, v, bound)) {
            for (Halo.Measure m : halo.measures) {
              if (m.link() == link) {
                assertThat(
                        halo.count(
                            m,
                            steps.start.get(link),
                            steps.began.get(link),
                            at,
                            iterations,
                            v,
                            bound,
                            steps.passed))
                    .as(
                        "link %d, loop over %s to %d at %s of %s",
                        link,
                        halo.problem.variable(v),
                        bound,
                        java.util.Arrays.toString(at),
                        mapping)
                    .isZero();
              }
            }
          }
        }
      }
    }

    /** Whether a loop does not reach past a fanout. */
    private boolean fits(long[] at, int v, long bound) {
      for (int f = 0; f < steps.passed.length; f++) {
        long stand = steps.passed[f][v];
        if (halo.structure.spreads[f].factor()[v] > 1
            && stand >= at[v]
            && stand % (at[v] * bound) != 0) {
          return false;
        }
      }
      return true;
    }
  }
}
