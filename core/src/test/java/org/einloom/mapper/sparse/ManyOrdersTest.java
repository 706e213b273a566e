package org.einloom.mapper.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;
import org.einloom.mapper.SearchMonitor;
import org.einloom.mapper.sparse.RandomSparse.Family;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Where a cost depends on the order of all loops, and there are too many orders to look at. */
class ManyOrdersTest {
  private static final int PROBLEMS = Integer.getInteger("einloom.cases", 60);
  private static final long MOST_EVALUATIONS = 600;

  @Test
  @DisplayName("nothing is proven that orders which were not looked at may do better")
  void bounded() {
    long first = Explored.seed("too many orders");
    int solved = 0;
    int open = 0;
    int better = 0;
    for (long seed = first; solved < PROBLEMS || (open < 3 && solved < 20 * PROBLEMS); seed++) {
      RandomSparse p = RandomSparse.draw(seed, Family.TRANSPOSED);
      if (!p.searched() || EverySparse.size(p, MOST_EVALUATIONS) >= MOST_EVALUATIONS) {
        continue;
      }
      OptionalDouble least = EverySparse.least(p);
      if (least.isEmpty()) {
        continue;
      }
      solved++;
      Problem problem = Explored.problem(p);
      var search = new Search(problem, new Known(problem), SearchMonitor.NONE, 1);
      search.run();
      String as = "seed " + seed + " " + p.einsum().expression();
      double all = least.getAsDouble();
      double rounding = 1e-9 * Math.abs(all);
      assertThat(search.lowerBound).as(as).isLessThanOrEqualTo(all + rounding);
      assertThat(search.known.value).as(as).isGreaterThanOrEqualTo(all - rounding);
      if (search.proven) {
        assertThat(search.known.value).as(as).isCloseTo(all, within(rounding));
      }
      open += search.proven ? 0 : 1;
      better += search.known.value > all + rounding ? 1 : 0;
    }
    System.out.printf("of %d, %d are not proven, %d not the best%n", solved, open, better);
    assertThat(open).as("answers that are not proven").isGreaterThanOrEqualTo(3);
  }
}
