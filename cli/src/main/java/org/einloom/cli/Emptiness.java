package org.einloom.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.einloom.mapper.ExactMapper;
import org.einloom.mapper.MapperOptions;
import org.einloom.mapper.MappingResult;
import org.einloom.mapper.conflict.Conflict;
import org.einloom.mapper.conflict.Conflicts;
import org.einloom.mapper.conflict.MapperFeasibility;
import org.einloom.mapper.conflict.Question;

/**
 * Says why a layer has no mapping.
 *
 * @param interrupted whether the user does not want to wait any more
 */
record Emptiness(
    String layer, Question question, MapperOptions options, BooleanSupplier interrupted) {
  /** As long as a person likes to wait for what is wrong. */
  private static final Duration ALL = Duration.ofSeconds(10);

  /** For one of the many questions. */
  private static final Duration ONE = Duration.ofSeconds(1);

  /**
   * What conflicts and what would help, or what the search itself has to say where that cannot be
   * proven.
   *
   * @param stopped whether the search had to end before it was through
   */
  String message(MappingResult.None none, boolean stopped) {
    Optional<Conflict> conflict = stopped ? Optional.empty() : conflict(none.proven());
    String how =
        none.proven() || conflict.isPresent()
            ? ""
            : stopped ? " was found before the search had to end" : " was found";
    if (stopped && none.reason().startsWith("no mapping of ")) {
      return none.reason() + "; give it more time";
    }
    return "no mapping of layer '%s' on '%s'%s: %s"
        .formatted(
            layer,
            question.architecture().name(),
            how,
            conflict.map(Conflict::message).orElse(none.reason()));
  }

  /** Each part of the proof takes a mapper that can prove that there is nothing. */
  private Optional<Conflict> conflict(boolean proven) {
    long endNs = System.nanoTime() + ALL.toNanos();
    BooleanSupplier giveUp = () -> interrupted.getAsBoolean() || System.nanoTime() - endNs >= 0;
    var feasibility = new MapperFeasibility(new ExactMapper(), options, giveUp, ONE);
    return Conflicts.find(question, proven, feasibility, giveUp);
  }
}
