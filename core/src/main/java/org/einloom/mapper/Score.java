package org.einloom.mapper;

import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.Objective;

/**
 * How good a mapping is; less is better.
 *
 * @param value of the objective
 * @param tie the energy-delay product, which decides among equals: many mappings have the least
 *     latency, and few of them are sensible
 */
record Score(double value, double tie) implements Comparable<Score> {
  static Score of(Evaluation evaluation, Objective objective) {
    return new Score(objective.value(evaluation), Objective.EDP.value(evaluation));
  }

  @Override
  public int compareTo(Score o) {
    int c = Double.compare(value, o.value);
    return c != 0 ? c : Double.compare(tie, o.tie);
  }
}
