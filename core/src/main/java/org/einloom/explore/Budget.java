package org.einloom.explore;

import java.util.List;

/**
 * A question: which point is the best of those that keep to some limits?
 *
 * @param name what reports call it
 * @param limits at least one
 * @param best what decides
 */
public record Budget(String name, List<Limit> limits, Goal best) {
  public Budget {
    limits = List.copyOf(limits);
  }
}
