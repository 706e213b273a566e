package org.einloom.io.timeloop.against;

import java.util.function.ToDoubleFunction;
import org.einloom.evaluation.Evaluation;
import org.einloom.io.timeloop.stats.Printed;

/**
 * A figure that Timeloop printed, and how to get it from an evaluation.
 *
 * @param name what it is
 * @param kind what it is of
 * @param tensor which it is of; empty for none
 * @param memory which it is of; empty for the whole
 * @param printed what Timeloop printed
 * @param of the same of an evaluation, in the printed unit
 */
record Figure(
    String name,
    Kind kind,
    String memory,
    String tensor,
    Printed printed,
    ToDoubleFunction<Evaluation> of) {
  /** What a figure tells. */
  enum Kind {
    COUNT,
    CAPACITY,
    ENERGY,
    TIME,
    AREA
  }

  boolean agrees(Evaluation e) {
    return printed.agrees(of.applyAsDouble(e));
  }
}
