package org.einloom.mapper.sparse;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.einloom.mapper.SearchMonitor;

/**
 * A monitor that lets a search go on for a while after it has to end, if it has nothing to answer
 * yet: to count one mapping place by place may take longer than a short limit.
 */
final class Patience implements SearchMonitor {
  private static final long MOST_NS = 5_000_000_000L;

  private final SearchMonitor monitor;
  private final BooleanSupplier answered;
  private final LongSupplier clockNs;

  /** When it was first asked to end, with nothing to answer. */
  private long sinceNs;

  private boolean late;

  Patience(SearchMonitor monitor, BooleanSupplier answered) {
    this(monitor, answered, System::nanoTime);
  }

  Patience(SearchMonitor monitor, BooleanSupplier answered, LongSupplier clockNs) {
    this.monitor = monitor;
    this.answered = answered;
    this.clockNs = clockNs;
  }

  @Override
  public boolean stop() {
    if (!late && !monitor.stop()) {
      return false;
    }
    if (!late) {
      late = true;
      sinceNs = clockNs.getAsLong();
    }
    return answered.getAsBoolean() || clockNs.getAsLong() - sinceNs > MOST_NS;
  }

  /** Whether there is only time for any answer. */
  boolean late() {
    return late;
  }

  @Override
  public void report(double value, double lowerBound, long evaluated) {
    monitor.report(value, lowerBound, evaluated);
  }
}
