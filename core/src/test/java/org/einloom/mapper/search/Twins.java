package org.einloom.mapper.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.einloom.mapper.search.EveryStructure.Costed;
import org.einloom.model.LongKey;

/** Structures of a problem by what the search tells them apart by. */
final class Twins {
  private record Group(List<List<Integer>> chains, LongKey signature) {}

  private record Twin(EveryStructure.Key key, List<Costed> mappings) {}

  private final Map<Group, List<Twin>> groups = new LinkedHashMap<>();

  Twins(Problem problem) {
    var every = new EveryStructure(problem);
    ExactSearch search = ExactSearch.of(problem, Front.wanted(problem)).getFirst();
    every.mappings.forEach(
        (key, mappings) -> {
          Spread[] spreads = every.spreads(key);
          var group = new Group(key.chains(), search.standsFor(spreads));
          groups.computeIfAbsent(group, g -> new ArrayList<>()).add(new Twin(key, mappings));
        });
  }

  /**
   * Compares all mappings of structures that one stands for.
   *
   * @param most how many of these one looks at
   * @return how many others it was
   */
  int compare(SplittableRandom random, int most) {
    List<List<Twin>> several =
        new ArrayList<>(groups.values().stream().filter(g -> g.size() > 1).toList());
    Collections.shuffle(several, new Random(random.nextLong()));
    int seen = 0;
    for (List<Twin> group : several.subList(0, Math.min(most, several.size()))) {
      Twin first = group.getFirst();
      Front front = Front.of(first.mappings);
      for (Twin other : group.subList(1, group.size())) {
        front.assertSame(Front.of(other.mappings), first.key + " and " + other.key);
        seen++;
      }
    }
    return seen;
  }
}
