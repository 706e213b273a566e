package org.einloom.io.result;

import java.util.OptionalDouble;
import org.einloom.mapper.Optimality.Status;

/** Whether what is said of how good a result is agrees with its figures. */
final class OptimalityCheck {
  private OptimalityCheck() {}

  /**
   * Checks it.
   *
   * @param energyPj what it is said of
   * @param latencyS the same
   */
  static void check(ResultObject optimality, double energyPj, double latencyS) {
    Status status = optimality.constant("status", Status.class);
    switch (optimality.text("objective")) {
      case "energy" -> optimality.agrees("value", energyPj, "the energy in pJ");
      case "latency" -> optimality.agrees("value", latencyS, "the latency in s");
      case "edp" -> optimality.agrees("value", energyPj * latencyS, "energy x latency in pJ s");
      default -> optimality.amount("value"); // a weighted sum
    }
    double value = optimality.amount("value");
    OptionalDouble bound = optimality.optionalAmount("lowerBound");
    OptionalDouble gap = OptionalDouble.empty();
    if (bound.isPresent()) {
      double missing = value - bound.getAsDouble();
      gap = OptionalDouble.of(missing > 0 ? missing / value : 0);
    }
    optimality.agrees("gap", gap, "('value' - 'lowerBound') / 'value'");
    if (status == Status.OPTIMAL
        && (bound.isEmpty() || !ResultObject.same(value, bound.getAsDouble()))) {
      throw optimality.disagrees(
          "lowerBound", Double.toString(value), "the 'value', as 'status' is 'optimal'");
    }
  }
}
