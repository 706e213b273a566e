package org.einloom.explore.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.einloom.component.Value;
import org.einloom.explore.Axis;
import org.einloom.explore.ConditionParser;
import org.einloom.explore.DesignSpace;
import org.einloom.explore.Method;
import org.einloom.explore.Point;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Points drawn by chance, against loops over all values. */
class RandomPointsTest {
  private static final double[] A = {1, 2, 3, 4, 5};
  private static final double[] B = {1, 2, 3, 4};
  private static final double[] C = {1, 2, 3};

  private static List<Value> values(double[] numbers) {
    return Arrays.stream(numbers).mapToObj(Value::of).toList();
  }

  private static DesignSpace space() {
    return new DesignSpace(
        List.of(Axis.of("a", values(A)), Axis.of("b", values(B)), Axis.of("c", values(C))),
        List.of(),
        List.of(ConditionParser.parse("a*b >= 4*c", List.of("a", "b", "c"), Map.of())));
  }

  /** What meets the condition, in the order in which the last parameter changes fastest. */
  private static List<String> legal() {
    List<String> all = new ArrayList<>();
    for (double a : A) {
      for (double b : B) {
        for (double c : C) {
          if (a * b >= 4 * c) {
            all.add("a=%.0f, b=%.0f, c=%.0f".formatted(a, b, c));
          }
        }
      }
    }
    return all;
  }

  private static List<String> drawn(long n, long seed) {
    return ListedPoints.random(space(), new Method.Random(n, seed)).next(List.of()).stream()
        .map(Point::toString)
        .toList();
  }

  @Test
  @DisplayName("all of a space are those that meet its conditions")
  void all() {
    assertThat(ListedPoints.all(space()).next(List.of()).stream().map(Point::toString))
        .containsExactlyElementsOf(legal());
    // as many as there are, and more, are all
    assertThat(drawn(legal().size(), 7)).isEqualTo(legal());
    assertThat(drawn(1000, 7)).isEqualTo(legal());
  }

  @Test
  @DisplayName("draws are points, none twice, in order, the same for the same seed")
  void draws() {
    long first = Long.getLong("einloom.seed", new SplittableRandom().nextLong(1L << 40));
    List<String> legal = legal();
    var different = new HashSet<List<String>>();
    for (long seed = first; seed < first + 50; seed++) {
      int n = (int) (1 + seed % (legal.size() - 1));
      List<String> some = drawn(n, seed);
      assertThat(some).as("replay with -Deinloom.seed=" + seed).hasSize(n).doesNotHaveDuplicates();
      var kept = new ArrayList<>(legal);
      kept.retainAll(some);
      assertThat(kept).as("replay with -Deinloom.seed=" + seed).isEqualTo(some);
      assertThat(drawn(n, seed)).isEqualTo(some);
      different.add(some);
    }
    assertThat(different).hasSizeGreaterThan(30);
  }

  @Test
  @DisplayName("each point is drawn with equal chance, also next to what conditions leave out")
  void equalChances() {
    int draws = 4000;
    int n = 5;
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (long seed = 0; seed < draws; seed++) { // the same seeds always
      drawn(n, seed).forEach(p -> counts.merge(p, 1, Integer::sum));
    }
    List<String> legal = legal();
    double p = (double) n / legal.size();
    double deviation = Math.sqrt(draws * p * (1 - p));
    assertThat(counts).containsOnlyKeys(legal);
    counts.forEach(
        (point, count) ->
            assertThat(Math.abs(count - draws * p)).as(point).isLessThan(4.5 * deviation));
  }
}
