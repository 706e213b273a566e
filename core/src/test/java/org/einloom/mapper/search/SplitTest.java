package org.einloom.mapper.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.einloom.evaluation.Evaluation;
import org.junit.jupiter.api.Test;

/**
 * Chains of fanouts of one dimension, in every order, stand for fanouts of several: they have the
 * same best mappings, under their own names the same costs.
 */
class SplitTest {
  @Test
  void chainsInEveryOrderAreTheFanout() {
    SmallProblems.check(
        "split fanouts",
        10,
        800,
        p ->
            !SmallProblems.any(p)
                && p.covered()
                && Split.of(p).stream().anyMatch(parts -> parts.size() > 1),
        (problem, random) -> {
          var whole = new Front();
          for (var mappings : new EveryStructure(problem).mappings.values()) {
            Front.of(mappings).points.forEach(x -> whole.add(x.energyPj(), x.cycles()));
          }
          var parts = new Front();
          Set<List<?>> orders = new HashSet<>();
          int seen = 0;
          for (Problem part : Split.of(problem).orElseThrow()) {
            orders.add(part.nodes);
            for (var mappings : new EveryStructure(part).mappings.values()) {
              for (var m : mappings) {
                if (m.cost().isPresent()) {
                  Evaluation e = m.cost().get();
                  parts.add(e.energyPj(), e.latencyCycles());
                  Evaluation joined = Searches.evaluate(problem, Split.joined(m.mapping()));
                  var cost = new Front.Point(joined.energyPj(), joined.latencyCycles());
                  var costOfPart = new Front.Point(e.energyPj(), e.latencyCycles());
                  assertThat(cost.atMost(costOfPart) && costOfPart.atMost(cost))
                      .as("%s joined, %s split, %s", cost, costOfPart, m.mapping())
                      .isTrue();
                  seen++;
                }
              }
            }
          }
          assertThat(orders).hasSizeGreaterThan(1);
          parts.assertSame(whole, "split");
          return seen;
        });
  }
}
