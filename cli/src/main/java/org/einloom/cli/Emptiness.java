package org.einloom.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.einloom.mapper.ExactMapper;
import org.einloom.mapper.Mapper;
import org.einloom.mapper.MapperOptions;
import org.einloom.mapper.MappingResult;
import org.einloom.mapper.conflict.Conflict;
import org.einloom.mapper.conflict.Conflicts;
import org.einloom.mapper.conflict.MapperFeasibility;
import org.einloom.mapper.conflict.Question;

/**
 * Says why a layer has no mapping.
 *
 * @param mapper the one that found none
 * @param interrupted whether the user does not want to wait any more
 */
record Emptiness(
    String layer,
    Question question,
    Mapper mapper,
    MapperOptions options,
    BooleanSupplier interrupted) {
  /** As long as a person likes to wait for what is wrong. */
  private static final Duration ALL = Duration.ofSeconds(10);

  /** For one of the many questions. */
  private static final Duration ONE = Duration.ofSeconds(1);

  /**
   * What conflicts and what would help, or what the search itself has to say where that cannot be
   * proven; on each path of the design that offers the operation.
   *
   * @param answers of the search, without a mapping, by path
   * @param paths the same question by path, at least one
   * @param stopped whether the search had to end before it was through
   */
  static String message(List<MappingResult> answers, List<Emptiness> paths, boolean stopped) {
    Emptiness first = paths.getFirst();
    if (paths.size() == 1) {
      return first.message((MappingResult.None) answers.getFirst(), stopped, ALL);
    }
    List<String> reasons = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      Emptiness path = paths.get(i);
      Reason why =
          path.reason((MappingResult.None) answers.get(i), stopped, ALL.dividedBy(paths.size()));
      reasons.add("on the way to '%s'%s: %s".formatted(path.compute(), why.how(), why.what()));
    }
    return "no mapping of layer '%s' on '%s', on none of %d ways; %s"
        .formatted(
            first.layer,
            first.question.architecture().name(),
            paths.size(),
            String.join("; ", reasons));
  }

  private String compute() {
    return question.architecture().compute().name();
  }

  private String message(MappingResult.None none, boolean stopped, Duration time) {
    if (stopped && none.reason().startsWith("no mapping of ")) {
      return none.reason() + "; give it more time";
    }
    Reason why = reason(none, stopped, time);
    return "no mapping of layer '%s' on '%s'%s: %s"
        .formatted(layer, question.architecture().name(), why.how(), why.what());
  }

  /**
   * Why there is none.
   *
   * @param how sure that is; empty if it is proven
   */
  private record Reason(String how, String what) {}

  private Reason reason(MappingResult.None none, boolean stopped, Duration time) {
    Optional<Conflict> conflict = stopped ? Optional.empty() : conflict(none.proven(), time);
    String how =
        none.proven() || conflict.isPresent()
            ? ""
            : stopped ? " was found before the search had to end" : " was found";
    return new Reason(how, conflict.map(Conflict::message).orElse(none.reason()));
  }

  /** Each part of the proof takes a mapper that can prove that there is nothing. */
  private Optional<Conflict> conflict(boolean proven, Duration time) {
    long endNs = System.nanoTime() + time.toNanos();
    BooleanSupplier giveUp = () -> interrupted.getAsBoolean() || System.nanoTime() - endNs >= 0;
    boolean densely = !(mapper instanceof SparseLayers);
    Mapper asked = densely ? new ExactMapper() : mapper;
    var feasibility = new MapperFeasibility(asked, options, giveUp, ONE, densely);
    return Conflicts.find(question, proven, feasibility, giveUp);
  }
}
