package org.einloom.evaluation;

import java.util.Optional;
import org.einloom.arch.Figure;

/**
 * One line of the bill: so many actions at so much each.
 *
 * @param action {@code read}, {@code write}, {@code update}, {@code compute}, {@code transfer},
 *     {@code link} or {@code leak}
 * @param tensor the tensor access it was done for; empty for {@code compute} and {@code leak}
 * @param count how often, over all instances; fractional where words are packed. For {@code leak}
 *     instance-cycles: instances, used or not, times the latency in cycles
 * @param cost of one, pJ, with its source. For {@code leak} the energy that leaks from one instance
 *     in one cycle
 */
public record Charge(String action, Optional<String> tensor, double count, Figure cost) {
  /** What leaks is charged as an action of this name. */
  public static final String LEAK = "leak";

  /** Count times cost. */
  public double energyPj() {
    return count * cost.value();
  }
}
