package org.einloom.mapper.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.einloom.evaluation.Evaluation;
import org.einloom.model.KnownMoves;
import org.einloom.workload.InvalidSpecException;
import org.junit.jupiter.api.Test;

/** Whatever a walk has come to, the bound is no more than what it comes to in the end. */
class PartialCostTest {
  private static final int CASES = Integer.getInteger("einloom.cases", 300);

  @Test
  void isNeverMoreThanTheWholeCosts() {
    long seed = Long.getLong("einloom.seed", System.nanoTime());
    int checked = 0;
    for (int i = 0; i < CASES; i++) {
      checked += holds(seed + i) ? 1 : 0;
    }
    if (CASES >= 100) {
      assertThat(checked).isGreaterThan(CASES / 4);
    }
  }

  private static boolean holds(long seed) {
    var random = new SplittableRandom(seed);
    Problem problem = RandomWalks.problem(random);
    Tiles tiles = new Tiles(problem);
    var end = RandomWalks.walk(problem, tiles, random);
    if (end.isEmpty()) {
      return false;
    }
    Walk walk = end.get();
    Evaluation cost;
    try {
      cost = Searches.evaluate(problem, walk.mapping());
    } catch (InvalidSpecException e) {
      return false;
    }
    Walk again = new Walk(problem, RandomWalks.placement(walk), tiles);
    PartialCost partial = new PartialCost(problem, tiles, new KnownMoves());
    for (int i = 0; i <= walk.path.size(); i++) {
      String what =
          "replay with -Deinloom.seed=%d -Deinloom.cases=1%n%s%n%s%n%s after %d moves"
              .formatted(seed, problem.einsum, problem.architecture, walk.mapping(), i);
      assertThat(partial.of(again)).as(what).isTrue();
      assertThat(partial.energyPj).as(what).isLessThanOrEqualTo(cost.energyPj() * (1 + 1e-9));
      assertThat(partial.cycles).as(what).isLessThanOrEqualTo(cost.latencyCycles() * (1 + 1e-9));
      if (i < walk.path.size()) {
        again.go(walk.path.get(i));
      }
    }
    return true;
  }
}
