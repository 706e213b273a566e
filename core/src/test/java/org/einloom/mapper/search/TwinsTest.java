package org.einloom.mapper.search;

import org.junit.jupiter.api.Test;

/** Ways to spread other variables of the same class have the same best mappings. */
class TwinsTest {
  @Test
  void variablesOfAClassTradePlaces() {
    SmallProblems.check(
        "twins",
        60,
        600,
        p -> SmallProblems.regular(p) && p.fanouts.length > 0 && alike(p.classes()),
        (problem, random) -> new Twins(problem).compare(random, 8));
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
}
