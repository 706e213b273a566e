package org.einloom.mapper.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.einloom.arch.Architecture;
import org.einloom.constraint.Constraint;
import org.einloom.constraint.Constraints;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.Objective;
import org.einloom.evaluation.Policy;
import org.einloom.mapper.Mapper;
import org.einloom.mapper.MapperOptions;
import org.einloom.mapper.MappingResult;
import org.einloom.mapper.Optimality;
import org.einloom.mapper.SearchLog;
import org.einloom.mapper.Tiling;
import org.einloom.mapper.conflict.Feasibility.Answer;
import org.einloom.testing.Tiny;
import org.einloom.workload.InvalidSpecException;
import org.junit.jupiter.api.Test;

class MapperFeasibilityTest {
  /** Nothing plain satisfies it, so that the mapper is asked. */
  private static final Constraint LATENCY = new Constraint.MaxLatency("at most 1 ns", 1e-9);

  private static final Question QUESTION =
      new Question(
          Tiny.einsum("O[m] += A[m]", "m=3"),
          Tiny.architecture("DRAM", "Buffer"),
          new Constraints(List.of(LATENCY)),
          Tiling.IMPERFECT);
  private static final Duration DAY = Duration.ofDays(1);
  private static final MapperOptions OPTIONS = new MapperOptions(Policy.DEFAULT, 1).withFront(true);

  @Test
  void anAnswerIsWhatTheMapperSays() {
    assertThat(ask((e, a, o, options) -> found(0.5e-9))).isEqualTo(Answer.EXISTS);
    assertThat(ask((e, a, o, options) -> new MappingResult.None("", true))).isEqualTo(Answer.NONE);
    assertThat(ask((e, a, o, options) -> new MappingResult.None("", false)))
        .isEqualTo(Answer.UNKNOWN);
    assertThat(
            ask(
                (e, a, o, options) -> {
                  throw new InvalidSpecException("no such action");
                }))
        .isEqualTo(Answer.NONE);
  }

  /** A search might look for long. */
  @Test
  void aFactorThatNoDivisionLeavesIsSeenWithoutTheMapper() {
    Mapper never =
        (e, a, o, options) -> {
          throw new AssertionError("the mapper is asked");
        };
    for (Constraint factor :
        List.of(
            new Constraint.TemporalFactor("four", "Buffer", "m", 4, 4),
            new Constraint.TemporalFactor("four or five", "Buffer", "m", 4, 5),
            new Constraint.TemporalFactor("13 at least", "Buffer", "m", 13, Long.MAX_VALUE))) {
      var question =
          new Question(
              Tiny.einsum("O[m] += A[m]", factor.origin().startsWith("13") ? "m=12" : "m=9"),
              Tiny.architecture("DRAM", "Buffer"),
              new Constraints(List.of(LATENCY, factor)),
              Tiling.PERFECT);
      var feasibility = new MapperFeasibility(never, OPTIONS, () -> false, DAY);
      assertThat(feasibility.ask(question)).as(factor.origin()).isEqualTo(Answer.NONE);
    }
  }

  @Test
  void aMappingThatDoesNotSatisfyWhatIsAskedIsNone() {
    assertThat(ask((e, a, o, options) -> found(1.5e-9))).isEqualTo(Answer.UNKNOWN);
  }

  @Test
  void theMapperIsAskedTheQuestionAndNoMore() {
    var asked = new AtomicReference<MapperOptions>();
    ask(
        (e, a, objective, options) -> {
          assertThat(e).isEqualTo(QUESTION.einsum());
          assertThat(a).isEqualTo(QUESTION.architecture());
          assertThat(objective).isEqualTo(Objective.LATENCY);
          asked.set(options);
          return found(0);
        });
    assertThat(asked.get().constraints()).isEqualTo(QUESTION.constraints());
    assertThat(asked.get().tiling()).isEqualTo(Tiling.IMPERFECT);
    assertThat(asked.get().front()).isFalse();
  }

  @Test
  void theFirstMappingIsEnough() {
    ask(
        (e, a, o, options) -> {
          assertThat(options.monitor().stop()).isFalse();
          options.monitor().report(Double.POSITIVE_INFINITY, 1, 1);
          assertThat(options.monitor().stop()).isFalse();
          options.monitor().report(7, 1, 2);
          assertThat(options.monitor().stop()).isTrue();
          return found(0);
        });
  }

  @Test
  void theLeastIsWhatTheMapperProves() {
    Feasibility.Value value =
        new MapperFeasibility((e, a, o, options) -> found(0.5e-9), OPTIONS, () -> false, DAY)
            .least(QUESTION, Objective.LATENCY)
            .orElseThrow();
    assertThat(value).isEqualTo(new Feasibility.Value(0.5e-9, false)); // not an optimal one
    Mapper none = (e, a, o, options) -> new MappingResult.None("", true);
    assertThat(
            new MapperFeasibility(none, OPTIONS, () -> false, DAY)
                .least(QUESTION, Objective.ENERGY))
        .isEmpty();
  }

  @Test
  void whatIsPlainNeedsNoMapper() {
    Mapper never =
        (e, a, o, options) -> {
          throw new AssertionError("asked");
        };
    var free =
        new Question(QUESTION.einsum(), free(QUESTION), new Constraints(List.of()), Tiling.PERFECT);
    assertThat(new MapperFeasibility(never, OPTIONS, () -> false, DAY).ask(free))
        .isEqualTo(Answer.EXISTS);
    var small = free.withMemory("DRAM", m -> Edits.withSize(m, OptionalLong.of(8 * 6 - 1)));
    assertThat(new MapperFeasibility(never, OPTIONS, () -> false, DAY).ask(small))
        .isEqualTo(Answer.NONE);
  }

  private static Architecture free(Question question) {
    Question changed = question;
    for (String memory : List.of("DRAM", "Buffer")) {
      for (String action : List.of("read", "write")) {
        changed = changed.withMemory(memory, m -> Edits.withFree(m, action));
      }
    }
    return changed.architecture();
  }

  @Test
  void patienceEnds() {
    Mapper mapper =
        (e, a, o, options) -> {
          while (!options.monitor().stop()) {
            Thread.onSpinWait();
          }
          return new MappingResult.None("stopped", false);
        };
    var impatient = new MapperFeasibility(mapper, OPTIONS, () -> false, Duration.ofMillis(5));
    assertThat(impatient.ask(QUESTION)).isEqualTo(Answer.UNKNOWN);
    var interrupted = new MapperFeasibility(mapper, OPTIONS, () -> true, Duration.ofDays(1));
    assertThat(interrupted.ask(QUESTION)).isEqualTo(Answer.UNKNOWN);
  }

  private static Answer ask(Mapper mapper) {
    return new MapperFeasibility(mapper, OPTIONS, () -> false, DAY).ask(QUESTION);
  }

  private static MappingResult found(double latencyS) {
    var evaluation =
        new Evaluation(
            "default", 3, 3, latencyS, OptionalDouble.empty(), Optional.empty(), List.of());
    return new MappingResult.Found(
        Tiny.mapping("DRAM: A O", "for m 1"),
        evaluation,
        Optimality.given(Objective.LATENCY, latencyS),
        List.of(),
        SearchLog.EMPTY);
  }
}
