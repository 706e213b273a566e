package org.einloom.mapper;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.einloom.evaluation.Objective;

/**
 * How sure it is that no mapping is better: the certificate of an answer.
 *
 * @param status what is known
 * @param objective what was made small; of a given mapping, what it is judged by
 * @param value of the objective, in its unit
 * @param lowerBound below which no mapping comes, proven; empty without a proof
 * @param evaluated candidates whose cost was computed; empty when nothing was searched
 * @param cpuS CPU time of the threads that searched; empty when nothing was searched
 */
public record Optimality(
    Status status,
    Objective objective,
    double value,
    OptionalDouble lowerBound,
    OptionalLong evaluated,
    OptionalDouble cpuS) {
  public Optimality {
    if (lowerBound.isPresent() && !(lowerBound.getAsDouble() >= 0)) {
      lowerBound = OptionalDouble.of(0); // no objective is less
    }
  }

  /** What is known; later ones say less. */
  public enum Status {
    /** Nothing is better: the value equals its proven lower bound. */
    OPTIMAL,
    /** Nothing is better than a proven lower bound below the value. */
    BOUNDED,
    /** The best that a heuristic found; something may be better. */
    UNPROVEN,
    /** The user's own mapping; nothing was searched. */
    GIVEN;

    /** The name used in reports. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * By what share of the value a better mapping could be better at most: {@code (value -
   * lowerBound) / value}, 0 for an optimal one; empty without a proof.
   */
  public OptionalDouble gap() {
    if (lowerBound.isEmpty()) {
      return OptionalDouble.empty();
    }
    double missing = value - lowerBound.getAsDouble();
    return OptionalDouble.of(missing <= 0 ? 0 : missing / value);
  }

  /** The same search, judged by something else. */
  public Optimality rejudged(
      Status newStatus, Objective newObjective, double newValue, OptionalDouble newLowerBound) {
    return new Optimality(newStatus, newObjective, newValue, newLowerBound, evaluated, cpuS);
  }

  /** The best that a heuristic found. */
  public static Optimality unproven(
      Objective objective, double value, long evaluated, double cpuS) {
    return new Optimality(
        Status.UNPROVEN,
        objective,
        value,
        OptionalDouble.empty(),
        OptionalLong.of(evaluated),
        OptionalDouble.of(cpuS));
  }

  /** A mapping that the user gave. */
  public static Optimality given(Objective objective, double value) {
    return new Optimality(
        Status.GIVEN,
        objective,
        value,
        OptionalDouble.empty(),
        OptionalLong.empty(),
        OptionalDouble.empty());
  }
}
