package org.einloom.explore;

import org.einloom.workload.InvalidSpecException;

/** Which points of a design space are looked at. */
public sealed interface Method {
  /** All of them. */
  record Factorial() implements Method {}

  /**
   * Some, drawn without repetition, each with equal chance.
   *
   * @param points how many; all of a space that has no more
   * @param seed the same seed draws the same points
   */
  record Random(long points, long seed) implements Method {
    public Random {
      check("random points", points);
    }
  }

  /**
   * Generations of points, each bred from the best of those before.
   *
   * @param points how many to look at
   * @param population how many of a generation
   * @param seed the same seed breeds the same points
   */
  record Evolution(long points, int population, long seed) implements Method {
    public Evolution {
      check("points", points);
      if (population < 4) {
        throw new InvalidSpecException(
            "a population of " + population + " points; expected at least 4");
      }
    }
  }

  private static void check(String what, long n) {
    if (n < 1) {
      throw new InvalidSpecException("a study of " + n + " " + what + "; expected at least 1");
    }
  }
}
