package org.einloom.mapper.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.einloom.mapper.SearchLog;
import org.junit.jupiter.api.Test;

/** What is said of dataflows that did not win is what the best of their mappings cost. */
class RunnersUpTest {
  @Test
  void valuesAreTrue() {
    SmallProblems.check("runners-up", 50, 600, SmallProblems::any, RunnersUpTest::runnersUp);
  }

  private static int runnersUp(Problem problem, SplittableRandom random) {
    var every = new EveryStructure(problem);
    double none = Double.POSITIVE_INFINITY;
    double clockHz = problem.architecture.clockHz();
    var best = new Incumbents(problem.objective, false, clockHz, none, none);
    ExactSearch search = ExactSearch.of(problem, best).getFirst();
    Searches.together(List.of(search));
    Map<String, Double> truth = new HashMap<>();
    every.mappings.forEach(
        (key, mappings) -> {
          double value = none;
          for (Front.Point p : Front.of(mappings).points) {
            value = Math.min(value, best.value(p.energyPj(), p.cycles()));
          }
          String dataflow = search.describe(EveryStructure.placement(key), every.spreads(key));
          assertThat(truth.put(dataflow, value)).as("two called " + dataflow).isNull();
        });
    for (SearchLog.Alternative a : search.runnersUp) {
      assertThat(truth).containsKey(a.dataflow());
      double value = truth.get(a.dataflow());
      assertThat(a.value())
          .as("%s, of which the best is %s", a, value)
          .isLessThanOrEqualTo(value * (1 + 1e-9));
      if (a.exact()) {
        assertThat(a.value()).as(a.dataflow()).isGreaterThanOrEqualTo(value * (1 - 1e-9));
      }
    }
    return search.runnersUp.size();
  }
}
