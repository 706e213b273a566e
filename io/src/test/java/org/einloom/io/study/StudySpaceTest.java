package org.einloom.io.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.einloom.component.Value;
import org.einloom.explore.DesignSpace;
import org.einloom.explore.Point;
import org.einloom.explore.engine.ListedPoints;
import org.einloom.io.input.Source;
import org.einloom.io.yaml.StudyYaml;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The points of studies as they are written, against loops over all values. */
class StudySpaceTest {
  private static DesignSpace space(String parameters, String conditions, String used) {
    return StudyYaml.read(
            Source.text(
                "study.yaml",
                """
                einloom: 1
                study:
                  name: made
                  workloads: [lenet5]
                  architecture: teaching
                  parameters: %s
                  conditions: %s
                  set: {clock: "%s MHz"}
                  objectives: [energy]
                """
                    .formatted(parameters, conditions, used)))
        .space();
  }

  private static double number(Point p, String name) {
    return ((Value.Amount) p.value(name).orElseThrow()).number();
  }

  private static List<Double> values(String range) {
    DesignSpace space = space("{x: " + range + "}", "[]", "${x}");
    return ListedPoints.all(space).next(List.of()).stream().map(p -> number(p, "x")).toList();
  }

  @Test
  @DisplayName("ranges end where the last value is, of whatever step or factor")
  void ranges() {
    assertThat(values("{from: 64, to: 1024, factor: 2}"))
        .containsExactly(64.0, 128.0, 256.0, 512.0, 1024.0);
    assertThat(values("{from: 64, to: 1023.9, factor: 2}"))
        .containsExactly(64.0, 128.0, 256.0, 512.0);
    assertThat(values("{from: 1, to: 1000, factor: 10}")).containsExactly(1.0, 10.0, 100.0, 1000.0);
    assertThat(values("{from: 0.001, to: 1, factor: 10}")).containsExactly(0.001, 0.01, 0.1, 1.0);
    assertThat(values("{from: 0.1, to: 0.7, step: 0.1}"))
        .containsExactly(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7);
    assertThat(values("{from: -1, to: 1, step: 0.5}")).containsExactly(-1.0, -0.5, 0.0, 0.5, 1.0);
    assertThat(values("{from: 5, to: 5, factor: 3}")).containsExactly(5.0);
    // of a root, whose powers are no round numbers: each second value is one
    assertThat(values("{from: 1, to: 16, factor: 1.4142135623730951}")).hasSize(9);
    assertThat(values("{from: 1, to: 100, factor: 3.1622776601683795}")).hasSize(5);
  }

  @Test
  @DisplayName("each value of a range by a factor is that much larger than the one before")
  void powers() {
    long seed = Long.getLong("einloom.seed", new SplittableRandom().nextLong(1L << 40));
    var random = new SplittableRandom(seed);
    for (int i = 0; i < 200; i++) {
      double from = random.nextInt(1, 2000) / 100.0;
      double factor = 1 + random.nextInt(1, 300) / 100.0;
      double to = from * (1 + random.nextInt(0, 100_000) / 100.0);
      List<Double> values =
          values("{from: %s, to: %s, factor: %s}".formatted(from, plain(to), factor));
      String replay = "replay with -Deinloom.seed=" + seed + ": " + values;
      assertThat(values.getFirst()).as(replay).isEqualTo(from);
      for (int k = 0; k < values.size(); k++) {
        double power = from * Math.pow(factor, k);
        assertThat(values.get(k)).as(replay).isCloseTo(power, within(1e-12 * power));
        assertThat(values.get(k)).as(replay).isLessThanOrEqualTo(to);
      }
      double next = from * Math.pow(factor, values.size());
      assertThat(next).as(replay).isGreaterThan(to * (1 - 1e-12));
    }
  }

  private static String plain(double number) {
    return java.math.BigDecimal.valueOf(number)
        .setScale(9, java.math.RoundingMode.FLOOR)
        .toPlainString();
  }

  @Test
  @DisplayName("formulas, rounding, cases and conditions between ranges are those of the loops")
  void between() {
    DesignSpace space =
        space(
            """
            {
                a: {from: 1, to: 100, factor: 2.5},
                "b, word": [[3, small], [7, large], [20, large]],
                c: {from: 2, to: 8, step: 3},
                whole: {formula: round(a*b)},
                bonus: {by: word, cases: {small: 0.5, large: 4}},
                sum: {formula: "max(whole, 10*c) + bonus"},
              }""",
            "[sum <= 60 or word == small and c != 5, 'whole > c']",
            "${sum + a}");
    List<String> expected = new ArrayList<>();
    for (double a = 1; a <= 100; a *= 2.5) {
      for (int row = 0; row < 3; row++) {
        for (double c = 2; c <= 8; c += 3) {
          double b = new double[] {3, 7, 20}[row];
          String word = row == 0 ? "small" : "large";
          double whole = Math.floor(a * b + 0.5);
          double sum = Math.max(whole, 10 * c) + (row == 0 ? 0.5 : 4);
          if ((sum <= 60 || (row == 0 && c != 5)) && whole > c) {
            expected.add(a + " " + b + " " + word + " " + c + " " + whole + " " + sum);
          }
        }
      }
    }
    List<String> points =
        ListedPoints.all(space).next(List.of()).stream()
            .map(
                p ->
                    number(p, "a")
                        + " "
                        + number(p, "b")
                        + " "
                        + p.value("word").orElseThrow()
                        + " "
                        + number(p, "c")
                        + " "
                        + number(p, "whole")
                        + " "
                        + number(p, "sum"))
            .toList();
    assertThat(points).isEqualTo(expected);
    assertThat(points.size()).isBetween(10, 45);
  }
}
