package org.einloom.mapper.search;

import org.einloom.mapper.SearchMonitor;

/**
 * Where several searches of one problem follow each other, each knows other bounds: the largest of
 * them holds.
 */
final class Rising implements SearchMonitor {
  private final SearchMonitor monitor;
  private double bound = Double.NEGATIVE_INFINITY;

  Rising(SearchMonitor monitor) {
    this.monitor = monitor;
  }

  @Override
  public boolean stop() {
    return monitor.stop();
  }

  @Override
  public void report(double value, double lowerBound, long evaluated) {
    bound = Math.max(bound, lowerBound);
    monitor.report(value, bound, evaluated);
  }
}
