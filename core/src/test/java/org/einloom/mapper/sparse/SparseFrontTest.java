package org.einloom.mapper.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.List;
import org.einloom.constraint.Constraints;
import org.einloom.mapper.ParetoPoint;
import org.einloom.mapper.sparse.EverySparse.Cost;
import org.einloom.mapper.sparse.RandomSparse.Family;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Fronts of energy and latency against every mapping with every choice, on random small problems:
 * all of a front, what of it is asked for, and what is known of it when time is over.
 */
class SparseFrontTest {
  private static final int PROBLEMS = Integer.getInteger("einloom.cases", 30);
  private static final long MOST_EVALUATIONS = Long.getLong("einloom.sparse.evaluations", 300);

  @ParameterizedTest(name = "{0}")
  @DisplayName("the front is what no other mapping with any choice beats")
  @EnumSource
  void againstAll(Family family) {
    String only = System.getProperty("einloom.sparse.family", family.name());
    assumeThat(family.name()).isEqualTo(only);
    long first = Explored.seed("fronts: " + family);
    int solved = 0;
    int several = 0;
    int choices = 0;
    int cut = 0;
    boolean many = PROBLEMS > 20;
    for (long seed = first;
        solved < PROBLEMS || (many && (several == 0 || cut == 0) && solved < 10 * PROBLEMS);
        seed++) {
      RandomSparse drawn = RandomSparse.draw(seed, family);
      RandomSparse p = seed % 2 == 0 ? FrontCheck.paced(drawn) : drawn;
      if (!p.searched() || EverySparse.size(p, MOST_EVALUATIONS) >= MOST_EVALUATIONS) {
        continue;
      }
      List<Cost> all = EverySparse.front(p, Constraints.NONE);
      Constraints asked = Constraints.NONE;
      if (!all.isEmpty() && seed % 3 == 0) {
        asked = ConstrainedSparseTest.constraints(p);
        all = EverySparse.front(p, asked);
      }
      var test = new FrontCheck(p, asked, all);
      List<ParetoPoint> found = test.whole();
      test.limited();
      cut += test.cutShort() ? 1 : 0;
      solved++;
      several += found.size() > 1 ? 1 : 0;
      choices += found.stream().map(ParetoPoint::sparsity).distinct().count() > 1 ? 1 : 0;
    }
    System.out.printf(
        "of %d fronts %d have several points, %d several choices; %d were cut short%n",
        solved, several, choices, cut);
    if (many) {
      assertThat(several).as("fronts of several points").isPositive();
      assertThat(cut).as("searches that were cut short").isPositive();
    }
  }
}
