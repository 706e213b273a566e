package org.einloom.mapper.sparse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.einloom.mapper.sparse.RandomSparse.Family;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A bound is never above what any mapping costs that begins so; also where loops are in no order
 * yet.
 */
class BoundTest {
  private static final int PROBLEMS = 15;
  private static final int MOST_STATES = 1500;

  /** Where the model, which looks at every place, is asked about each mapping. */
  private static final int MOST_PADDED = 300;

  private int most;
  private int states;
  private int tight;
  private int unordered;

  @ParameterizedTest(name = "{0}")
  @DisplayName("no mapping costs less than the bound of what it begins with")
  @EnumSource
  void neverAbove(Family family) {
    long seed = Explored.seed("bounds of " + family);
    most = family.placed() ? MOST_PADDED : MOST_STATES;
    int compared = 0;
    for (int solved = 0; solved < PROBLEMS || (compared < 5 && solved < 6 * PROBLEMS); seed++) {
      RandomSparse p = RandomSparse.draw(seed, family);
      if (!p.searched()) {
        continue;
      }
      Problem problem = Explored.problem(p);
      List<Structure> structures = Explored.structures(problem);
      if (structures.isEmpty()) {
        continue;
      }
      solved++;
      var random = new SplittableRandom(seed);
      states = 0;
      var pricer = new Pricer(problem);
      String as = "seed " + seed + " " + p.einsum().expression();
      for (State root : Explored.roots(structures.get(random.nextInt(structures.size())))) {
        least(root, p, pricer, as);
      }
      compared += states < most ? 1 : 0;
    }
    assertThat(compared).as("problems that were compared in full").isGreaterThanOrEqualTo(5);
    assertThat(tight).as("bounds that are reached").isPositive();
    assertThat(unordered > 0)
        .as("some in no order")
        .isEqualTo(family == Family.WINDOWS || family.placed() || family.transposed());
  }

  /** The least value of all mappings that begin so; less than any number if they are too many. */
  private double least(State s, RandomSparse p, Pricer pricer, String as) {
    if (++states > most) {
      return Double.NEGATIVE_INFINITY;
    }
    double bound = pricer.bound(s);
    if (s.complete()) {
      return Explored.best(p, pricer, s);
    }
    var loose = new ArrayList<State>();
    var next = new ArrayList<State>();
    Steps.visit(
        s,
        new Steps.Judge() {
          @Override
          public boolean hasRoom(State of) {
            return true;
          }

          @Override
          public boolean promising(State of) {
            loose.add(of);
            return true;
          }
        },
        next::add);
    double least = Double.POSITIVE_INFINITY;
    double[] leastOf = new double[next.size()];
    for (int i = 0; i < leastOf.length; i++) {
      leastOf[i] = least(next.get(i), p, pricer, as);
      least = Math.min(least, leastOf[i]);
    }
    if (least == Double.NEGATIVE_INFINITY) {
      return least;
    }
    assertThat(bound).as(as).isLessThanOrEqualTo(least * (1 + 1e-9));
    tight += bound >= least * (1 - 1e-9) ? 1 : 0;
    for (State of : loose) {
      double bounded = pricer.bound(of);
      for (int i = 0; i < leastOf.length; i++) {
        if (isOneOf(next.get(i), of, s.variable.length)) {
          unordered++;
          assertThat(bounded).as(as + " in no order").isLessThanOrEqualTo(leastOf[i] * (1 + 1e-9));
        }
      }
    }
    return least;
  }

  /** Whether a state has the loops of another, those that are in an order in that order. */
  private static boolean isOneOf(State s, State loose, int from) {
    int ordered = loose.variable.length - loose.looseTo;
    if (loose.looseFrom == Integer.MAX_VALUE || !Arrays.deepEquals(s.above, loose.above)) {
      return false;
    }
    for (int i = 0; i < ordered; i++) {
      int at = loose.variable.length - 1 - i;
      int own = above(s) - 1 - i;
      if (own < from
          || s.variable[own] != loose.variable[at]
          || s.count[own] != loose.count[at]
          || s.fanout[own] != loose.fanout[at]) {
        return false;
      }
    }
    return Arrays.equals(s.values(above(s)), loose.values(loose.variable.length));
  }

  private static int above(State s) {
    int most = 0;
    for (int[] of : s.above) {
      for (int a : of) {
        most = Math.max(most, a);
      }
    }
    return most;
  }
}
