package org.einloom.mapper.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.function.Predicate;
import org.einloom.evaluation.Evaluation;
import org.einloom.mapper.SearchMonitor;
import org.einloom.mapper.search.TemporalSearch.Shortcut;
import org.einloom.mapping.LoopTree;
import org.junit.jupiter.api.Test;

/**
 * What a label costs at least is no more than any mapping costs that comes of it, and what a
 * finished one costs is what its mapping costs. Every label there is, none left out.
 */
class LabelCostTest {
  private static final long MOST_LABELS = 3000;

  @Test
  void costNoMoreThanAnyMappingThatComesOfThem() {
    check("costs of labels", 25, SmallProblems::regular);
  }

  @Test
  void norWhereTilesOverlap() {
    check("costs of labels of overlapping tiles", 30, SmallProblems::overlapping);
  }

  private static void check(String what, int cases, Predicate<Problem> wanted) {
    SmallProblems.check(
        what,
        cases,
        1000,
        wanted,
        (problem, random) -> {
          Structure s = RandomStructures.draw(problem, random);
          int seen = 0;
          EnumSet<Shortcut> without = EnumSet.allOf(Shortcut.class);
          if (random.nextBoolean()) {
            without.remove(Shortcut.FILL_BOUND);
          }
          var search = new TemporalSearch(without);
          search.labels.newestFirst = random.nextInt(3) > 0;
          search.run(s, new Everything(problem), limit(search), Double.NEGATIVE_INFINITY);
          for (int label = 0; label < search.labels.size; label++) {
            if (search.finished(label)) {
              seen++;
              compare(search, label, s);
            }
          }
          return seen;
        });
  }

  private static SearchMonitor limit(TemporalSearch search) {
    return new SearchMonitor() {
      @Override
      public boolean stop() {
        return search.evaluated() > MOST_LABELS;
      }

      @Override
      public void report(double value, double lowerBound, long evaluated) {}
    };
  }

  private static void compare(TemporalSearch search, int label, Structure s) {
    LoopTree mapping = Assembly.mapping(s, search.steps(label));
    Evaluation e = Searches.evaluate(s.problem, mapping);
    var cost = new Front.Point(e.energyPj(), e.latencyCycles());
    for (int at = label; at >= 0; at = search.labels.parent[at]) {
      var least = new Front.Point(search.energy(at), search.cycles(at));
      assertThat(least.atMost(cost))
          .as("%s at least, %s in the end, %s", least, cost, mapping)
          .isTrue();
      if (at == label && (s.halo == null || !s.halo.uneven)) {
        assertThat(cost.atMost(least)).as("%s found, %s, %s", least, cost, mapping).isTrue();
      }
    }
  }

  /** Never leaves anything out. */
  private static final class Everything extends Incumbents {
    Everything(Problem p) {
      super(p.objective, false, p.architecture.clockHz(), 1e99, 1e99);
    }

    @Override
    boolean prunes(double energyPj, double cycles) {
      return false;
    }
  }
}
