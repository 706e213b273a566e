package org.einloom.mapper.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumSet;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.einloom.mapper.SearchMonitor;
import org.einloom.mapper.search.TemporalSearch.End;
import org.einloom.mapper.search.TemporalSearch.Shortcut;

/** Searches the loops of random structures with a shortcut and without: the front is the same. */
final class ShortcutCheck {
  private static final int MOST_LABELS = 20_000;

  private ShortcutCheck() {}

  /** Holds one shortcut to its word, on so many problems. */
  static void check(Shortcut shortcut, int usual) {
    check(shortcut, usual, SmallProblems::draw);
  }

  /**
   * The same on problems of some kind.
   *
   * @param any draws one that may not be fit for this
   */
  static void check(Shortcut shortcut, int usual, Function<SplittableRandom, Problem> any) {
    SmallProblems.check(
        "searches without " + shortcut.name().toLowerCase(Locale.ROOT),
        usual,
        random -> draw(random, any),
        (problem, random) -> {
          Structure s = RandomStructures.draw(problem, random);
          boolean front = s.halo == null || !s.halo.uneven;
          if (!front && problem.leakPjPerCycle > 0) {
            return 0; // labels are bounds only, but for energy
          }
          // with others away, what this one does is seen more often
          EnumSet<Shortcut> without = EnumSet.noneOf(Shortcut.class);
          for (Shortcut other : Shortcut.values()) {
            if (other != Shortcut.DOMINANCE && random.nextInt(3) == 0) {
              without.add(other);
            }
          }
          without.remove(shortcut);
          var with = new TemporalSearch(without);
          without.add(shortcut);
          var slow = new TemporalSearch(without);
          Incumbents found = front ? Front.wanted(problem) : Front.energyWanted(problem);
          Incumbents all = front ? Front.wanted(problem) : Front.energyWanted(problem);
          if (with.run(s, found, limit(with), Double.NEGATIVE_INFINITY) == End.STOPPED
              || slow.run(s, all, limit(slow), Double.NEGATIVE_INFINITY) == End.STOPPED) {
            return 0;
          }
          if (front) {
            Front.of(found).assertSame(Front.of(all), "without " + without);
          } else if (Double.isFinite(all.value) || Double.isFinite(found.value)) {
            assertThat(found.value)
                .as("least energy, without %s", without)
                .isCloseTo(all.value, within(1e-9 * all.value));
          }
          return slow.evaluated() > with.evaluated() || all.mapping != null ? 1 : 0;
        });
  }

  static Problem draw(SplittableRandom random) {
    return draw(random, SmallProblems::draw);
  }

  private static Problem draw(SplittableRandom random, Function<SplittableRandom, Problem> any) {
    while (true) {
      Problem problem = any.apply(random);
      long computes = problem.einsum.computes();
      if (computes > 4
          && computes < 100
          && SmallProblems.any(problem)
          && Searches.isCovered(problem)
          && problem.memories.length > 1
          && !Placement.all(problem).isEmpty()) {
        return problem;
      }
    }
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
}
