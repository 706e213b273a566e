package org.einloom.mapper.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Structures that are alike have the same bounds, worked out for each on its own. */
class AlikeTest {
  private static int overlapping;
  private static int unordered;

  @Test
  void boundsAreTheSame() {
    SmallProblems.check("alike", 100, r -> FillBoundTest.draw(r, true), AlikeTest::compare);
    assertThat(overlapping).as("pairs with tiles that overlap").isGreaterThan(50);
  }

  @Test
  void boundsByPositionsAreTheSame() {
    unordered = 0;
    SmallProblems.check("alike", 100, r -> FillBoundTest.draw(r, true), AlikeTest::byPositions);
    assertThat(unordered).as("pairs that are not alike otherwise").isGreaterThan(50);
  }

  private static int byPositions(Problem problem, SplittableRandom random) {
    return compare(
        problem,
        random,
        Integer.MAX_VALUE,
        Alike::byPositions,
        s -> 1 + new TemporalSearch().bounds(s).excessPj(),
        (one, other) -> unordered += Alike.of(one).equals(Alike.of(other)) ? 0 : 1);
  }

  private static int compare(Problem problem, SplittableRandom random) {
    return compare(
        problem,
        random,
        6,
        Alike::of,
        AlikeTest::leastPj,
        (one, other) -> overlapping += one.halo != null ? 1 : 0);
  }

  private static int compare(
      Problem problem,
      SplittableRandom random,
      int most,
      Function<Structure, Alike> key,
      ToDoubleFunction<Structure> bound,
      BiConsumer<Structure, Structure> count) {
    Map<Alike, List<Structure>> groups = new LinkedHashMap<>();
    for (Placement placement : Placement.all(problem)) {
      for (Spread outer : Spread.all(problem, problem.fanouts[0])) {
        for (Spread inner : Spread.all(problem, problem.fanouts[1])) {
          if (divides(problem, outer, inner)) {
            var s = new Structure(problem, placement, new Spread[] {outer, inner});
            if (!s.impossible) {
              groups.computeIfAbsent(key.apply(s), k -> new ArrayList<>()).add(s);
            }
          }
        }
      }
    }
    int seen = 0;
    for (List<Structure> group : groups.values()) {
      if (group.size() > 1 && seen < most) {
        Structure one = group.getFirst();
        Structure other = group.get(1 + random.nextInt(group.size() - 1));
        assertThat(bound.applyAsDouble(other))
            .as("%s of %s and %s", one.placement, spread(one), spread(other))
            .isCloseTo(bound.applyAsDouble(one), withPercentage(1e-7));
        seen++;
        count.accept(one, other);
      }
    }
    return seen;
  }

  private static boolean divides(Problem problem, Spread outer, Spread inner) {
    for (int v = 0; v < problem.variables; v++) {
      if (problem.extent[v] % (outer.factor()[v] * inner.factor()[v]) != 0) {
        return false;
      }
    }
    return true;
  }

  /** What the loops add at least, by positions and by the best of the stands. */
  private static double leastPj(Structure s) {
    double byPositions = new TemporalSearch().bounds(s).excessPj();
    double[] stands =
        SlideBoundTest.byTile(new TemporalSearch(), s, SlideBoundTest.nothing(s.problem));
    return 1 + byPositions + 1e3 * Arrays.stream(stands).min().orElseThrow();
  }

  private static List<String> spread(Structure s) {
    return Arrays.stream(s.spreads).map(x -> Arrays.toString(x.factor())).toList();
  }
}
