package org.einloom.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.einloom.component.Value;
import org.einloom.explore.MainEffects.Effect;
import org.junit.jupiter.api.Test;

/** Shares of variance are those that can be worked out by hand. */
class MainEffectsTest {
  private static double number(Point p, String name) {
    return p.value(name).map(v -> ((Value.Amount) v).number()).orElseThrow();
  }

  private static List<Point> grid(int as, int bs) {
    List<Point> points = new ArrayList<>();
    for (int a = 0; a < as; a++) {
      for (int b = 0; b < bs; b++) {
        points.add(
            Point.of(
                Map.of(
                    "a",
                    Value.of(a),
                    "b",
                    Value.of(b),
                    "w",
                    Value.of(b % 2 == 0 ? "even" : "odd"))));
      }
    }
    return points;
  }

  private static double share(String parameter, List<Point> points, ToDoubleFunction<Point> f) {
    return MainEffects.of(List.of(parameter), points, f).getFirst().share().orElseThrow();
  }

  @Test
  void sharesOfASumAreThoseOfItsTerms() {
    // variances of 0..3 and of 2 x (0..3): 1.25 and 5
    ToDoubleFunction<Point> f = p -> number(p, "a") + 2 * number(p, "b");
    assertThat(share("a", grid(4, 4), f)).isCloseTo(0.2, within(1e-12));
    assertThat(share("b", grid(4, 4), f)).isCloseTo(0.8, within(1e-12));
    // the means over even and odd b are 2 and 4, of variance 1
    assertThat(share("w", grid(4, 4), f)).isCloseTo(1 / 6.25, within(1e-12));
  }

  @Test
  void whatOnlyBothTogetherDoBelongsToNeither() {
    ToDoubleFunction<Point> f = p -> (number(p, "a") - 0.5) * (number(p, "b") - 0.5);
    assertThat(share("a", grid(2, 2), f)).isZero();
  }

  @Test
  void levelsHaveTheirMeans() {
    Effect effect = MainEffects.of(List.of("w"), grid(2, 4), p -> number(p, "b")).getFirst();
    assertThat(effect.levels())
        .containsExactly(new MainEffects.Level("even", 4, 1), new MainEffects.Level("odd", 4, 2));
  }

  @Test
  void manyNumbersAreLookedAtInGroups() {
    Effect effect = MainEffects.of(List.of("a"), grid(100, 2), p -> number(p, "a")).getFirst();
    assertThat(effect.levels()).hasSize(8);
    assertThat(effect.levels().getFirst().label()).isEqualTo("0 to 11");
    assertThat(effect.levels().stream().mapToInt(MainEffects.Level::points).sum()).isEqualTo(200);
    assertThat(effect.share().orElseThrow()).isBetween(0.97, 1.0);
  }

  @Test
  void nothingIsSaidOfTooFewPoints() {
    assertThat(MainEffects.of(List.of("a"), grid(4, 1), p -> number(p, "a")).getFirst().share())
        .isEmpty();
    assertThat(MainEffects.of(List.of("a"), grid(4, 4), p -> 1).getFirst().share()).isEmpty();
  }
}
