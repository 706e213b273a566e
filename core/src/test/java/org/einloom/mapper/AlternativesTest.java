package org.einloom.mapper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.einloom.arch.Architecture;
import org.einloom.evaluation.Objective;
import org.einloom.evaluation.Policy;
import org.einloom.mapper.BruteForce.Point;
import org.einloom.mapper.MappingResult.Found;
import org.einloom.mapper.MappingResult.None;
import org.einloom.mapper.Optimality.Status;
import org.einloom.workload.InvalidSpecException;
import org.junit.jupiter.api.Test;

/** Several answers, of which one is to be taken. */
class AlternativesTest {
  /** On random problems as good as brute force over the mappings of both, fronts included. */
  @Test
  void asGoodAsBruteForceOverAll() {
    int both = 0;
    for (long seed = 0; seed < 60; seed++) {
      Problem p = RandomProblems.draw(seed);
      Architecture a = p.architecture();
      Architecture faster =
          new Architecture(
              a.name(), 2 * a.clockHz(), a.technology(), a.widths(), a.nodes(), a.idle());
      Problem q =
          new Problem(
              "faster", p.einsum(), faster, p.objective(), p.tiling(), p.constraints(), p.front());
      MappingResult answer = Alternatives.best(List.of(map(p), map(q)));
      List<Point> all = new ArrayList<>(BruteForce.solve(p).front());
      all.addAll(BruteForce.solve(q).front());
      if (all.isEmpty()) {
        assertThat(answer).isInstanceOf(None.class);
        continue;
      }
      both++;
      Found found = (Found) answer;
      double best =
          all.stream()
              .mapToDouble(x -> p.objective().value(x.energyPj(), x.latencyS()))
              .min()
              .orElseThrow();
      assertThat(found.optimality().lowerBound().getAsDouble())
          .as(p.describe())
          .isLessThanOrEqualTo(best * (1 + 1e-9));
      if (found.optimality().status() == Status.OPTIMAL) {
        assertThat(found.optimality().value())
            .as(p.describe())
            .isLessThanOrEqualTo(best * (1 + 1e-9));
        for (Point x : p.front() ? all : List.<Point>of()) {
          assertThat(found.front())
              .as(p.describe())
              .anyMatch(
                  y ->
                      y.evaluation().energyPj() <= x.energyPj() * (1 + 1e-9)
                          && y.evaluation().latencyS() <= x.latencyS() * (1 + 1e-9));
        }
      }
    }
    assertThat(both).isGreaterThan(30);
  }

  @Test
  void theLeastBoundOfAllIsTheBound() {
    Found one = found(10, 10, Status.OPTIMAL);
    assertThat(optimality(one, found(12, 12, Status.OPTIMAL)).status()).isEqualTo(Status.OPTIMAL);
    assertThat(optimality(found(12, 11, Status.BOUNDED), one).status()).isEqualTo(Status.OPTIMAL);
    Optimality open = optimality(one, found(12, 7, Status.BOUNDED));
    assertThat(open.status()).isEqualTo(Status.BOUNDED);
    assertThat(open.value()).isEqualTo(10);
    assertThat(open.lowerBound()).hasValue(7);
    assertThat(open.evaluated()).hasValue(2);
    assertThat(optimality(one, new None("none", true)).status()).isEqualTo(Status.OPTIMAL);
    Optimality unknown = optimality(one, new None("none in time", false));
    assertThat(unknown.status()).isEqualTo(Status.BOUNDED);
    assertThat(unknown.lowerBound()).hasValue(0);
  }

  @Test
  void noneIsProvenIfAllAre() {
    None yes = new None("yes", true);
    None no = new None("no", false);
    assertThat(Alternatives.best(List.of(yes, no))).isEqualTo(new None("yes", false));
    assertThat(Alternatives.best(List.of(yes, yes))).isEqualTo(yes);
  }

  private static Optimality optimality(MappingResult a, MappingResult b) {
    return ((Found) Alternatives.best(List.of(a, b))).optimality();
  }

  private static Found found(double value, double bound, Status status) {
    Found any =
        LongStream.range(0, 100)
            .mapToObj(seed -> map(RandomProblems.draw(seed)))
            .filter(Found.class::isInstance)
            .map(Found.class::cast)
            .findFirst()
            .orElseThrow();
    return new Found(
        any.mapping(),
        any.evaluation(),
        new Optimality(
            status,
            Objective.EDP,
            value,
            OptionalDouble.of(bound),
            OptionalLong.of(1),
            OptionalDouble.of(0)),
        List.of(),
        SearchLog.EMPTY);
  }

  private static MappingResult map(Problem p) {
    var options =
        new MapperOptions(Policy.DEFAULT, 1)
            .withTiling(p.tiling())
            .withConstraints(p.constraints())
            .withFront(p.front());
    try {
      return new ExactMapper().map(p.einsum(), p.architecture(), p.objective(), options);
    } catch (InvalidSpecException e) {
      return new None(String.valueOf(e.getMessage()), true);
    }
  }
}
