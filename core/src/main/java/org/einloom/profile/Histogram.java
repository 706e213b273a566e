package org.einloom.profile;

import java.util.List;

/**
 * How many values lie where: bins of equal width between two bounds, the last with its upper bound.
 *
 * @param from the smallest value
 * @param to the largest value; if it equals {@code from}, the first bin has all
 * @param counts by bin; values that are no finite numbers are in none
 */
public record Histogram(double from, double to, List<Long> counts) {
  public Histogram {
    counts = List.copyOf(counts);
  }
}
