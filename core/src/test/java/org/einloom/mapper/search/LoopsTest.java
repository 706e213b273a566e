package org.einloom.mapper.search;

import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * The search for the loops of a structure finds all that is worth having of every mapping of the
 * structure there is, and nothing else.
 */
class LoopsTest {
  @Test
  void asGoodAsEveryMappingOfTheStructure() {
    check("loops of structures", 40, SmallProblems::regular);
  }

  @Test
  void alsoWhereTilesOverlap() {
    check("loops of structures with overlapping tiles", 40, SmallProblems::overlapping);
  }

  private static void check(String what, int cases, Predicate<Problem> wanted) {
    SmallProblems.check(
        what,
        cases,
        300,
        wanted,
        (problem, random) -> {
          var every = new EveryStructure(problem);
          var search = new TemporalSearch();
          int[] seen = {0};
          every.mappings.forEach(
              (key, mappings) -> {
                Structure s = every.structure(key);
                if (s.halo == null || !s.halo.uneven) {
                  Front found = Front.of(s, search);
                  found.assertSame(Front.of(mappings), key.toString());
                  seen[0] += found.points.size();
                }
              });
          return seen[0];
        });
  }
}
