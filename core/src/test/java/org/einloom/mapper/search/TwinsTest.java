package org.einloom.mapper.search;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Ways to spread that the search takes for the same have the same best mappings: those that differ
 * in which variables of a class are spread, and mirrored ones.
 */
class TwinsTest {
  @Test
  void variablesOfAClassTradePlaces() {
    check("twins", 60);
  }

  private static void check(String what, int cases) {
    SmallProblems.check(
        what,
        cases,
        600,
        p -> SmallProblems.regular(p) && p.fanouts.length > 0 && alike(p.classes()),
        (problem, random) -> new Groups(problem).compare());
  }

  /** Whether two variables are of one class. */
  private static boolean alike(int[] classes) {
    for (int v = 0; v < classes.length; v++) {
      for (int u = 0; u < v; u++) {
        if (classes[u] == classes[v]) {
          return true;
        }
      }
    }
    return false;
  }

  /** Structures by what the search tells them apart by. */
  static final class Groups {
    private record Group(List<List<Integer>> chains, List<Long> signature) {}

    private final Map<Group, Map<EveryStructure.Key, Front>> groups = new HashMap<>();

    Groups(Problem problem) {
      var every = new EveryStructure(problem);
      ExactSearch search = ExactSearch.of(problem, Front.wanted(problem)).getFirst();
      every.mappings.forEach(
          (key, mappings) -> {
            Spread[] spreads = every.spreads(key);
            var group = new Group(key.chains(), search.signature(spreads, spreads.length));
            groups.computeIfAbsent(group, g -> new HashMap<>()).put(key, Front.of(mappings));
          });
    }

    /** How many structures others stood for. */
    int compare() {
      int seen = 0;
      for (var group : groups.values()) {
        var first = group.entrySet().iterator().next();
        for (var other : group.entrySet()) {
          first
              .getValue()
              .assertSame(other.getValue(), "%s and %s".formatted(first.getKey(), other.getKey()));
        }
        seen += group.size() - 1;
      }
      return seen;
    }
  }
}
